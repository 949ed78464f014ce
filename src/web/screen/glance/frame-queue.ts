/**
 * Limits how many tasks run at the same time; the others wait in a queue and can leave it. Screenshots
 * cost tickets and sockets, so the whole page shares its queues.
 */
export class Queue {
  readonly #width: number
  readonly #line: (() => void)[] = []
  #inside = 0

  constructor(width: number) {
    this.#width = width
  }

  /** Does the work in its turn; rejects without a turn when `signal` ends the wait. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted()
    if (this.#inside < this.#width) this.#inside += 1
    else await this.#turn(signal)
    try {
      return await work()
    } finally {
      // The slot is passed to the next task directly, so that no other can take it.
      const next = this.#line.shift()
      if (next) next()
      else this.#inside -= 1
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.#line.splice(this.#line.indexOf(enter), 1)
        reject(signal.reason)
      }
      this.#line.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}

/** The sockets of all screenshots of the page. With more, Chromium waits (findings/chromium-holds-back-websockets.sh). */
export const socketQueue = new Queue(4)

/** The screenshots under way: as many again get their ticket while those with a socket are taken. */
export const frameQueue = new Queue(8)
