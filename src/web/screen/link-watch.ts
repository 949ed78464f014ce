/**
 * Distinguishes a quiet screen from a dead connection, which browsers don't (docs/vnc.md#dead-lines).
 * If a server sends nothing for a moment, one pixel is requested. Without a response the connection is
 * unstable within 4 s and lost within 9. A hidden tab's clock is slow, so there it only requests from
 * time to time, which also keeps proxies from closing an idle connection.
 */
import { median } from './median.ts'

export const tickMs = 250
const quietMs = 800
const unstableMs = 2_500
const silentMs = 7_000
const hiddenEveryMs = 20_000
/** A tick this late means that the computer slept or the tab was frozen. */
const sleptMs = 5_000
const samplesKept = 30
const samplesShown = 5

export type Link = 'fine' | 'unstable' | 'silent'

export class LinkWatch {
  /** How long answers took, in ms, the newest last. */
  readonly samples: number[] = []
  readonly #ask: () => void
  #heardAt: number
  #askedAt = 0
  #quietBefore = false
  #tickedAt: number
  #wasHidden = false

  constructor(ask: () => void, now: number) {
    this.#ask = ask
    this.#heardAt = now
    this.#tickedAt = now
  }

  heard(now: number): void {
    // On a busy screen, the next message isn't the response.
    if (this.#askedAt && this.#quietBefore) {
      this.samples.push(now - this.#askedAt)
      if (this.samples.length > samplesKept) this.samples.shift()
    }
    this.#askedAt = 0
    this.#heardAt = now
  }

  get latencyMs(): number | undefined {
    const value = median(this.samples.slice(-samplesShown))
    return value === undefined ? undefined : Math.round(value)
  }

  tick(now: number, hidden: boolean): Link {
    const woke = now - this.#tickedAt > sleptMs || (this.#wasHidden && !hidden)
    this.#tickedAt = now
    this.#wasHidden = hidden
    if (hidden) {
      if (now - Math.max(this.#heardAt, this.#askedAt) >= hiddenEveryMs) this.#probe(now)
      return 'fine'
    }
    // An earlier response may have been lost during the sleep: it is requested and timed again.
    if (woke) this.#probe(now)
    else if (!this.#askedAt && now - this.#heardAt >= quietMs) this.#probe(now)
    const owed = this.#askedAt ? now - this.#askedAt : 0
    if (owed > silentMs) return 'silent'
    return owed > unstableMs ? 'unstable' : 'fine'
  }

  #probe(now: number): void {
    this.#quietBefore = now - this.#heardAt >= quietMs / 2 && this.#askedAt === 0
    this.#askedAt = now
    this.#ask()
  }
}
