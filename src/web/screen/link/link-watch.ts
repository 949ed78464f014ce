/**
 * Distinguishes a quiet screen from a dead connection, which browsers don't (docs/vnc.md#dead-lines),
 * and a picture that follows from one that doesn't. If nothing was acted on for a moment, one pixel is
 * requested. Without a response the connection is unstable within 4 s and lost within 9; while bytes
 * come, it is neither. A server that never answered such a question says nothing by its silence
 * (docs/decisions/0020). A hidden tab's clock is slow, so there it only requests from time to time,
 * which also keeps proxies from closing an idle connection.
 */
import { median } from '../median.ts'

export const tickMs = 250
const quietMs = 800
const unstableMs = 2_500
/** How long an answer may take on an ordinary line. */
export const silentMs = 7_000
/** A line that answers everything in the usual time for so long isn't one that has to be borne more with. */
const provenMs = 10_000
/** The limit on a line that is known to be slow, and for a server that is not known to answer. */
const patientMs = 60_000
/** The limit for a server that is known not to. */
const longestMs = 600_000
/** An answer that counts as one comes within this, and more than once. */
const promptMs = 1_000
const promptAnswers = 2
/** How often to ask a screen that is never quiet, until it is known whether its server answers. */
const learnEveryMs = 2_000
const hiddenEveryMs = 20_000
/** A tick this late means that the computer slept or the tab was frozen. */
const sleptMs = 5_000
const samplesKept = 30
const samplesShown = 5

/**
 * `unstable` and `silent`: nothing comes. `behind` and `stalled`: it comes, and what is shown doesn't
 * follow.
 */
export type Link = 'fine' | 'unstable' | 'behind' | 'silent' | 'stalled'

/** Whether a server answers the question for one pixel, so that its silence proves something. */
export type Answers = 'yes' | 'no' | 'unknown'

export class LinkWatch {
  /** How long answers took, in ms, the newest last. */
  readonly samples: number[] = []
  readonly #ask: () => void
  #answers: Answers
  #prompt = 0
  /** The last question to learn from, and whether its answer is still to come: changes may come first. */
  #learnsFrom: number
  #learnsNow = false
  /** How long an answer may take on this line, judged by its images. */
  #patienceMs = silentMs
  /** How many times the usual silence may last, because lines before this one ended by one. */
  #bears: number
  /** Since when every answer came in the usual time. */
  #promptSince: number
  #heardAt: number
  #arrivedAt = 0
  #askedAt = 0
  #quietBefore = false
  /** The question was noVNC's, whose answer takes as long as an image. */
  #isForImage = false
  #tickedAt: number
  #wasHidden = false
  /** What painting waits for, and since when. */
  #waitsFor: unknown
  #waitsSince = 0

  /** `answers` and `bears`: what is known of this server and the line to it, from connections before. */
  constructor(ask: () => void, now: number, answers: Answers = 'yes', bears = 1) {
    this.#ask = ask
    this.#bears = bears
    this.#promptSince = now
    this.#heardAt = now
    this.#tickedAt = now
    this.#learnsFrom = now
    this.#answers = answers
  }

  get answers(): Answers {
    return this.#answers
  }

  /** How many times the usual silence may last. */
  get bears(): number {
    return this.#bears
  }

  /** Whether something came that was not acted on. */
  get isBehind(): boolean {
    return this.#arrivedAt > this.#heardAt
  }

  /** How long an answer is missing, in ms; any byte counts as a part of it. */
  owedMs(now: number): number {
    return this.#askedAt ? now - Math.max(this.#askedAt, this.#arrivedAt) : 0
  }

  /** Bytes came; noVNC may not be able to act on them yet. */
  arrived(now: number): void {
    this.#arrivedAt = now
  }

