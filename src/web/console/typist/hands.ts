/**
 * Presses keys for a typist. A stop ends every pause and rejects every later key, and whatever is
 * still down can be released.
 */
import type { KeyEvent } from './stroke.ts'

/** What the typist needs of a connection; each connection has exactly one. */
export type Keyboard = {
  /** False once no key can reach the instance. */
  sendKey(key: { keysym: number; code: string }, down: boolean): boolean
  readonly lights: { capsLock: boolean; numLock: boolean } | undefined
  /** Calls when the lights may have changed; returns how to stop. */
  onLights(listener: () => void): () => void
}

export type StopReason =
  | 'cancelled'
  | 'key'
  | 'disconnected'
  | 'view-only'
  | 'hidden'
  | 'left'

/** Thrown out of a run that was stopped; `Hands.stopped` has the reason. */
export class Stopped extends Error {}

export class Hands {
  readonly keyboard: Keyboard
  #stopped: StopReason | undefined
  #wake = () => {}
  /** The pressed keys, by code or keysym. */
  readonly #down = new Map<string, KeyEvent>()

  constructor(keyboard: Keyboard) {
    this.keyboard = keyboard
  }

  get stopped(): StopReason | undefined {
    return this.#stopped
  }

  begin(): void {
    this.#stopped = undefined
  }

  stop(reason: StopReason): void {
    this.#stopped ??= reason
    this.#wake()
  }

  key(event: KeyEvent): void {
    if (this.#stopped) throw new Stopped()
    if (!this.keyboard.sendKey(event, event.down)) {
      this.#stopped = 'disconnected'
      throw new Stopped()
    }
    const name = event.code || String(event.keysym)
    if (event.down) this.#down.set(name, event)
    else this.#down.delete(name)
  }

  tap(key: { keysym: number; code: string }): void {
    this.key({ ...key, down: true })
    this.key({ ...key, down: false })
  }

  /** Releases everything that is pressed, also after a stop. */
  releaseAll(): void {
    for (const key of this.#down.values()) this.keyboard.sendKey(key, false)
    this.#down.clear()
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) return reject(new Stopped())
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        reject(new Stopped())
      }
    })
  }

  /** Whether the condition came true in time; it is checked after each message of the server. */
  async until(condition: () => boolean, ms: number): Promise<boolean> {
    if (condition()) return true
    let off = () => {}
    const came = new Promise<boolean>((resolve) => {
      off = this.keyboard.onLights(() => condition() && resolve(true))
    })
    try {
      return await Promise.race([came, this.pause(ms).then(() => condition())])
    } finally {
      off()
    }
  }
}
