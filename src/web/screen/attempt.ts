/**
 * Makes one VNC connection attempt: with a new ticket, a websocket that is opened at once, and noVNC as
 * soon as it is loaded. It starts when it is created, reports the first image, and ends exactly once
 * with a reason. `ConsoleConnection` numbers the attempts and decides what to do next.
 */
import type RFB from '@novnc/novnc'

import { RELAY_PREFIX, type ConsoleTicket, type OtherViewer } from '#contract/console.ts'

import { callZone, problemOf, RequestError } from '../api/client.ts'
import { afterPainting } from './after-painting.ts'
import { Channel, type Traffic } from './channel.ts'
import type { Copied } from './clipboard/clipboard.ts'
import { takeClipboard } from './clipboard/take-clipboard.ts'
import type { ConnectionReason, Phase } from './connection-state.ts'
import { lastPointer, type Pointer } from './last-pointer.ts'
import { headBytes, looksLikeAnswer } from './link/answer.ts'
import type { Known } from './link/lessons.ts'
import { LinkWatch, type Link } from './link/link-watch.ts'
import { loadNovnc } from './load-novnc.ts'
import { LeftOutAreas } from './painting/left-out-areas.ts'
import { guardPainting, isSettled, waitsFor, type Rectangle } from './painting/painting.ts'
import { Patience, pictureMs } from './painting/patience.ts'
import { sizeMessage, type Size } from './size/size-message.ts'
import { watchResize } from './size/watch-resize.ts'
import type { Taps } from './taps.ts'

/** How long nothing may come before noVNC is connected. */
const patienceMs = 15_000
/** After this long without an image, a connection that works is shown as one that has none. */
const blankMs = 3_000
/** The relay is asked once the answer of the screen takes this long. */
const askRelayMs = 1_000

type AttemptHandlers = {
  /** Called before it connects, with the others at the screen; it may be ended here. */
  onOthers(others: OtherViewer[]): void
  /** Called when the first image is painted into `host`. */
  onPicture(): void
  /** Called when the instance has copied a text, or something that can't be read. */
  onCopied(copied: Copied): void
  /** The server refused the size that was asked for. */
  onSizeRefused(status: number): void
  /** Called when the connection works and has nothing to show. */
  onBlank(): void
  /** noVNC is there and has not read anything yet. */
  onViewer(rfb: RFB): void
  /** It ends now; noVNC and its canvas are still there. */
  onEnding(): void
  onEnd(reason: ConnectionReason): void
}

/** A ticket's address as the browser opens it: a path is on the page's own origin. */
export function socketUrl(url: string): string {
  const absolute = new URL(url, location.href)
  absolute.protocol = absolute.protocol.replace(/^http/, 'ws')
  return absolute.href
}

/** Whether an address is the relay's, which is on the page's own origin. */
export const isRelayed = (url: string): boolean => url.startsWith(RELAY_PREFIX)

