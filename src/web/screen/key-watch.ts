/**
 * Releases what is pressed on a screen when the screen loses the keys, because noVNC does so only when
 * the window loses the focus: a modifier that is held while someone selects one of Vedette's buttons
 * would stay down in the instance (docs/vnc.md#held-keys). It also holds the sticky modifiers, and
 * recognizes the keys that leave the screen.
 */
import type RFB from '@novnc/novnc'

import { isModifierCode, keyNamed, type Key, type Modifier } from './keys.ts'
import { WireKeys, type WireKey } from './wire-keys.ts'

/** How long a sticky modifier stays down: for the next key, or until it is clicked again. */
type Hold = 'once' | 'locked'
export type Held = Readonly<Partial<Record<Modifier, Hold>>>

/** ISO_Level3_Shift: what an AltGr sends, whatever the system calls it. */
const altGr = 0xfe03
/** After this long, another viewer may have left. */
const staleMs = 1_500
/** noVNC presses these by itself, to make the instance's locks equal to the person's. */
const lockCodes = new Set(['CapsLock', 'NumLock'])

type Pressed = {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * Ctrl, Alt and Shift together leave the screen, because Tab goes to the instance. By position,
 * because X11 calls an Alt with Shift *Meta*. An AltGr is not an Alt, although Windows says so.
 */
export function isLeaveChord(event: Pressed, before: readonly string[]): boolean {
  const { key, code, ctrlKey, altKey, shiftKey } = event
  const sides = (name: string) => [`${name}Left`, `${name}Right`]
  const is = (name: string) => key === name || sides(name).includes(code)
  if (!is('Control') && !is('Alt') && !is('Shift')) return false
  const has = (name: string, flag: boolean) =>
    flag || is(name) || sides(name).some((side) => before.includes(side))
  return has('Control', ctrlKey) && has('Alt', altKey) && has('Shift', shiftKey)
}

type KeyHandlers = {
  onLeave(): void
  onHeld(held: Held): void
  /** Whether another viewer's leaving releases keys. */
  isShared(): boolean
}

export class KeyWatch {
  readonly #held = new Map<Modifier, Hold>()
  readonly #stop = new AbortController()
  readonly #host: HTMLElement
  readonly #wire: WireKeys
  readonly #handlers: KeyHandlers
  /** The codes of keyboard events without a release so far. */
  readonly #events = new Set<string>()
  #releasing = false

  constructor(
    host: HTMLElement,
    rfb: Pick<RFB, 'sendKey' | 'viewOnly'>,
    handlers: KeyHandlers,
  ) {
    this.#host = host
    this.#handlers = handlers
    this.#wire = new WireKeys(rfb)
    this.#wire.beforePerson = ({ code }) => {
      if (!isModifierCode(code ?? '')) this.#holdAll()
    }
    this.#wire.onPerson = (key, down) => this.#followed(key, down)
    const { signal } = this.#stop
    const options = { capture: true, signal }
    const onKeyDown = (event: KeyboardEvent) => {
      const byAltGr =
        event.key === 'AltGraph' ||
        event.getModifierState('AltGraph') ||
        this.#wire.down.some(({ keysym }) => keysym === altGr)
      if (!byAltGr && isLeaveChord(event, [...this.#events])) {
        event.preventDefault()
        event.stopPropagation()
        this.releaseAll()
        handlers.onLeave()
        return
      }
      this.#events.add(event.code)
    }
    const onKeyUp = ({ code }: KeyboardEvent) => void this.#events.delete(code)
    host.addEventListener('keydown', onKeyDown, options)
    host.addEventListener('keyup', onKeyUp, options)
    const release = () => this.#releasePressed()
    host.addEventListener('focusout', release, options)
    // None of these takes the focus from the screen, but each prevents the key-up event.
    window.addEventListener('blur', release, { signal })
    document.addEventListener('visibilitychange', release, { signal })
    document.addEventListener('fullscreenchange', release, { signal })
  }

  /** A person's key was sent. */
  #followed(key: WireKey, down: boolean): void {
    if (down || this.#releasing) return
    this.#holdAgain([key])
    const { code } = key
    const synced = code !== null && lockCodes.has(code) && !this.#events.has(code)
    if (!synced && !isModifierCode(code ?? '')) this.spend()
  }

  /** A key of the keyboard and one that a button holds may be the same: it stays down. */
  #holdAgain(released: readonly WireKey[]): void {
    for (const modifier of this.#held.keys()) {
      const key = keyNamed(modifier)
      const isSame = ({ keysym, code }: WireKey) =>
        code === key?.code || keysym === key?.keysym
      if (key && released.some(isSame)) this.#wire.send(key, true)
    }
  }

  /**
   * Released by noVNC itself, which remembers what it sent for each key; told only by the wire, it
   * would send the same again when the key is pressed with another meaning.
   */
  #releasePressed(): void {
    const { pressed } = this.#wire
    const codes = new Set(pressed.flatMap(({ code }) => code ?? []))
    // Not sent yet: on Windows noVNC waits whether it becomes an AltGr.
    if (this.#events.has('ControlLeft')) codes.add('ControlLeft')
    this.#events.clear()
    this.#releasing = true
    const canvas = this.#host.querySelector('canvas')
    for (const code of codes) canvas?.dispatchEvent(new KeyboardEvent('keyup', { code }))
    for (const key of this.#wire.pressed) this.#wire.send(key, false)
    this.#releasing = false
    this.#holdAgain(pressed)
  }

  /**
   * Presses the modifiers again that have been down for a while: QEMU releases every key when any
   * viewer leaves, without telling the others (findings/qemu-leaving-frees-keys-only.sh).
   */
  #holdAll(): void {
    if (!this.#handlers.isShared()) return
    for (const key of this.#wire.downFor(staleMs))
      if (isModifierCode(key.code ?? '')) this.#wire.repeat(key)
  }

  #send(modifier: Modifier, down: boolean): void {
    const key = keyNamed(modifier)
    if (key) this.#wire.send(key, down)
  }

  #tell(): void {
    this.#handlers.onHeld(Object.fromEntries(this.#held))
  }

  /** Presses or releases one key that no keyboard event asked for. */
  sendKey(key: Key, down: boolean): void {
    if (down && this.#held.size > 0 && !isModifierCode(key.code)) this.#holdAll()
    this.#wire.send(key, down)
  }

  /** Down for one key, at the second time until the third. */
  toggle(modifier: Modifier): void {
    const hold = this.#held.get(modifier)
    if (hold === 'once') this.#held.set(modifier, 'locked')
    else if (hold === 'locked') {
      this.#held.delete(modifier)
      this.#send(modifier, false)
    } else {
      this.#held.set(modifier, 'once')
      this.#send(modifier, true)
    }
    this.#tell()
  }

  /** A key was pressed: modifiers that hold for one go up. */
  spend(): void {
    const done = [...this.#held].filter(([, hold]) => hold === 'once')
    for (const [modifier] of done) {
      this.#held.delete(modifier)
      this.#send(modifier, false)
    }
    if (done.length > 0) this.#tell()
  }

  /** Presses the keys in their order and lets them go in the opposite one. */
  press(names: readonly string[]): void {
    const keys = names.flatMap((name) => keyNamed(name) ?? [])
    this.#holdAll()
    for (const key of keys) this.#wire.send(key, true)
    for (const key of keys.reverse()) this.#wire.send(key, false)
    this.#holdAgain(keys)
    this.spend()
  }

  /** Every key that is pressed in the instance and not released. */
  get down(): WireKey[] {
    return this.#wire.down
  }

  releaseAll(): void {
    const any = this.#held.size > 0
    this.#held.clear()
    this.#releasePressed()
    for (const key of this.#wire.down) this.#wire.send(key, false)
    if (any) this.#tell()
  }

  close(): void {
    this.#stop.abort()
  }
}
