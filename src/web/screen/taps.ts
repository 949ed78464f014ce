/**
 * What a tool may hear of a screen, over all of its connection attempts. A tool that has to hear
 * everything listens from `Tool.watch` on (tools.tsx), which is before the first attempt.
 */
import { Signal } from './signal.ts'

export type WireMessage = {
  bytes: Uint8Array
  /** `performance.now()` of its arrival or departure. */
  at: number
  /** The attempt it belongs to: a new number is a new connection, handshake and all. */
  attempt: number
}

export class Taps {
  /** A message of the server has come; noVNC may not have seen it yet. */
  readonly heard = new Signal<[WireMessage]>()
  /** noVNC has acted on a message of the server: locks and abilities are up to date. */
  readonly handled = new Signal<[]>()
  /** Called after a message to the server was sent, by noVNC or Vedette. */
  readonly said = new Signal<[WireMessage]>()
  /** Called when the image may have changed; at most once per animation frame, also in a hidden tab. */
  readonly painted = new Signal<[]>()
  #painting = false

  constructor() {
    this.handled.on(() => this.#paint())
  }

  #paint(): void {
    if (this.#painting) return
    this.#painting = true
    const tell = () => {
      this.#painting = false
      this.painted.emit()
    }
    // A hidden tab has no animation frames, but updates are decoded anyway.
    if (document.hidden) setTimeout(tell)
    else requestAnimationFrame(tell)
  }

  clear(): void {
    for (const signal of [this.heard, this.handled, this.said, this.painted]) signal.clear()
  }
}
