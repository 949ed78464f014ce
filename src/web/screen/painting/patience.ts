/** How often a wait that a sign of life extended is looked at, at most. */
const leastMs = 50

/**
 * Ends a wait after a silence, not after a time: each sign of life starts it again. It has one timer,
 * however many signs come.
 */
export class Patience {
  readonly #onOver: () => void
  readonly #mostUntil: number
  #ms: number
  #lifeAt = performance.now()
  #timer = 0

  /** `mostMs`: how long it may take in all. */
  constructor(ms: number, onOver: () => void, mostMs = Number.POSITIVE_INFINITY) {
    this.#ms = ms
    this.#onOver = onOver
    this.#mostUntil = this.#lifeAt + mostMs
    this.#look(ms)
  }

  /** Something came. */
  live(): void {
    this.#lifeAt = performance.now()
  }

  /** Another silence from now on. */
  set(ms: number): void {
    this.#ms = ms
    this.live()
    this.#look(ms)
  }

  #look(ms: number): void {
    clearTimeout(this.#timer)
    const check = () => {
      const now = performance.now()
      const left = Math.min(this.#lifeAt + this.#ms, this.#mostUntil) - now
      if (left <= 0) this.#onOver()
      else this.#look(left)
    }
    this.#timer = window.setTimeout(check, Math.max(leastMs, ms))
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}

const leastPictureMs = 15_000
const mostPictureMs = 60_000
/** A line that is slower than this shows no pictures anyway. */
const leastBytesPerMs = 64

/**
 * How long nothing may come while the first image of a screen is on its way, in ms. It may be a single
 * message, and a browser reports no part of one: so it is what the whole screen takes, uncompressed.
 */
export function pictureMs({ width, height }: { width: number; height: number }): number {
  const ms = (width * height * 4) / leastBytesPerMs
  return Math.min(mostPictureMs, Math.max(leastPictureMs, ms))
}
