/**
 * Sends what a person does on a screen: keys, pointer, clipboard. It remembers how the screen may
 * be used and applies that to each new connection, and no key stays down when one ends.
 */
import type RFB from '@novnc/novnc'

import { abilitiesOf, sharesKeyboard } from './abilities.ts'
import type { Attempt } from './attempt.ts'
import { KeyWatch, type Held } from './key-watch.ts'
import type { Key, Modifier } from './keys.ts'
import type { Pointer } from './last-pointer.ts'
import type { WireKey } from './wire-keys.ts'

export class Input {
  /** What Ctrl+Alt+Shift does. */
  onLeave = () => {}
  readonly #onHeld: (held: Held) => void
  #target: { attempt: Attempt; rfb: RFB; keys: KeyWatch } | undefined
  /** Pressed when the connection was lost, and perhaps still down in the instance. */
  readonly #stuck: WireKey[] = []
  /** The pointer when the connection was lost, if a button was down. */
  #dragged: Pointer | undefined
  #viewOnly = false
  #follows = true
  #focusOnTap = true

  constructor(onHeld: (held: Held) => void) {
    this.#onHeld = onHeld
  }

  /** Sends to this attempt from now on. */
  open(attempt: Attempt, rfb: RFB): void {
    for (const { keysym, code } of this.#stuck.splice(0)) rfb.sendKey(keysym, code, false)
    this.#freeButtons(attempt, rfb)
    this.#follows = true
    rfb.viewOnly = this.#viewOnly
    rfb.focusOnClick = this.#focusOnTap
    const keys = new KeyWatch(attempt.host, rfb, {
      onLeave: () => {
        rfb.blur()
        this.onLeave()
      },
      onHeld: this.#onHeld,
      isShared: () => sharesKeyboard(abilitiesOf(rfb)),
    })
    this.#target = { attempt, rfb, keys }
  }

  /** Over a lost connection the instance may not hear it: the next one sends it again. */
  close({ lost = false } = {}): void {
    if (!this.#target) return
    const { attempt, keys } = this.#target
    if (lost) this.#stuck.push(...keys.down)
    if (lost && attempt.pointer?.buttons) this.#dragged = attempt.pointer
    this.#releaseButtons()
    keys.releaseAll()
    keys.close()
    this.#target = undefined
  }

  /** Releases the buttons of the pointer where it is. */
  #releaseButtons(): void {
    const { attempt } = this.#target ?? {}
    const pointer = attempt?.pointer
    if (pointer?.buttons) attempt?.point(pointer.x, pointer.y, 0)
  }

  /**
   * QEMU compares a viewer's buttons with that viewer's last ones, so a new connection has to press
   * them before it can release what the lost one left. Servers with fences release by themselves, and
   * would take it for a click (docs/vnc.md#what-viewers-share, findings/qemu-leaving-frees-keys-only.sh).
   */
  #freeButtons(attempt: Attempt, rfb: RFB): void {
    const pointer = this.#dragged
    this.#dragged = undefined
    if (!pointer) return
    const { x, y, buttons } = pointer
    if (!abilitiesOf(rfb).fence) attempt.point(x, y, buttons)
    attempt.point(x, y, 0)
  }

  /** noVNC, while what a person does may reach the instance. */
  get #rfb(): RFB | undefined {
    return this.#viewOnly || !this.#follows ? undefined : this.#target?.rfb
  }

  /** Watching only; what is pressed is released before noVNC stops sending. */
  setViewOnly(viewOnly: boolean): void {
    this.#viewOnly = viewOnly
    if (viewOnly) this.release()
    if (this.#target) this.#target.rfb.viewOnly = viewOnly || !this.#follows
  }

  /** Whether what is shown follows the instance; otherwise nobody would see what a key does. */
  setFollows(follows: boolean): void {
    if (follows === this.#follows) return
    if (!follows) this.release()
    this.#follows = follows
    if (this.#target) this.#target.rfb.viewOnly = this.#viewOnly || !follows
  }

  /** Whether touching the screen takes the focus; not while a person types in a field. */
  setFocusOnTap(on: boolean): void {
    this.#focusOnTap = on
    if (this.#target) this.#target.rfb.focusOnClick = on
  }

  focus(): void {
    this.#target?.rfb.focus({ preventScroll: true })
  }

  press(names: readonly string[]): void {
    this.#target?.keys.press(names)
  }

  /** Holds a modifier for one key, at the second call until the third. */
  toggle(modifier: Modifier): void {
    this.#target?.keys.toggle(modifier)
  }

  /** Releases every key that is down in the instance. */
  letGo(): void {
    this.#target?.keys.releaseAll()
  }

  /** Releases every key and every button that is down in the instance. */
  release(): void {
    this.letGo()
    this.#releaseButtons()
  }

  /** One key was pressed without `press`: modifiers that are held for one key go up. */
  spend(): void {
    this.#target?.keys.spend()
  }

  /** Presses or releases one key; false while none can reach the instance. */
  sendKey(key: Key, down: boolean): boolean {
    if (this.#rfb) this.#target?.keys.sendKey(key, down)
    return this.#rfb !== undefined
  }

  /** Points at a pixel of the screen with RFB's buttons; false while nothing reaches it. */
  point(x: number, y: number, buttons: number): boolean {
    return (this.#rfb && this.#target?.attempt.point(x, y, buttons)) ?? false
  }

  /** Offers a text to the instance's clipboard; false while nothing reaches the instance. */
  setClipboard(text: string): boolean {
    this.#rfb?.clipboardPasteFrom(text)
    return this.#rfb !== undefined
  }
}
