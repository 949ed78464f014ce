/**
 * Uses a keyboard's lock lights as acknowledgments, and restores both locks when a run
 * ends. When the light of NumLock changes, the instance has read every key before it
 * (docs/vnc.md#keyboard-lights, findings/seabios-lights-follow-reads.sh).
 */
import type { Hands, Keyboard } from './hands.ts'
import { capsLockKey, numLockKey } from './stroke.ts'

type Lock = 'numLock' | 'capsLock'

const lockKeys = { numLock: numLockKey, capsLock: capsLockKey }
const locks: readonly Lock[] = ['numLock', 'capsLock']

/** At the first question; later answers may take any time. */
const firstPatienceMs = 1_500
const quietMs = 3_000
/** So soon after the last of several questions, an answer is to that one. */
const promptMs = 500
const capsLockPatienceMs = 500
/** For a CapsLock that stays on. */
const mostTries = 20
/** Without a change for so long, all answers are there. */
const restMs = 400
/** So long after a toggle, the server no longer reports it. */
const staleMs = 2_000
/** So long a lock stays pressed if it isn't known whether its light changes before the release. */
const holdMs = 300
/** So many lights that changed only after the release show that the guest waits for it. */
const lateLights = 2

/** `lost` when the run before the question can't have been heard either. */
export type Answer = { ms: number; lost: boolean }

/** When a lock was last pressed on a keyboard, whichever text it was for. */
const toggledAt = new WeakMap<Keyboard, number>()

export class Locks {
  readonly #hands: Hands
  readonly #onQuiet: (quiet: boolean) => void
  #quiet = false
  /** How the lights were when the run began. */
  #lightsBefore: Keyboard['lights']
  /** How often each has been pressed since it was known to be as it was. */
  readonly #toggles: Record<Lock, number> = { numLock: 0, capsLock: 0 }
  /** Whether its light is known to answer; under some keymaps it has none. */
  #capsLockTells = false
  /** Nothing turns it off. */
  #capsLockStays = false
  /**
   * By NumLock's light before: how often it changed only after the release. X11 turns a lock on
   * when it is pressed, and off when it is released.
   */
  readonly #late = new Map<boolean, number>()

  /** `onQuiet` hears when the instance has not read its keyboard for a while, and when it does. */
  constructor(hands: Hands, onQuiet: (quiet: boolean) => void) {
    this.#hands = hands
    this.#onQuiet = onQuiet
  }

