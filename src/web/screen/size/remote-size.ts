/**
 * Asks the instance for a screen as large as its place on the page. noVNC's own way measures its
 * container, which here has the size of the zoom: at 200% each screen asked for another of twice the
 * size. So this measures the place, whatever the zoom, and asks only for a size that is whole, sane and
 * wanted, once (docs/decisions/0020).
 */
import type RFB from '@novnc/novnc'

import { screenOf } from '../abilities.ts'
import type { Attempt } from '../attempt.ts'
import type { Size } from './size-message.ts'

/** A panel that opens, a window that is dragged: only where it stays counts. */
const settleMs = 200
/** An answer that never comes doesn't block the next question. */
const patienceMs = 5_000
/** Less is a place that is hidden or being laid out; more is larger than any display. */
const least: Size = { width: 160, height: 120 }
const most = 8_192

/** The size to ask for in a place of this size; undefined if it isn't a sane one. */
export function sizeFor({ width, height }: Size): Size | undefined {
  const whole = { width: Math.floor(width), height: Math.floor(height) }
  const fits =
    whole.width >= least.width &&
    whole.height >= least.height &&
    Math.max(whole.width, whole.height) <= most
  return fits ? whole : undefined
}

const isSame = (one: Size | undefined, other: Size) =>
  one?.width === other.width && one.height === other.height

type Inside = {
  _FBU?: { x: number; y: number }
  _handleExtendedDesktopSize?: () => boolean
}

/** The first field of a size that answers a viewer's own question. */
const ownQuestion = 1

/**
 * Calls back when the server has told its size: with its answer to this viewer's question, 0 or why
 * not, or undefined. noVNC has no event for it and only logs a refusal; its method is private, of
 * version 1.7.0, which is pinned exactly.
 */
function onSizeTold(rfb: RFB, act: (answer: number | undefined) => void): void {
  const inside = rfb as unknown as Inside // private names, which have no types
  const original = inside._handleExtendedDesktopSize
  if (!original) return
  inside._handleExtendedDesktopSize = () => {
    const { x, y } = inside._FBU ?? { x: 0, y: 0 }
    const done = original.call(rfb)
    if (done) act(x === ownQuestion ? y : undefined)
    return done
  }
}

export class RemoteSize {
  readonly #room: () => Size | undefined
  #wanted = false
  #viewOnly = false
  #target: { attempt: Attempt; rfb: RFB } | undefined
  /** The last one in this connection: an instance that took another is not asked again. */
  #asked: Size | undefined
  #askedAt = 0
  #timer = 0

  /** `room`: the place on the page. */
  constructor(room: () => Size | undefined) {
    this.#room = room
  }

  /** Whether the instance's screen takes the size of its place on the page, if it can. */
  setWanted(wanted: boolean): void {
    if (wanted !== this.#wanted) this.#asked = undefined
    this.#wanted = wanted
    this.consider()
  }

  setViewOnly(viewOnly: boolean): void {
    this.#viewOnly = viewOnly
    this.consider()
  }

  /** Listens from the handshake on: a server tells once whether it can change its size. */
  listen(rfb: RFB): void {
    onSizeTold(rfb, (answer) => {
      if (rfb !== this.#target?.rfb) return
      if (answer !== undefined) this.#askedAt = 0
      this.consider()
    })
  }

  /** The screen is on the page: its place can be measured. */
  open(attempt: Attempt, rfb: RFB): void {
    this.#target = { attempt, rfb }
    this.#asked = undefined
    this.#askedAt = 0
    this.consider()
  }

  close(): void {
    this.#target = undefined
    clearTimeout(this.#timer)
  }

  /** Call when the place may have another size, or the tab is looked at. */
  consider(): void {
    clearTimeout(this.#timer)
    if (this.#wanted && this.#target)
      this.#timer = window.setTimeout(() => this.#ask(), settleMs)
  }

  #ask(): void {
    const room = this.#room()
    if (!this.#target || !this.#wanted || this.#viewOnly || document.hidden || !room) return
    const { attempt, rfb } = this.#target
    const size = sizeFor(room)
    const screen = screenOf(rfb)
    if (!size || !screen || isSame(this.#asked, size)) return
    const left = this.#askedAt + patienceMs - Date.now()
    if (this.#askedAt && left > 0) {
      this.#timer = window.setTimeout(() => this.#ask(), left)
      return
    }
    this.#asked = size
    if (isSame(attempt.screenSize, size)) return
    if (attempt.resize(size, screen)) this.#askedAt = Date.now()
  }
}