  /** Everything that came was acted on. `isAnswer`: it looks like the answer to the question. */
  heard(now: number, isAnswer = false): void {
    this.#learn(now, isAnswer)
    // On a busy screen, the next message isn't the response.
    if (this.#askedAt && this.#quietBefore) {
      this.samples.push(now - this.#askedAt)
      if (this.samples.length > samplesKept) this.samples.shift()
    }
    this.#askedAt = 0
    this.#heardAt = now
    if (this.#answers !== 'unknown') return
    // One alone may be a change that happened to come now.
    const again = this.#prompt > 0 && !this.#learnsNow
    if (again || now - this.#learnsFrom >= learnEveryMs) this.#probe(now)
  }

  #learn(now: number, isAnswer: boolean): void {
    if (this.#answers !== 'unknown') return
    // The line was good all along.
    if (this.#askedAt && !this.#isForImage && now - this.#askedAt > silentMs)
      this.#answers = 'no'
    if (!isAnswer || !this.#learnsNow) return
    this.#learnsNow = false
    this.#prompt = now - this.#learnsFrom < promptMs ? this.#prompt + 1 : 0
    if (this.#prompt >= promptAnswers) this.#answers = 'yes'
  }

  /** Everything that came was acted on at some time, but not when: this is no answer to time. */
  settled(now: number): void {
    this.#quietBefore = false
    this.heard(now)
  }

  /** noVNC asks for the whole screen: there is a question, and another isn't needed. */
  asked(now: number): void {
    this.#askedAt = now
    this.#quietBefore = false
    this.#isForImage = true
  }

  /** Asks at once, to learn whether this server answers. */
  ask(now: number): void {
    if (this.#answers === 'unknown' && !this.#askedAt) this.#probe(now)
  }

  /** Sets how long an answer may take on this line, in ms. */
  allow(ms: number): void {
    this.#patienceMs = ms
  }

  get #longestMs(): number {
    return Math.min(patientMs, Math.max(silentMs * this.#bears, this.#patienceMs))
  }

  get latencyMs(): number | undefined {
    const value = median(this.samples.slice(-samplesShown))
    return value === undefined ? undefined : Math.round(value)
  }

  /** `waitsFor`: what painting waits for; the same thing for long is a stall. */
  tick(now: number, hidden: boolean, waitsFor?: unknown): Link {
    const woke = now - this.#tickedAt > sleptMs || (this.#wasHidden && !hidden)
    this.#tickedAt = now
    this.#wasHidden = hidden
    if (waitsFor !== this.#waitsFor || woke) {
      this.#waitsFor = waitsFor
      this.#waitsSince = now
    }
    if (hidden || woke || this.owedMs(now) > silentMs) this.#promptSince = now
    else if (now - this.#promptSince >= provenMs) this.#bears = 1
    if (hidden) {
      if (now - Math.max(this.#heardAt, this.#askedAt) >= hiddenEveryMs) this.#probe(now)
      return 'fine'
    }
    // An earlier response may have been lost during the sleep: it is requested and timed again.
    if (woke) this.#probe(now)
    else if (!this.#askedAt && now - this.#heardAt >= quietMs) this.#probe(now)
    return this.#verdict(now)
  }

  #verdict(now: number): Link {
    const stuckMs = this.#waitsFor === undefined ? 0 : now - this.#waitsSince
    const owedMs = this.owedMs(now)
    if (stuckMs > unstableMs || this.isBehind) {
      const ms = Math.max(stuckMs, owedMs)
      if (ms > this.#longestMs) return 'stalled'
      return ms > unstableMs ? 'behind' : 'fine'
    }
    if (this.#answers === 'yes') {
      if (owedMs > this.#longestMs) return 'silent'
      return owedMs > unstableMs ? 'unstable' : 'fine'
    }
    // It tells of changes only, or may: silence says that there were none, or that the line is dead.
    const limit = this.#answers === 'no' ? longestMs : patientMs
    return owedMs > limit ? 'silent' : 'fine'
  }

  #probe(now: number): void {
    this.#quietBefore = now - this.#heardAt >= quietMs / 2 && this.#askedAt === 0
    this.#askedAt = now
    this.#isForImage = false
    this.#learnsFrom = now
    this.#learnsNow = true
    this.#ask()
  }
}
