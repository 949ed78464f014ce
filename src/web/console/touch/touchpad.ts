/**
 * Uses the screen as a touchpad: a finger moves the pointer relative to its position, so that it
 * hides nothing and can reach a single pixel. noVNC's own gestures start only after 50 pixels and
 * point where the finger is, so in this mode noVNC gets no touch events.
 */
import type { ConsoleConnection } from '../../screen/connection.ts'

type Place = { x: number; y: number }

/** RFB's buttons. */
const left = 1
const middle = 2
const right = 4
const wheel = { up: 8, down: 16, left: 32, right: 64 }

const tapMs = 350
const longMs = 600
/** Two taps this close are a double click; a movement after one is a drag. */
const againMs = 300
const stillPx = 8
const wheelPx = 24
const pinchPx = 20
/** Pixels of the page that the pointer moves for each one of the finger. */
const gain = 1.5

type Finger = Place & { from: Place }
type Kind = 'undecided' | 'move' | 'drag' | 'scroll' | 'pinch' | 'done'

const distance = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y)
const between = (a: Place, b: Place) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

export class Touchpad {
  readonly #connection: ConsoleConnection
  readonly #listeners = new Set<() => void>()
  readonly #fingers = new Map<number, Finger>()
  #pointer: Place = { x: 0, y: 0 }
  #kind: Kind = 'undecided'
  #most = 0
  #startedAt = 0
  #lastTapAt = 0
  #long = 0
  #scrolled: Place = { x: 0, y: 0 }

  constructor(connection: ConsoleConnection) {
    this.#connection = connection
    const size = connection.getSnapshot().size
    if (size) this.#pointer = { x: size.width >> 1, y: size.height >> 1 }
  }

  /** Handles every touch on `surface` until the returned function is called. */
  attach(surface: HTMLElement): () => void {
    const off = new AbortController()
    const options = { capture: true, passive: false, signal: off.signal }
    const hear =
      (act: (touch: Touch) => void, then?: () => void) => (event: TouchEvent) => {
        event.preventDefault()
        event.stopPropagation()
        for (const touch of event.changedTouches) act(touch)
        then?.()
      }
    const enter = () => {
      // Like noVNC: the screen gets the focus, unless the field has it.
      if (!(document.activeElement instanceof HTMLTextAreaElement))
        this.#connection.input.focus()
    }
    surface.addEventListener('touchstart', hear(this.#down, enter), options)
    surface.addEventListener('touchmove', hear(this.#moveOne, this.#moved), options)
    surface.addEventListener('touchend', hear(this.#up), options)
    surface.addEventListener('touchcancel', hear(this.#up), options)
    return () => {
      off.abort()
      clearTimeout(this.#long)
      if (this.#kind === 'drag' && this.#fingers.size > 0) this.#send(0)
      this.#fingers.clear()
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): Place => this.#pointer

  #send(buttons: number): void {
    this.#connection.input.point(this.#pointer.x, this.#pointer.y, buttons)
  }

  #click(button: number): void {
    this.#send(button)
    this.#send(0)
  }

  #down = ({ identifier, clientX: x, clientY: y }: Touch): void => {
    if (this.#fingers.size === 0) {
      this.#startedAt = performance.now()
      this.#kind = 'undecided'
      this.#most = 0
      this.#long = window.setTimeout(() => this.#pressLong(), longMs)
    } else clearTimeout(this.#long)
    this.#fingers.set(identifier, { x, y, from: { x, y } })
    this.#most = Math.max(this.#most, this.#fingers.size)
    // Two fingers are measured from the time when the second touched.
    for (const finger of this.#fingers.values()) finger.from = { x: finger.x, y: finger.y }
    this.#scrolled = { x: 0, y: 0 }
  }

  #pressLong(): void {
    if (this.#kind !== 'undecided') return
    this.#kind = 'done'
    this.#click(right)
    navigator.vibrate?.(10)
  }

  #before: [Place, Place] | undefined

  #moveOne = ({ identifier, clientX: x, clientY: y }: Touch): void => {
    const finger = this.#fingers.get(identifier)
    if (!finger) return
    const [one, two] = this.#fingers.values()
    if (this.#fingers.size === 2 && one && two)
      this.#before ??= [
        { x: one.x, y: one.y },
        { x: two.x, y: two.y },
      ]
    const step = { x: x - finger.x, y: y - finger.y }
    finger.x = x
    finger.y = y
    if (this.#most > 1 || this.#kind === 'done') return
    if (this.#kind === 'undecided') {
      if (distance(finger, finger.from) < stillPx) return
      clearTimeout(this.#long)
      const again = this.#startedAt - this.#lastTapAt < againMs
      this.#kind = again ? 'drag' : 'move'
      if (again) this.#send(left)
    }
    this.#move(step)
  }

  #move({ x, y }: Place): void {
    const { size } = this.#connection.getSnapshot()
    if (!size) return
    const { scale } = this.#connection.stage
    const within = (value: number, most: number) => Math.min(Math.max(value, 0), most - 1)
    this.#pointer = {
      x: within(this.#pointer.x + (x * gain) / scale, size.width),
      y: within(this.#pointer.y + (y * gain) / scale, size.height),
    }
    this.#send(this.#kind === 'drag' ? left : 0)
    this.#connection.stage.reveal(this.#pointer)
    for (const listener of this.#listeners) listener()
  }

  /** What two fingers did together, once both have been heard. */
  #moved = (): void => {
    const before = this.#before
    this.#before = undefined
    const [one, two] = this.#fingers.values()
    if (this.#fingers.size !== 2 || !before || !one || !two) return
    const centre = between(one, two)
    const apart = distance(one, two)
    if (this.#kind === 'undecided') {
      const spread = Math.abs(apart - distance(one.from, two.from))
      if (spread > pinchPx) this.#kind = 'pinch'
      else if (distance(centre, between(one.from, two.from)) > stillPx)
        this.#kind = 'scroll'
    }
    const was = between(...before)
    const step = { x: centre.x - was.x, y: centre.y - was.y }
    if (this.#kind === 'scroll') this.#scroll(step)
    if (this.#kind !== 'pinch') return
    const { stage } = this.#connection
    stage.scrollBy(-step.x, -step.y)
    stage.zoomBy(apart / Math.max(1, distance(...before)), centre)
    for (const listener of this.#listeners) listener()
  }

  /** The content follows the fingers, as it does everywhere on such a device. */
  #scroll({ x, y }: Place): void {
    const turn = (by: number, back: number, forth: number) => {
      const turns = Math.trunc(by / wheelPx)
      for (let at = 0; at < Math.abs(turns); at += 1) this.#click(turns > 0 ? back : forth)
      return by - turns * wheelPx
    }
    this.#scrolled = {
      x: turn(this.#scrolled.x + x, wheel.left, wheel.right),
      y: turn(this.#scrolled.y + y, wheel.up, wheel.down),
    }
  }

  #up = ({ identifier }: Touch): void => {
    this.#fingers.delete(identifier)
    clearTimeout(this.#long)
    if (this.#fingers.size > 0) return
    const now = performance.now()
    if (this.#kind === 'drag') this.#send(0)
    if (this.#kind !== 'undecided' || now - this.#startedAt > tapMs) return
    this.#click(this.#most === 1 ? left : this.#most === 2 ? right : middle)
    this.#lastTapAt = this.#most === 1 ? now : 0
  }
}
