/**
 * Watches what is pressed on a screen, because noVNC lets a key go only when the window loses
 * the focus: a modifier held while somebody clicks one of our buttons would stay down in the
 * machine (vnc.md 0.10). It also knows the chord that leaves the screen.
 */
import type RFB from '@novnc/novnc'

import { keyNamed, keyOfEvent, type Key, type Modifier } from './keys.ts'

type Sender = Pick<RFB, 'sendKey'>

/** Ctrl, Alt and Shift together: a person whose Tab belongs to the machine gets out by it. */
function isLeaveChord(event: KeyboardEvent): boolean {
  const third = ['Control', 'Alt', 'Shift'].includes(event.key)
  return third && event.ctrlKey && event.altKey && event.shiftKey
}

export class KeyWatch {
  readonly #pressed = new Map<string, Key>()
  readonly #held = new Set<Modifier>()
  readonly #stop = new AbortController()
  readonly #rfb: Sender

  constructor(host: HTMLElement, rfb: Sender, onLeave: () => void) {
    this.#rfb = rfb
    const options = { capture: true, signal: this.#stop.signal }
    const onKeyDown = (event: KeyboardEvent) => {
      if (isLeaveChord(event)) {
        event.preventDefault()
        event.stopPropagation()
        this.releaseAll()
        onLeave()
        return
      }
      const key = keyOfEvent(event)
      if (key) this.#pressed.set(event.code, key)
    }
    host.addEventListener('keydown', onKeyDown, options)
    host.addEventListener('keyup', ({ code }) => this.#pressed.delete(code), options)
    host.addEventListener('focusout', () => this.#releasePressed(), options)
  }

  #releasePressed(): void {
    for (const { keysym, code } of this.#pressed.values())
      this.#rfb.sendKey(keysym, code, false)
    this.#pressed.clear()
  }

  get held(): readonly Modifier[] {
    return [...this.#held]
  }

  /** Presses a modifier until it is toggled again. */
  toggle(modifier: Modifier): void {
    const key = keyNamed(modifier)
    if (!key) return
    const down = !this.#held.has(modifier)
    this.#rfb.sendKey(key.keysym, key.code, down)
    if (down) this.#held.add(modifier)
    else this.#held.delete(modifier)
  }

  /** Presses the keys in their order and lets them go in the opposite one. */
  press(names: readonly string[]): void {
    const keys = names.flatMap((name) => keyNamed(name) ?? [])
    for (const { keysym, code } of keys) this.#rfb.sendKey(keysym, code, true)
    for (const { keysym, code } of keys.reverse()) this.#rfb.sendKey(keysym, code, false)
  }

  releaseAll(): void {
    this.#releasePressed()
    for (const modifier of this.held) this.toggle(modifier)
  }

  close(): void {
    this.#stop.abort()
  }
}
