/**
 * Sends keys in their order, no faster than a server accepts them: QEMU spends 10 ms on
 * each and drops what its queue can't hold (docs/vnc.md#the-key-queue). A finger is never
 * that fast, but a completed word or a dictated text comes at once.
 */
const eventMs = 12
/** What may go out at once; a queue holds several times as much. */
const burst = 60

export class KeyQueue {
  readonly #waiting: (() => void)[] = []
  #credit = burst
  #at = performance.now()
  #timer = 0

  push(...sends: (() => void)[]): void {
    this.#waiting.push(...sends)
    if (!this.#timer) this.#run()
  }

  #run(): void {
    this.#timer = 0
    const now = performance.now()
    this.#credit = Math.min(burst, this.#credit + (now - this.#at) / eventMs)
    this.#at = now
    while (this.#credit >= 1) {
      const send = this.#waiting.shift()
      if (!send) return
      send()
      this.#credit -= 1
    }
    if (this.#waiting.length > 0) this.#timer = window.setTimeout(() => this.#run(), 50)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = 0
    this.#waiting.length = 0
  }
}
