/**
 * Types a plan into a machine so that all of it arrives (vnc.md 4). A server takes keys into a
 * queue, spends some milliseconds on each, and drops what does not fit without a word. So keys
 * go out in runs, and after each the NumLock light is asked for: when the server tells
 * that it changed, the machine itself has taken everything before it. Where no light answers,
 * keys go out by the clock, and what arrived is not known.
 *
 * Whatever ends a run, every key that was pressed is let go, and the locks are put back.
 */
import { eventCount, nextChunk, questionEvents } from './chunks.ts'
import { Pace, usualRun } from './pace.ts'
import { capsLockKey, numLockKey, type KeyEvent, type Unit } from './stroke.ts'

/** What the typist needs of a connection: one for each (keyboard-of.ts). */
export type Keyboard = {
  /** False once no key can reach the machine. */
  sendKey(key: { keysym: number; code: string }, down: boolean): boolean
  readonly lights: { capsLock: boolean; numLock: boolean } | undefined
  /** Calls when the lights may have changed; answers how to stop. */
  onLights(listener: () => void): () => void
}

export type StopReason =
  | 'cancelled'
  | 'key'
  | 'disconnected'
  | 'view-only'
  | 'hidden'
  | 'left'

export type Progress = {
  phase: 'idle' | 'typing' | 'done' | 'stopped'
  /** Characters: of the whole, sent, and taken by the machine as it told itself. */
  total: number
  sent: number
  confirmed: number
  /** Whether the machine acknowledges; undefined while that is being found out. */
  acknowledged?: boolean
  /** It has not read its keyboard for a while. */
  quiet: boolean
  secondsLeft: number
  /** Of a run that has ended. */
  tookMs: number
  reason?: StopReason
}

/** At the first question; later answers are waited for as long as it takes. */
const firstPatienceMs = 1_500
const quietMs = 3_000
/** So soon after the last of several questions, an answer is to that one. */
const promptMs = 500

type Lock = 'numLock' | 'capsLock'

const lockKeys = { numLock: numLockKey, capsLock: capsLockKey }
const locks: readonly Lock[] = ['numLock', 'capsLock']

/** Characters for which it is worth to find out whether CapsLock has a light. */
const longText = 40
const capsLockPatienceMs = 500
/** For a CapsLock that stays on. */
const mostTries = 20
/** Without a change for so long, all answers are there. */
const restMs = 400
/** So long after it was toggled, the light tells of it no more. */
const staleMs = 2_000
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

/** `lost` when the run before the question can't have been heard either. */
type Answer = { ms: number; lost: boolean }

class Stopped extends Error {}

/** When a lock was last pressed on a keyboard, whichever text it was for. */
const toggledAt = new WeakMap<Keyboard, number>()

export class Typist {
  readonly #keyboard: Keyboard
  readonly #listeners = new Set<() => void>()
  #progress = idle
  #toldAt = 0
  #stopping: StopReason | undefined
  #wake = () => {}
  /** What is pressed now, by its code or keysym. */
  readonly #down = new Map<string, KeyEvent>()
  /** How they were when the run began. */
  #lightsBefore: Keyboard['lights']
  /** How often each has been pressed since it was known to be as it was. */
  readonly #toggles: Record<Lock, number> = { numLock: 0, capsLock: 0 }
  /** Whether its light is known to answer; under some keymaps it has none. */
  #capsLockTells = false
  /** Nothing turns it off. */
  #capsLockStays = false

  constructor(keyboard: Keyboard) {
    this.#keyboard = keyboard
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
    this.#stopping ??= reason
    this.#wake()
  }

