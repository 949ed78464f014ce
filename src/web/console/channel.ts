import type { RfbChannel } from '@novnc/novnc'

export type ChannelEnd = { code: number; reason: string; opened: boolean }

/** Asks for one pixel of the screen, whether it changed or not: an answer proves the link. */
const probe = new Uint8Array([3, 0, 0, 0, 0, 0, 0, 1, 0, 1])

/**
 * The websocket of one connection attempt, as noVNC may hold it. It opens before noVNC is
 * loaded and keeps what came in meanwhile; it knows the close code that noVNC hides, and how
 * long the other side has been silent (vnc.md 0.1–0.3). Not a subclass of WebSocket: noVNC looks
 * for the members on the object and its own prototype only.
 */
export class Channel implements RfbChannel {
  binaryType = 'arraybuffer'
  onopen: RfbChannel['onopen'] = null
  onmessage: RfbChannel['onmessage'] = null
  onclose: RfbChannel['onclose'] = null
  onerror: RfbChannel['onerror'] = null
  /** How long the last probe's answer took, in ms. */
  latencyMs: number | undefined
  readonly #socket: WebSocket
  readonly #waiting: (() => void)[] = []
  #released = false
  #opened = false
  #askedAt = 0

  constructor(url: string, handlers: { onBytes(): void; onEnd(end: ChannelEnd): void }) {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      this.#opened = true
      this.#deliver(() => this.onopen?.())
    })
    socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
      if (this.#askedAt) this.latencyMs = Date.now() - this.#askedAt
      this.#askedAt = 0
      this.#deliver(() => {
        this.onmessage?.(event)
        handlers.onBytes()
      })
    })
    socket.addEventListener('close', ({ code, reason }) => {
      this.#deliver(() => this.onclose?.({ code, reason }))
      handlers.onEnd({ code, reason, opened: this.#opened })
    })
    this.#socket = socket
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  /** Connecting until released: noVNC would take an open one for opened, and then twice. */
  get readyState(): number {
    return this.#released ? this.#socket.readyState : WebSocket.CONNECTING
  }

  #deliver(event: () => void): void {
    if (this.#released) event()
    else this.#waiting.push(event)
  }

  /** noVNC has set its handlers: it gets what it missed, then everything as it comes. */
  release(): void {
    this.#released = true
    for (const event of this.#waiting.splice(0)) event()
  }

  /** Milliseconds the other side has owed an answer; 0 when it owes none. */
  get silentMs(): number {
    return this.#askedAt ? Date.now() - this.#askedAt : 0
  }

  probe(): void {
    if (this.#askedAt) return
    this.#askedAt = Date.now()
    this.send(probe)
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data)
  }

  close(): void {
    this.#socket.close()
  }
}
