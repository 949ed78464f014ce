/**
 * Types a plan into an instance so that all of it arrives (docs/vnc.md#typing). A server
 * puts keys into a queue, spends some milliseconds on each, and drops what doesn't fit
 * without an error. So keys go out in runs, and after each one NumLock is toggled: when the
 * server reports its light, the guest has read everything before it. If no light responds,
 * keys go out by the clock, and what arrived isn't known.
 *
 * Whatever ends a run, each key that was pressed is released, and the locks are restored.
 */
import { eventCount, nextChunk, questionEvents } from './chunks.ts'
import { Hands, Stopped, type Keyboard, type StopReason } from './hands.ts'
import { Locks } from './locks.ts'
import { Pace, usualRun } from './pace.ts'
import type { KeyEvent, Unit } from './stroke.ts'

export type Progress = {
  phase: 'idle' | 'typing' | 'done' | 'stopped'
  /** Numbers of characters: all, sent, and confirmed by the instance. */
  total: number
  sent: number
  confirmed: number
  /** Whether the instance confirms; undefined until this is known. */
  acknowledged?: boolean
  /** It has not read its keyboard for a while. */
  quiet: boolean
  secondsLeft: number
  /** Of a run that has ended. */
  tookMs: number
  reason?: StopReason
}

/** Characters for which it is worth to find out whether CapsLock has a light. */
const longText = 40
const openLoopMs = 12
const slowMs = 40
/** A clock that was late (a hidden tab) may catch up by this many events at once. */
const catchUp = 80
const tellEveryMs = 100

const idle: Progress = {
  phase: 'idle',
  total: 0,
  sent: 0,
  confirmed: 0,
  quiet: false,
  secondsLeft: 0,
  tookMs: 0,
}

export class Typist {
  readonly #hands: Hands
  readonly #locks: Locks
  readonly #listeners = new Set<() => void>()
  #progress = idle
  #toldAt = 0

  constructor(keyboard: Keyboard) {
    this.#hands = new Hands(keyboard)
    this.#locks = new Locks(this.#hands, (quiet) => this.#tell({ quiet }))
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): Progress => this.#progress

  #tell(change: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...change }
    this.#toldAt = performance.now()
    for (const listener of this.#listeners) listener()
  }

  get isTyping(): boolean {
    return this.#progress.phase === 'typing'
  }

  /** Ends a run at once; without one it does nothing. */
  stop(reason: StopReason): void {
    if (!this.isTyping) return
    this.#hands.stop(reason)
  }

  /** Types a text and returns the result; never throws because of the instance or the person. */
  async run(units: readonly Unit[], { slow = false } = {}): Promise<Progress> {
    if (this.isTyping) throw new Error('Another text is still being typed.')
    this.#hands.begin()
    this.#locks.begin()
    const startedAt = performance.now()
    this.#progress = idle
    this.#tell({ phase: 'typing', total: units.length })
    try {
      await this.#locks.prepare()
      const answer = slow
        ? undefined
        : await this.#locks.firstAnswer(units.length > longText)
      this.#tell({ acknowledged: answer !== undefined })
      if (!answer) await this.#byTheClock(units, slow ? slowMs : openLoopMs)
      else await this.#byTheLight(units, new Pace(answer.ms, units.length))
      this.#letGo()
      this.#tell({ phase: 'done', tookMs: performance.now() - startedAt, secondsLeft: 0 })
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      this.#letGo()
      const reason = this.#hands.stopped ?? 'disconnected'
      this.#tell({ phase: 'stopped', reason, tookMs: performance.now() - startedAt })
    } finally {
      // Also when something unforeseen was thrown; it does nothing the second time.
      this.#letGo()
      if (this.isTyping) this.#tell({ phase: 'stopped', reason: 'disconnected' })
    }
    return this.#progress
  }

  async #byTheLight(units: readonly Unit[], pace: Pace): Promise<void> {
    let left = eventCount(units, usualRun)
    for (let at = 0; at < units.length;) {
      await this.#locks.capsLockOff()
      const chunk = nextChunk(units, at, pace.limit)
      const startedAt = performance.now()
      await this.#send(chunk.events, pace, (share) => ({
        sent: at + Math.floor(share * chunk.units),
        secondsLeft: ((left - share * chunk.events.length) * pace.eventMs) / 1_000,
      }))
      const answer = await this.#locks.acknowledgement(Number.POSITIVE_INFINITY)
      pace.learn(chunk.events.length, performance.now() - startedAt)
      if (answer?.lost) {
        this.#tell({ sent: at })
        continue
      }
      at += chunk.units
      left -= chunk.events.length + questionEvents
      this.#tell({ sent: at, confirmed: at })
    }
  }

  async #byTheClock(units: readonly Unit[], everyMs: number): Promise<void> {
    const { events } = nextChunk(units, 0, Number.POSITIVE_INFINITY)
    await this.#send(events, { eventMs: everyMs, lead: 1 }, (share) => ({
      sent: Math.floor(share * units.length),
      secondsLeft: ((1 - share) * events.length * everyMs) / 1_000,
    }))
    this.#tell({ sent: units.length })
  }

  /** Sends according to the elapsed time, because browsers' timers are later than requested. */
  async #send(
    events: readonly KeyEvent[],
    { eventMs, lead }: { eventMs: number; lead: number },
    progress: (share: number) => Partial<Progress>,
  ): Promise<void> {
    let startedAt = performance.now()
    for (let at = 0; at < events.length;) {
      const due = Math.floor((performance.now() - startedAt) / eventMs) + lead
      if (due - at > catchUp) startedAt += (due - at - catchUp) * eventMs
      for (const event of events.slice(at, Math.min(due, at + catchUp)))
        this.#hands.key(event)
      at = Math.max(at, Math.min(due, at + catchUp, events.length))
      if (performance.now() - this.#toldAt > tellEveryMs)
        this.#tell(progress(at / events.length))
      if (at < events.length) await this.#hands.pause(Math.max(4, eventMs))
    }
  }

  /** Releases all pressed keys and restores both locks. */
  #letGo(): void {
    this.#hands.releaseAll()
    this.#locks.restore()
  }
}
