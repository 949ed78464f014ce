/**
 * Lets so many pieces of work through at a time; the others wait in line and may leave it. A
 * picture of a screen costs a ticket and a socket, so the whole page shares one line.
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
      // The place is handed over, not given back: nobody can come in between.
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

/** Every picture that the page takes goes through here: four sockets at once, whoever asks. */
export const frameQueue = new Queue(4)
