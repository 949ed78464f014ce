/**
 * Remembers which keys are down in the instance: each by what was sent for it, because a server
 * releases a key only by the same keysym or position
 * (docs/decisions/0019-each-key-up-repeats-its-key-down.md). noVNC decides what a key sends, so this
 * stands where its events and Vedette's pass: at `sendKey`.
 */
import type RFB from '@novnc/novnc'

/** As noVNC sends it: a dead key has no keysym, a virtual keyboard's key no code. */
export type WireKey = { keysym: number | null; code: string | null }

type Sender = Pick<RFB, 'sendKey'> & Partial<Pick<RFB, 'viewOnly'>>

const nameOf = ({ keysym, code }: WireKey) => `${code ?? ''} ${keysym ?? 0}`

export class WireKeys {
  /** Called after a person's key was sent, which noVNC read from an event. */
  onPerson = (_key: WireKey, _down: boolean) => {}
  /** Called before a person's key is pressed. */
  beforePerson = (_key: WireKey) => {}
  readonly #rfb: Sender
  readonly #send: RFB['sendKey']
  readonly #down = new Map<string, WireKey & { person: boolean; at: number }>()

  constructor(rfb: Sender) {
    this.#rfb = rfb
    this.#send = rfb.sendKey.bind(rfb)
    // noVNC calls its own public method, so its keys come this way too.
    rfb.sendKey = (keysym, code, down) => {
      const key = { keysym, code }
      if (down === undefined) {
        rfb.sendKey(keysym, code, true)
        rfb.sendKey(keysym, code, false)
        return
      }
      if (down) this.beforePerson(key)
      this.#pass(key, down, true)
      this.onPerson(key, down)
    }
  }

  #pass(key: WireKey, down: boolean, person: boolean): void {
    this.#send(key.keysym, key.code, down)
    // noVNC has dropped it.
    if (this.#rfb.viewOnly) return
    if (down) this.#down.set(nameOf(key), { ...key, person, at: performance.now() })
    else this.#down.delete(nameOf(key))
  }

  /** Presses or releases a key that no person's keyboard has. */
  send(key: WireKey, down: boolean): void {
    this.#pass(key, down, false)
  }

  /** Presses a key again that is down; who pressed it stays the same. */
  repeat(key: WireKey): void {
    const known = this.#down.get(nameOf(key))
    if (known) this.#pass(key, true, known.person)
  }

  /** The keys that were last pressed so many ms ago. */
  downFor(ms: number): WireKey[] {
    const before = performance.now() - ms
    return [...this.#down.values()].flatMap(({ at, keysym, code }) =>
      at <= before ? [{ keysym, code }] : [],
    )
  }

  /** Every key that is down in the instance, in the order of the presses. */
  get down(): WireKey[] {
    return [...this.#down.values()].map(({ keysym, code }) => ({ keysym, code }))
  }

  /** Those that a person's keyboard has pressed. */
  get pressed(): WireKey[] {
    return [...this.#down.values()].flatMap(({ person, keysym, code }) =>
      person ? [{ keysym, code }] : [],
    )
  }
}