  #setQuiet(quiet: boolean): void {
    this.#quiet = quiet
    this.#onQuiet(quiet)
  }

  /** Forgets the last run; must be called before the first await of a new one. */
  begin(): void {
    for (const lock of locks) this.#toggles[lock] = 0
    this.#capsLockTells = false
    this.#capsLockStays = false
    this.#quiet = false
  }

  /** Waits for answers to the last run, remembers the lights, and turns CapsLock off. */
  async prepare(): Promise<void> {
    const { keyboard } = this.#hands
    // What the last run left behind would be taken for an answer to this one.
    if (performance.now() - (toggledAt.get(keyboard) ?? -staleMs) < staleMs)
      await this.#lightsAtRest()
    this.#lightsBefore = keyboard.lights
    await this.capsLockOff()
  }

  /**
   * Toggles NumLock and waits for its light; undefined without a response in time. A paused instance
   * (for a snapshot or a migration) keeps keys only while others wait before them, so the toggle is
   * repeated. Then it has either kept all toggles, or got only the last one and nothing from before the
   * first. If CapsLock has a light, all toggles but the first use it, and NumLock's light shows which
   * case it is.
   */
  async acknowledgement(patienceMs: number): Promise<Answer | undefined> {
    const before = this.#hands.keyboard.lights
    if (!before) return undefined
    const changed = this.#numLockChanges()
    const again: Lock = this.#capsLockTells ? 'capsLock' : 'numLock'
    // CapsLock is off while a text is typed.
    const answered = () =>
      changed() || (asked > 1 && again === 'capsLock' && this.#capsLockIsOn)
    const startedAt = performance.now()
    let asked = 1
    let askedAt = startedAt
    const ask = () => {
      const ms = Math.min(patienceMs / 2, quietMs)
      return asked > 1 && again === 'capsLock'
        ? this.#toggleCapsLock(answered, ms)
        : this.#toggleNumLock(answered, ms)
    }
    while (!(await ask())) {
      const waitedMs = performance.now() - startedAt
      if (waitedMs >= patienceMs) return undefined
      this.#setQuiet(waitedMs >= quietMs)
      asked += 1
      askedAt = performance.now()
    }
    const answeredAt = performance.now()
    // Kept toggles arrive at once, and must not count as later ones.
    if (asked > 1) await this.#lightsAtRest()
    // Of several toggles in a row, Linux reports only the result. An even number changes nothing; an
    // odd number looks like one, but its light changes when the instance continues, not soon after
    // the toggle.
    const heardLastOnly =
      again === 'capsLock'
        ? !changed()
        : asked % 2 === 0
          ? changed()
          : answeredAt - askedAt < promptMs
    const lost = asked > 1 && heardLastOnly
    // A release that was dropped leaves NumLock pressed in the guest, which ignores the next press.
    if (asked > 1) await this.#toggleNumLock(this.#numLockChanges(), firstPatienceMs)
    for (const lock of locks)
      this.#toggles[lock] =
        this.#hands.keyboard.lights?.[lock] === this.#lightsBefore?.[lock] ? 0 : 1
    await this.capsLockOff()
    if (this.#quiet) this.#setQuiet(false)
    return { ms: answeredAt - askedAt, lost }
  }

  get #numLock(): boolean | undefined {
    return this.#hands.keyboard.lights?.numLock
  }

  #numLockChanges(): () => boolean {
    const before = this.#numLock
    return () => this.#numLock !== before
  }

  /**
   * Presses NumLock, and releases it when the answer is there: a guest that sets its lights doesn't
   * hear a key that arrives then (docs/vnc.md#keyboard-lights). It would take NumLock for
   * pressed from then on, and not hear the next question. Resolves with whether the answer came.
   */
  async #toggleNumLock(answered: () => boolean, ms: number): Promise<boolean> {
    const { keyboard } = this.#hands
    const before = this.#numLock === true
    const late = this.#late.get(before)
    const longestMs = late === 0 ? ms : late === lateLights ? 0 : Math.min(holdMs, ms)
    this.#toggles.numLock += 1
    toggledAt.set(keyboard, performance.now())
    this.#hands.key({ ...numLockKey, down: true })
    const isPrompt = longestMs > 0 && (await this.#hands.until(answered, longestMs))
    this.#hands.key({ ...numLockKey, down: false })
    if (isPrompt) this.#late.set(before, 0)
    if (isPrompt || longestMs === ms) return isPrompt
    const isAnswered = await this.#hands.until(answered, ms - longestMs)
    if (isAnswered) this.#late.set(before, Math.min((late ?? 0) + 1, lateLights))
    return isAnswered
  }

  #toggleCapsLock(answered: () => boolean, ms: number): Promise<boolean> {
    this.#toggles.capsLock += 1
    toggledAt.set(this.#hands.keyboard, performance.now())
    this.#hands.tap(capsLockKey)
    return this.#hands.until(answered, ms)
  }

  /** Resolves once the lights have not changed for a while. */
  async #lightsAtRest(): Promise<void> {
    const now = () => JSON.stringify(this.#hands.keyboard.lights)
    for (let last = now(); await this.#hands.until(() => now() !== last, restMs);)
      last = now()
  }

  get #capsLockIsOn(): boolean {
    return this.#hands.keyboard.lights?.capsLock === true
  }

  /** The state before the first toggle; CapsLock is toggled once to see whether it has a light. */
  async firstAnswer(asksCapsLock: boolean): Promise<Answer | undefined> {
    if (asksCapsLock && !this.#capsLockTells && this.#hands.keyboard.lights) {
      const startedAt = performance.now()
      if (await this.#toggleCapsLock(() => this.#capsLockIsOn, capsLockPatienceMs)) {
        const onAt = performance.now()
        await this.capsLockOff()
        // Otherwise an instance that was delayed once would seem to be fast from then on.
        return { ms: Math.min(onAt - startedAt, performance.now() - onAt), lost: false }
      }
      await this.#toggleCapsLock(() => true, 0)
    }
    return this.acknowledgement(firstPatienceMs)
  }

  /** A paused instance may drop a toggle, or keep several. */
  async capsLockOff(): Promise<void> {
    for (let tries = 0; this.#capsLockIsOn && !this.#capsLockStays; tries += 1) {
      this.#capsLockStays = tries === mostTries
      const told = await this.#toggleCapsLock(() => !this.#capsLockIsOn, firstPatienceMs)
      if (told) this.#capsLockTells = true
      if (tries > 0) await this.#lightsAtRest()
    }
  }

  /** Puts both locks back to what they were, also after a stop. */
  restore(): void {
    const { keyboard } = this.#hands
    for (const lock of locks) {
      if (this.#toggles[lock] % 2 === 1) {
        keyboard.sendKey(lockKeys[lock], true)
        keyboard.sendKey(lockKeys[lock], false)
        toggledAt.set(keyboard, performance.now())
      }
      this.#toggles[lock] = 0
    }
  }
}
