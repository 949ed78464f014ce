/**
 * Measures from its acknowledgments how fast a server reads keys: QEMU spends 10 ms on each event by
 * default, and queues earlier ones.
 *
 * Such a server gets a run at once. If its machine is paused, it either has the whole run in its
 * queue or drops all of it; of keys sent one by one it would drop those that arrive during the pause,
 * and nothing would show which (findings/qemu-keys-while-paused.sh). A server without a queue gets
 * keys at fixed intervals.
 */

/** A person who cancels has no more than this still to come. */
const mostAheadMs = 200
/** The fastest interval, because a guest's keyboard buffers only about eight keys. */
const fastestMs = 2
const slowestMs = 30
/** A server that spends less on a key has no queue to speak of. */
const queuesFromMs = 5
/**
 * Events before the next acknowledgment. QEMU itself holds about 345
 * (docs/vnc.md#the-key-queue, findings/qemu-full-queue-holds-shift.sh), but passes them on to a keyboard of 16 bytes whether the
 * guest reads or not: a guest without its processor for eight events or so loses the next.
 * Ten and the question always fit, so runs start with them and grow while responses are in
 * time. After a late one it takes longer each time until runs are long again.
 */
const limits = [10, 20, 60, 100, 140] as const
/** Texts of up to this length are sent in the shortest runs, which survive a pause at any time. */
const shortText = 200
/** Of a server with a queue, for estimates. */
export const usualRun = limits[1]
/** Sent before the clock begins to count. */
const lead = 20
const bearable = 5
const leastLateMs = 15
/** Linux changes a keyboard's lights 50 ms after it last did, no sooner: that is not late. */
const lightsRestMs = 70
const firstWanted = 2
const mostWanted = 16

export class Pace {
  readonly lead = lead
  readonly #answerMs: number
  readonly #isShort: boolean
  readonly #recent: number[] = []
  #step = 0
  #inTime = 0
  /** So many answers in time before runs grow; twice as many after each late one. */
  #wanted = firstWanted

  /** `answerMs`: how long the server took for one acknowledgement alone. */
  constructor(answerMs: number, characters: number) {
    this.#answerMs = answerMs
    this.#isShort = characters <= shortText
  }

  /** How many events may go out before the next acknowledgement. */
  get limit(): number {
    if (this.#isShort) return limits[0]
    const limit = limits[this.#step] ?? limits[0]
    if (this.eventMs < queuesFromMs) return limit
    return Math.max(limits[0], Math.min(limit, Math.floor(mostAheadMs / this.eventMs)))
  }

  /**
   * Milliseconds between two events: the fastest of the last few runs, because a stall is no measure of
   * the speed.
   */
  get eventMs(): number {
    const taken = this.#recent.length === 0 ? 10 : Math.min(...this.#recent)
    return Math.min(slowestMs, Math.max(fastestMs, taken * 0.97))
  }

  /** So many events and their acknowledgement took so long. */
  learn(events: number, tookMs: number): void {
    this.#recent.push(Math.max(0, tookMs - this.#answerMs) / events)
    if (this.#recent.length > 4) this.#recent.shift()
    const dueMs = Math.max(this.#answerMs + events * this.eventMs, lightsRestMs)
    const lateMs = tookMs - dueMs
    if (lateMs > Math.max(leastLateMs, bearable * this.eventMs)) {
      this.#step = 0
      this.#inTime = 0
      this.#wanted = Math.min(this.#wanted * 2, mostWanted)
    } else {
      this.#inTime += 1
      if (this.#inTime % this.#wanted === 0)
        this.#step = Math.min(this.#step + 1, limits.length - 1)
    }
  }
}
