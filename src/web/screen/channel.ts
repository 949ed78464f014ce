import type { RfbChannel } from '@novnc/novnc'

import { RELAY_QUESTION, relayPart } from '#contract/console.ts'

import type { Rectangle } from './painting/painting.ts'
import { didNotOpen, subprotocolsFor } from './subprotocol.ts'

type ChannelEnd = { code: number; reason: string }

type ChannelHandlers = {
  onOpen(): void
  /** A message has come; noVNC may not have seen it yet. */
  onServer(bytes: Uint8Array): void
  /** noVNC has got it, and has acted on what it could. */
  onHandled(bytes: Uint8Array): void
  /** The relay has so much more of a message that is not whole yet. */
  onPart(bytes: number): void
  /** Called after a message was sent. */
  onClient(bytes: Uint8Array): void
  /** noVNC failed on a message. */
  onGarbage(): void
  /** More comes than can be shown. */
  onFlood(): void
  onEnd(end: ChannelEnd): void
}

export type Traffic = {
  bytesIn: number
  messagesIn: number
  bytesOut: number
  messagesOut: number
}

/** RFB's FramebufferUpdateRequest. */
const updateRequest = 3

/** Asks for one pixel of the screen, whether it changed or not: an answer proves the link. */
const probe = new Uint8Array([updateRequest, 0, 0, 0, 0, 0, 0, 1, 0, 1])

/** The share of every `windowMs` for noVNC, so that the page keeps responding. */
const windowMs = 50
const shareMs = 35
/**
 * The limit of queued data: an image that is older than this is of no use, and correct servers send
 * only what was requested.
 */
const mostWaitingBytes = 64 * 1024 * 1024
const mostWaitingMs = 5_000
/** Less may be no part of a message: a proxy's answer to a ping. */
const leastPart = 64
/** How long a socket that is no longer needed may take to open. */
const openingMs = 2_000

/**
 * The websocket of one connection attempt, in the form that noVNC accepts
 * (docs/vnc.md#our-own-channel). It opens before noVNC is loaded and keeps what came in
 * until then. It knows the close code that noVNC hides, and feeds noVNC no faster than a
 * page can bear. It isn't a subclass of WebSocket, because noVNC looks for the members on
 * the object and its own prototype only (findings/novnc-rejects-subclasses.sh).
 */
export class Channel implements RfbChannel {
  binaryType = 'arraybuffer'
  onopen: RfbChannel['onopen'] = null
  onmessage: RfbChannel['onmessage'] = null
  onclose: RfbChannel['onclose'] = null
  onerror: RfbChannel['onerror'] = null
  readonly traffic: Traffic = { bytesIn: 0, messagesIn: 0, bytesOut: 0, messagesOut: 0 }
  readonly #socket: WebSocket
  readonly #handlers: ChannelHandlers
  readonly #waiting: { deliver: () => void; bytes: number; since: number }[] = []
  #waitingBytes = 0
  #released = false
  #drain = 0
  /** The updates that noVNC asks for while it reads a message: they go out together. */
  #requests: Uint8Array[] | undefined
  #windowAt = 0
  #spentMs = 0
  readonly #relayed: boolean
  /** What the relay has of the message that comes next. */
  #partBytes = 0

