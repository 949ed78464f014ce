/**
 * Tracks what is pressed on a screen, because noVNC releases a key only when the window
 * loses the focus: a modifier that is held while someone selects one of Vedette's buttons would
 * stay down in the instance (docs/vnc.md#held-keys). It also holds the sticky modifiers, and
 * recognizes the keys that leave the screen.
 */
import type RFB from '@novnc/novnc'

import { isModifierCode, keyNamed, keyOfEvent, type Key, type Modifier } from './keys.ts'

type Sender = Pick<RFB, 'sendKey'>

/** How long a sticky modifier stays down: for the next key, or until it is clicked again. */
type Hold = 'once' | 'locked'
export type Held = Readonly<Partial<Record<Modifier, Hold>>>

/** Ctrl, Alt and Shift together leave the screen, because Tab goes to the instance. */
function isLeaveChord(event: KeyboardEvent): boolean {
  const third = ['Control', 'Alt', 'Shift'].includes(event.key)
  return third && event.ctrlKey && event.altKey && event.shiftKey
}

export class KeyWatch {
  /**
   * By code, with the keysym of the press: Xvnc ignores the release of another
   * (findings/xvnc-key-up-by-meaning.sh).
   */
  readonly #pressed = new Map<string, Key>()
  readonly #held = new Map<Modifier, Hold>()
  readonly #stop = new AbortController()
  readonly #rfb: Sender
  readonly #onHeld: (held: Held) => void

  constructor(
    host: HTMLElement,
    rfb: Sender,
    handlers: { onLeave: () => void; onHeld: (held: Held) => void },
  ) {
    this.#rfb = rfb
    this.#onHeld = handlers.onHeld
    const { signal } = this.#stop
    const options = { capture: true, signal }
    const onKeyDown = (event: KeyboardEvent) => {
      if (isLeaveChord(event)) {
        event.preventDefault()
        event.stopPropagation()
        this.releaseAll()
        handlers.onLeave()
        return
      }
      const key = keyOfEvent(event)
      if (key) this.#pressed.set(event.code, key)
    }
    const onKeyUp = ({ code }: KeyboardEvent) => {
      this.#pressed.delete(code)
      // noVNC, which listens on the canvas itself, has handled the release by then.
      if (!isModifierCode(code)) queueMicrotask(() => this.spend())
    }
    host.addEventListener('keydown', onKeyDown, options)
    host.addEventListener('keyup', onKeyUp, options)
    const release = () => this.#releasePressed()
    host.addEventListener('focusout', release, options)
    // None of these takes the focus from the screen, but each prevents the key-up event.
    window.addEventListener('blur', release, { signal })
    document.addEventListener('visibilitychange', release, { signal })
    document.addEventListener('fullscreenchange', release, { signal })
  }

  #releasePressed(): void {
    for (const { keysym, code } of this.#pressed.values())
      this.#rfb.sendKey(keysym, code, false)
    this.#pressed.clear()
  }

  #send(modifier: Modifier, down: boolean): void {
    const key = keyNamed(modifier)
    if (key) this.#rfb.sendKey(key.keysym, key.code, down)
  }

  #tell(): void {
    this.#onHeld(Object.fromEntries(this.#held))
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
    for (const { keysym, code } of keys) this.#rfb.sendKey(keysym, code, true)
    for (const { keysym, code } of keys.reverse()) this.#rfb.sendKey(keysym, code, false)
    this.spend()
  }

  /** Every key that is pressed in the instance and not released. */
  get down(): Key[] {
    const held = [...this.#held.keys()].flatMap((name) => keyNamed(name) ?? [])
    return [...this.#pressed.values(), ...held]
  }

  releaseAll(): void {
    this.#releasePressed()
    for (const modifier of this.#held.keys()) this.#send(modifier, false)
    const any = this.#held.size > 0
    this.#held.clear()
    if (any) this.#tell()
  }

  close(): void {
    this.#stop.abort()
  }
}