export class Attempt {
  readonly number: number
  /** noVNC paints into this element; it is added to the page with the first image. */
  readonly host = document.createElement('div')
  rfb: RFB | undefined
  /** Where it pointed last, and with which buttons. */
  pointer: Pointer | undefined
  /** What the server calls its screen. */
  serverName = ''
  phase: Phase = 'ticket'
  isDirect = false
  readonly #taps: Taps
  readonly #handlers: AttemptHandlers
  readonly #abort = new AbortController()
  /** Page pixels for one pixel of the screen, which its pointer follows. */
  setPointerScale(scale: number): void {
    this.#pointerScale = scale
    const { rfb } = this
    if (!rfb || (scale === 1 && !this.#scales)) return
    this.#scales ??= import('./scale-pointer.ts').then(({ scalePointer }) =>
      scalePointer(rfb),
    )
    // A pointer that keeps its size is no reason to say anything.
    void this.#scales.then((set) => set(this.#pointerScale)).catch(() => undefined)
  }
  #pointerScale = 1
  #scales: Promise<(scale: number) => void> | undefined
  /** Until noVNC is connected; then `#link` watches. */
  readonly #patience: Patience
  readonly #known: Known
  readonly #leftOut = new LeftOutAreas()
  #link: LinkWatch | undefined
  #connectedAt = 0
  /** Since when noVNC has acted on everything, and how long that took the last time. */
  #settledAt = 0
  #gapMs = 0
  /** The first bytes since then, while it isn't known whether the server answers. */
  #head: number[] = []
  #isBlank = false
  /** What the relay has of a message, beyond what came. */
  #partBytes = 0
  #channel: Channel | undefined
  #url: string | undefined
  #ended = false
  /** It has ended, and why is being looked up. */
  #isExplaining = false

  constructor(
    target: { zone: string; id: string; viewer: string },
    number: number,
    known: Known,
    taps: Taps,
    handlers: AttemptHandlers,
  ) {
    this.number = number
    this.#known = known
    this.#taps = taps
    this.#handlers = handlers
    this.#patience = new Patience(patienceMs, () => this.#lostPatience())
    this.#run(target).catch((error: unknown) => {
      if (error instanceof RequestError)
        this.end({ kind: 'problem', problem: problemOf(error) })
      else this.end({ kind: 'viewer' })
    })
  }

  /** How long answers took, in ms, the newest last. */
  get latencies(): readonly number[] {
    return this.#link?.samples ?? []
  }

  get latencyMs(): number | undefined {
    return this.#link?.latencyMs
  }

  /** What is known of the server and the line to it. */
  get known(): Known {
    const { answers, bears } = this.#link ?? this.#known
    return { answers: answers === 'unknown' ? this.#known.answers : answers, bears }
  }

  /** Bytes that came, with the part of a message that only the relay has. */
  get receivedBytes(): number {
    return (this.#channel?.traffic.bytesIn ?? 0) + this.#partBytes
  }

  get traffic(): Traffic | undefined {
    return this.#channel?.traffic
  }

  /** Past noVNC, whose own way to point is a mouse or a finger on its canvas. */
  point(x: number, y: number, buttons: number): boolean {
    if (!this.#link || !this.#channel) return false
    const message = new Uint8Array(6)
    const view = new DataView(message.buffer)
    view.setUint8(0, 5)
    view.setUint8(1, buttons)
    view.setUint16(2, Math.round(x))
    view.setUint16(4, Math.round(y))
    this.#channel.send(message)
    return true
  }

  /** The size of the server's screen in pixels. */
  get screenSize(): Size | undefined {
    const canvas = this.host.querySelector('canvas')
    return canvas?.width ? { width: canvas.width, height: canvas.height } : undefined
  }

  /** Requests another size (SetDesktopSize of RFB); false if none can be requested now. */
  resize(size: Size, screen: { id: number; flags: number }): boolean {
    if (!this.#channel || !this.rfb) return false
    this.#channel.send(sizeMessage(size, screen))
    return true
  }

  /** Checks the connection; call it every `tickMs`. */
  watch(hidden: boolean): Link {
    const [link, rfb] = [this.#link, this.rfb]
    const now = performance.now()
    if (!link || !rfb) {
      this.#channel?.askRelay()
      return 'fine'
    }
    const settled = isSettled(rfb)
    if (settled && link.isBehind) link.settled(now)
    const verdict = link.tick(now, hidden, waitsFor(rfb))
    if (link.owedMs(now) > askRelayMs) this.#channel?.askRelay()
    if (verdict === 'silent') this.#endSilent()
    else if (verdict === 'stalled') this.end({ kind: 'stalled', phase: this.phase })
    else if (this.#leftOut.isLost(now)) this.end({ kind: 'undrawable' })
    else if (this.phase === 'picture' && settled) this.#lookForPicture(now, link)
    return verdict
  }

  #lookForPicture(now: number, link: LinkWatch): void {
    if (this.#isBlank || now - this.#connectedAt < blankMs) return
    this.#isBlank = true
    link.ask(now)
    this.#handlers.onBlank()
  }

  async #run({
    zone,
    id,
    viewer: viewerKey,
  }: {
    zone: string
    id: string
    viewer: string
  }): Promise<void> {
    const viewer = loadNovnc()
    viewer.catch(() => undefined) // awaited below, perhaps after the ticket failed
    const { signal } = this.#abort
    const ticket = await callZone<ConsoleTicket>(
      'get-console-proxy-url',
      { zone, parameters: { id }, viewer: viewerKey },
      signal,
    )
    if (!this.#ended && ticket.others) this.#handlers.onOthers(ticket.others)
    if (this.#ended) return
    this.phase = 'opening'
    this.#url = socketUrl(ticket.url)
    this.isDirect = !isRelayed(ticket.url)
    this.#patience.live()
    const channel = this.#open(ticket.url)
    this.#channel = channel
    const Rfb = await viewer
    if (this.#ended) return
    // Shared: an exclusive viewer would keep others out (findings/qemu-exclusive-is-a-lock.sh).
    this.rfb = this.#view(new Rfb(this.host, channel, { shared: true }))
    this.#handlers.onViewer(this.rfb)
    channel.release()
  }

  #open(url: string): Channel {
    const tap = (name: 'heard' | 'said', bytes: Uint8Array) => {
      this.#taps[name].emit({ bytes, at: performance.now(), attempt: this.number })
    }
    const arrived = () => {
      this.#patience.live()
      this.#link?.arrived(performance.now())
    }
    return new Channel(socketUrl(url), isRelayed(url), {
      onOpen: () => {
        this.phase = 'greeting'
        this.#patience.live()
      },
      onServer: (bytes) => {
        this.#partBytes = 0
        arrived()
        tap('heard', bytes)
      },
      onClient: (bytes) => {
        if (this.#link) this.pointer = lastPointer(bytes) ?? this.pointer
        tap('said', bytes)
      },
      onPart: (bytes) => {
        this.#partBytes += bytes
        arrived()
      },
      onHandled: (bytes) => {
        this.#handled(bytes)
        this.#taps.handled.emit()
      },
      onGarbage: () => this.end({ kind: 'garbage' }),
      onFlood: () => this.end({ kind: 'flood' }),
      onEnd: ({ code, reason }) => {
        this.#explain({ kind: 'lost', phase: this.phase, code, text: reason })
      },
    })
  }

  /** noVNC has got a message, and may have acted on all of it. */
  #handled(bytes: Uint8Array): void {
    const [link, rfb] = [this.#link, this.rfb]
    if (!link || !rfb) return
    const learns = link.answers === 'unknown' && this.#head.length < headBytes
    if (learns) this.#head.push(...bytes.subarray(0, headBytes - this.#head.length))
    if (!isSettled(rfb)) return
    const now = performance.now()
    link.heard(now, looksLikeAnswer(this.#head))
    this.#leftOut.answered()
    this.#gapMs = now - this.#settledAt
    this.#settledAt = now
    this.#head = []
  }

  /** The handshake is over, and noVNC has asked for the whole screen. */
  #connected(): void {
    const now = performance.now()
    this.#patience.stop()
    this.phase = 'picture'
    this.#connectedAt = now
    this.#settledAt = now
    const { answers, bears } = this.#known
    const link = new LinkWatch(() => this.#channel?.probe(), now, answers, bears)
    // Once the message with the end of the handshake was acted on.
    queueMicrotask(() => link.asked(now))
    const { screenSize } = this
    link.allow(screenSize ? pictureMs(screenSize) : 0)
    this.#link = link
    const canvas = this.host.querySelector('canvas')
    if (canvas) afterPainting(canvas, () => this.#firstPicture())
  }

  /** It could not be drawn: it is requested again, unless that has been no use. */
  #askAgain(area: Rectangle): void {
    if (this.#leftOut.isWorthAsking(area, performance.now())) this.#channel?.askFor(area)
    // Out of the message that noVNC is reading.
    else queueMicrotask(() => this.end({ kind: 'undrawable' }))
  }

  #view(rfb: RFB): RFB {
    takeClipboard(rfb, (copied) => this.#handlers.onCopied(copied))
    watchResize(rfb, (status) => this.#handlers.onSizeRefused(status))
    guardPainting(rfb, {
      onLeftOut: (area) => this.#askAgain(area),
      onThrown: () => this.end({ kind: 'garbage' }),
    })
    rfb.scaleViewport = true
    rfb.showDotCursor = true
    rfb.background = 'transparent'
    rfb.addEventListener('connect', () => this.#connected())
    rfb.addEventListener('desktopname', ({ detail }) => {
      this.serverName = detail.name
    })
    rfb.addEventListener('clipboard', ({ detail }) => {
      this.#handlers.onCopied({ kind: 'text', text: detail.text })
    })
    rfb.addEventListener('securityfailure', ({ detail }) => {
      this.end({ kind: 'security', text: detail.reason ?? '' })
    })
    rfb.addEventListener('credentialsrequired', () => {
      this.end({ kind: 'security', text: '' })
    })
    // The channel has already reported a lost connection: what remains is data that noVNC can't read.
    rfb.addEventListener('disconnect', () => {
      this.rfb = undefined
      if (!this.#isExplaining) this.end({ kind: 'garbage' })
    })
    return rfb
  }

  #firstPicture(): void {
    const link = this.#link
    if (this.#ended || !link) return
    const now = performance.now()
    this.phase = 'live'
    // An image that takes as long as this one may come again.
    const tookMs = Math.max(this.#gapMs, now - this.#settledAt)
    link.allow(2 * tookMs)
    link.settled(now)
    link.ask(now)
    this.#handlers.onPicture()
  }

  #lostPatience(): void {
    // What came meanwhile waits for noVNC, which has a patience of its own.
    if (!this.rfb && this.phase === 'greeting') return this.#patience.set(patienceMs)
    this.#endSilent()
  }

  #endSilent(): void {
    this.#explain({ kind: 'silent', phase: this.phase })
  }

  /** Asks the browser whether it kept the socket from opening: the page is not told. */
  #explain(reason: Extract<ConnectionReason, { kind: 'lost' | 'silent' }>): void {
    const url = this.#url
    if (reason.phase !== 'opening' || !url) return this.end(reason)
    this.#isExplaining = true
    const ask = async () => {
      // Only after a failure, so it isn't loaded with the screen.
      const blocked = await import('./local-network.ts')
        .then(({ blockedBy }) => blockedBy(url))
        .catch(() => undefined)
      this.end({ ...reason, ...(blocked ? { blocked } : {}) })
    }
    void ask()
  }

  /** Ends it, from either side; only the first reason counts. */
  end(reason: ConnectionReason): void {
    if (this.#ended) return
    this.#ended = true
    this.#patience.stop()
    this.#abort.abort()
    this.#handlers.onEnding()
    if (this.rfb) this.rfb.disconnect()
    else this.#channel?.close()
    this.#handlers.onEnd(reason)
  }
}