  /** `relayed`: through Vedette's own server, which can be asked what it has. */
  constructor(url: string, relayed: boolean, handlers: ChannelHandlers) {
    this.#handlers = handlers
    this.#relayed = relayed
    const subprotocols = subprotocolsFor(url)
    const socket = new WebSocket(url, subprotocols)
    let opened = false
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      opened = true
      handlers.onOpen()
      this.#take(0, () => this.onopen?.())
    })
    socket.addEventListener('message', (event: MessageEvent<ArrayBuffer | string>) => {
      const { data } = event
      // RFB is binary; a text frame belongs to another protocol.
      if (typeof data === 'string') return this.#hearRelay(data)
      this.#partBytes = 0
      this.traffic.bytesIn += data.byteLength
      this.traffic.messagesIn += 1
      const bytes = new Uint8Array(data)
      handlers.onServer(bytes)
      this.#take(data.byteLength, () => {
        this.onmessage?.({ data })
        handlers.onHandled(bytes)
      })
    })
    socket.addEventListener('close', ({ code, reason }) => {
      if (!opened) didNotOpen(url, subprotocols)
      // Reported before noVNC's own event, which has no close code
      // (findings/novnc-every-end-is-clean.sh).
      this.#take(0, () => {
        handlers.onEnd({ code, reason })
        this.onclose?.({ code, reason })
      })
      // An attempt can end before noVNC is loaded.
      if (!this.#released) handlers.onEnd({ code, reason })
    })
    this.#socket = socket
  }

  /** The answer to `askRelay`; any other text belongs to another protocol. */
  #hearRelay(text: string): void {
    const bytes = this.#relayed ? relayPart(text) : undefined
    if (bytes === undefined) return this.#handlers.onGarbage()
    if (bytes - this.#partBytes < leastPart) return
    this.#handlers.onPart(bytes - this.#partBytes)
    this.#partBytes = bytes
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  /** Connecting until released: noVNC would take an open one for opened, and then twice. */
  get readyState(): number {
    return this.#released ? this.#socket.readyState : WebSocket.CONNECTING
  }

  #take(bytes: number, deliver: () => void): void {
    this.#waiting.push({ deliver, bytes, since: performance.now() })
    this.#waitingBytes += bytes
    if (this.#released && !this.#drain) this.#feed()
  }

  #feed(): void {
    this.#drain = 0
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const now = performance.now()
      if (now - this.#windowAt >= windowMs) {
        this.#windowAt = now
        this.#spentMs = 0
      }
      // A hidden page isn't used, and its timers are too slow to wait for.
      if (this.#spentMs >= shareMs && !document.hidden) return this.#later(now - next.since)
      this.#waiting.shift()
      this.#waitingBytes -= next.bytes
      this.#requests = []
      try {
        next.deliver()
      } catch {
        this.#handlers.onGarbage()
      }
      this.#sendRequests()
      this.#requests = undefined
      this.#spentMs += performance.now() - now
    }
  }

  #later(waitedMs: number): void {
    if (this.#waitingBytes > mostWaitingBytes || waitedMs > mostWaitingMs)
      return this.#handlers.onFlood()
    this.#drain = window.setTimeout(() => this.#feed(), windowMs - shareMs)
  }

  /** noVNC has set its handlers: it gets what it missed, then everything as it comes. */
  release(): void {
    this.#released = true
    this.#feed()
  }

  probe(): void {
    this.send(probe)
  }

  /** Asks for an area again, whether it changed or not. */
  askFor({ x, y, width, height }: Rectangle): void {
    const message = new Uint8Array(10)
    const view = new DataView(message.buffer)
    message[0] = updateRequest
    for (const [index, value] of [x, y, width, height].entries())
      view.setUint16(2 + 2 * index, value)
    this.send(message)
  }

  /** Asks the relay, if there is one, what it has of a message: a browser doesn't report a part. */
  askRelay(): void {
    if (this.#relayed && this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(RELAY_QUESTION)
  }

  send(data: Uint8Array<ArrayBuffer>): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    // noVNC uses its buffer again.
    if (this.#requests && data[0] === updateRequest) this.#requests.push(data.slice())
    else {
      this.#sendRequests()
      this.#socket.send(data)
    }
    this.traffic.bytesOut += data.byteLength
    this.traffic.messagesOut += 1
    this.#handlers.onClient(data)
  }

  /** A message may have a thousand updates, and noVNC asks for more after each. */
  #sendRequests(): void {
    const parts = this.#requests?.splice(0) ?? []
    if (parts.length === 0) return
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    this.#socket.send(whole)
  }

  /**
   * Ends it. If a socket is closed while it is opening, a browser writes the address, which contains the
   * ticket, to its developer console: so it gets a moment to open first.
   */
  close(): void {
    clearTimeout(this.#drain)
    this.#drain = 0
    this.#waiting.length = 0
    const socket = this.#socket
    if (socket.readyState !== WebSocket.CONNECTING) return socket.close()
    const late = setTimeout(() => socket.close(), openingMs)
    socket.addEventListener('open', () => socket.close())
    socket.addEventListener('close', () => clearTimeout(late))
  }
}
