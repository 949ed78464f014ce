/**
 * Keeps calls of different purposes apart: each lane of a zone has connections and a queue of its own,
 * so that reads that hang delay no change. Each wait ends at its caller's deadline, and each queue has
 * an end.
 */

/** For each lane, how many calls are under way at once and how many may wait. */
const lanes = {
  /** What pages show. */
  pages: { atOnce: 16, waiting: 256 },
  /** A change that a person waits for, and what is compared before it. */
  changes: { atOnce: 8, waiting: 64 },
  /** What was confirmed and stored: chains and jobs, which come back for what wasn't sent. */
  work: { atOnce: 8, waiting: 256 },
  /** Polls of instances and operations. */
  watch: { atOnce: 8, waiting: 256 },
} as const

export type LaneName = keyof typeof lanes
// The table's own keys.
export const laneNames = Object.keys(lanes) as LaneName[]
export const atOnce = (lane: LaneName): number => lanes[lane].atOnce

/** Why a call got no place: the queue is `full`, it is too `late`, or its person has `left`. */
export type NoPlace = 'full' | 'late' | 'left'

type Waiting = (place: (() => void) | NoPlace) => void

export class Lane {
  readonly #most: (typeof lanes)[LaneName]
  #underWay = 0
  readonly #waiting = new Set<Waiting>()

  constructor(name: LaneName) {
    this.#most = lanes[name]
  }

  /**
   * Resolves with a function that gives the place back, in the order of those who ask; or with the
   * reason why there is none. `until` is a time of `performance.now()`.
   */
  enter(until: number, left?: AbortSignal): Promise<(() => void) | NoPlace> {
    if (left?.aborted) return Promise.resolve('left')
    if (this.#underWay < this.#most.atOnce) return Promise.resolve(this.#take())
    if (this.#waiting.size >= this.#most.waiting) return Promise.resolve('full')
    return new Promise((resolve) => {
      const settle: Waiting = (place) => {
        clearTimeout(timer)
        left?.removeEventListener('abort', leave)
        this.#waiting.delete(settle)
        resolve(place)
      }
      const leave = () => settle('left')
      const timer = setTimeout(settle, Math.max(0, until - performance.now()), 'late')
      left?.addEventListener('abort', leave)
      this.#waiting.add(settle)
    })
  }

  #take(): () => void {
    this.#underWay += 1
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      this.#underWay -= 1
      const [next] = this.#waiting
      next?.(this.#take())
    }
  }
}