  /** Types, and answers how it ended; never throws for what the machine or a person does. */
  async run(units: readonly Unit[], { slow = false } = {}): Promise<Progress> {
    if (this.isTyping) throw new Error('Another text is still being typed.')
    this.#stopping = undefined
    for (const lock of locks) this.#toggles[lock] = 0
    this.#capsLockTells = false
    this.#capsLockStays = false
    const startedAt = performance.now()
    this.#progress = idle
    this.#tell({ phase: 'typing', total: units.length })
    try {
      // What the last run left behind would be taken for an answer to this one.
      if (startedAt - (toggledAt.get(this.#keyboard) ?? -staleMs) < staleMs)
        await this.#lightsAtRest()
      this.#lightsBefore = this.#keyboard.lights
      await this.#capsLockOff()
      const answer = slow ? undefined : await this.#firstAnswer(units.length > longText)
      this.#tell({ acknowledged: answer !== undefined })
      if (!answer) await this.#byTheClock(units, slow ? slowMs : openLoopMs)
      else await this.#byTheLight(units, new Pace(answer.ms, units.length))
      this.#letGo()
      this.#tell({ phase: 'done', tookMs: performance.now() - startedAt, secondsLeft: 0 })
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      this.#letGo()
      const reason = this.#stopping ?? 'disconnected'
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
      await this.#capsLockOff()
      const chunk = nextChunk(units, at, pace.limit)
      const startedAt = performance.now()
      await this.#send(chunk.events, pace, (share) => ({
        sent: at + Math.floor(share * chunk.units),
        secondsLeft: ((left - share * chunk.events.length) * pace.eventMs) / 1_000,
      }))
      const answer = await this.#acknowledgement(Number.POSITIVE_INFINITY)
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

  /** Sends by a clock of its own, not from pause to pause: browsers' pauses are longer than asked. */
  async #send(
    events: readonly KeyEvent[],
    { eventMs, lead }: { eventMs: number; lead: number },
    progress: (share: number) => Partial<Progress>,
  ): Promise<void> {
    let startedAt = performance.now()
    for (let at = 0; at < events.length;) {
      const due = Math.floor((performance.now() - startedAt) / eventMs) + lead
      if (due - at > catchUp) startedAt += (due - at - catchUp) * eventMs
      for (const event of events.slice(at, Math.min(due, at + catchUp))) this.#key(event)
      at = Math.max(at, Math.min(due, at + catchUp, events.length))
      if (performance.now() - this.#toldAt > tellEveryMs)
        this.#tell(progress(at / events.length))
      if (at < events.length) await this.#pause(Math.max(4, eventMs))
    }
  }

  #key(event: KeyEvent): void {
    if (this.#stopping) throw new Stopped()
    if (!this.#keyboard.sendKey(event, event.down)) {
      this.#stopping = 'disconnected'
      throw new Stopped()
    }
    const name = event.code || String(event.keysym)
    if (event.down) this.#down.set(name, event)
    else this.#down.delete(name)
  }

  #tap(key: { keysym: number; code: string }): void {
    this.#key({ ...key, down: true })
    this.#key({ ...key, down: false })
  }

  /**
   * Asks for the NumLock light; undefined when nothing answers in time. A machine that stands still
   * (paused for a snapshot or a move) keeps keys only while others wait before them, so it is asked
   * again. Then either it has kept all questions, or has heard but the last, and nothing of
   * what went before the first. Where CapsLock has a light, it asks all but the first, and
   * NumLock's tells which.
   */
  async #acknowledgement(patienceMs: number): Promise<Answer | undefined> {
    const before = this.#keyboard.lights
    if (!before) return undefined
    const changed = () => this.#numLock !== before.numLock
    const again: Lock = this.#capsLockTells ? 'capsLock' : 'numLock'
    // CapsLock is off while a text is typed.
    const answered = () =>
      changed() || (asked > 1 && again === 'capsLock' && this.#capsLockIsOn)
    const startedAt = performance.now()
    let asked = 1
    let askedAt = startedAt
    this.#toggle('numLock')
    while (!(await this.#until(answered, Math.min(patienceMs / 2, quietMs)))) {
      const waitedMs = performance.now() - startedAt
      if (waitedMs >= patienceMs) return undefined
      this.#tell({ quiet: waitedMs >= quietMs })
      asked += 1
      askedAt = performance.now()
      this.#toggle(again)
    }
    const answeredAt = performance.now()
    // Those that were kept come at once, and must not be taken for later ones.
    if (asked > 1) await this.#lightsAtRest()
    for (const lock of locks)
      this.#toggles[lock] =
        this.#keyboard.lights?.[lock] === this.#lightsBefore?.[lock] ? 0 : 1
    // Linux tells of several toggles in a row only what came of them. An even number comes to
    // nothing; an odd one looks like one, but would be answered when the machine goes on,
    // not just after it was asked.
    const heardLastOnly =
      again === 'capsLock'
        ? !changed()
        : asked % 2 === 0
          ? changed()
          : answeredAt - askedAt < promptMs
    const lost = asked > 1 && heardLastOnly
    await this.#capsLockOff()
    if (this.#progress.quiet) this.#tell({ quiet: false })
    return { ms: answeredAt - askedAt, lost }
  }

  get #numLock(): boolean | undefined {
    return this.#keyboard.lights?.numLock
  }

  #toggle(lock: Lock): void {
    this.#toggles[lock] += 1
    toggledAt.set(this.#keyboard, performance.now())
    this.#tap(lockKeys[lock])
  }

  /** Until the lights have not changed for a while. */
  async #lightsAtRest(): Promise<void> {
    const now = () => JSON.stringify(this.#keyboard.lights)
    for (let last = now(); await this.#until(() => now() !== last, restMs);) last = now()
  }

  get #capsLockIsOn(): boolean {
    return this.#keyboard.lights?.capsLock === true
  }

  /** Of a machine that has not been asked yet; CapsLock is asked just to know whether it has a light. */
  async #firstAnswer(asksCapsLock: boolean): Promise<Answer | undefined> {
    if (asksCapsLock && !this.#capsLockTells && this.#keyboard.lights) {
      const startedAt = performance.now()
      this.#toggle('capsLock')
      if (await this.#until(() => this.#capsLockIsOn, capsLockPatienceMs)) {
        const onAt = performance.now()
        await this.#capsLockOff()
        // A machine that was kept from answering once would seem to be quick ever after.
        return { ms: Math.min(onAt - startedAt, performance.now() - onAt), lost: false }
      }
      this.#toggle('capsLock')
    }
    return this.#acknowledgement(firstPatienceMs)
  }

  /** A machine that is paused may drop one of its taps, or keep several. */
  async #capsLockOff(): Promise<void> {
    for (let tries = 0; this.#capsLockIsOn && !this.#capsLockStays; tries += 1) {
      this.#capsLockStays = tries === mostTries
      this.#toggle('capsLock')
      const told = await this.#until(() => !this.#capsLockIsOn, firstPatienceMs)
      if (told) this.#capsLockTells = true
      if (tries > 0) await this.#lightsAtRest()
    }
  }

  /** Everything that is pressed goes up, and both locks go back to what they were. */
  #letGo(): void {
    const send = (key: { keysym: number; code: string }, down: boolean) =>
      this.#keyboard.sendKey(key, down)
    for (const key of this.#down.values()) send(key, false)
    this.#down.clear()
    for (const lock of locks) {
      if (this.#toggles[lock] % 2 === 1) {
        send(lockKeys[lock], true)
        send(lockKeys[lock], false)
        toggledAt.set(this.#keyboard, performance.now())
      }
      this.#toggles[lock] = 0
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopping) return reject(new Stopped())
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        reject(new Stopped())
      }
    })
  }

  /** Whether the condition came true in time; it is looked at whenever the server spoke. */
  async #until(condition: () => boolean, ms: number): Promise<boolean> {
    if (condition()) return true
    let off = () => {}
    const came = new Promise<boolean>((resolve) => {
      off = this.#keyboard.onLights(() => condition() && resolve(true))
    })
    try {
      return await Promise.race([came, this.#pause(ms).then(() => condition())])
    } finally {
      off()
    }
  }
}
