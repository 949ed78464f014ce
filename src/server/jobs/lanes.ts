/**
 * Says how many instances of a zone may be asked at the same time, by all jobs together: a few calls
 * at once, and not many operations that are still to end, because each of them is polled.
 */

const mostCalls = 4
const mostPending = 24

/** The place of one item in its zone. */
export type Place = {
  /** Its call has been answered, so another may begin. */
  answered(): void
  /** It is over. */
  leave(): void
}

export class Lane {
  #calls = 0
  #pending = 0
  readonly #waiting: (() => void)[] = []
  /** Since when the zone doesn't respond, as epoch ms. */
  lostSince: number | undefined
  /** Since when it wants fewer requests than it gets, in each of its answers. */
  busySince: number | undefined

  /** Resolves with a place as soon as there is one, in the order of those who ask. */
  async enter(): Promise<Place> {
    if (this.#calls >= mostCalls || this.#pending >= mostPending)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#take()
    let calls = true
    const answered = () => {
      if (!calls) return
      calls = false
      this.#calls -= 1
      this.#next()
    }
    const { leave } = this.join()
    this.#pending -= 1
    return {
      answered,
      leave() {
        answered()
        leave()
      },
    }
  }

  /** A place for what an earlier process has sent, which waits for nothing. */
  join(): Place {
    this.#pending += 1
    let inside = true
    const leave = () => {
      if (!inside) return
      inside = false
      this.#pending -= 1
      this.#next()
    }
    return { answered: () => {}, leave }
  }

  #take(): void {
    this.#calls += 1
    this.#pending += 1
  }

  #next(): void {
    if (this.#calls >= mostCalls || this.#pending >= mostPending) return
    const resolve = this.#waiting.shift()
    if (!resolve) return
    this.#take()
    resolve()
  }
}
