/**
 * Makes one VNC connection attempt: with a new ticket, a websocket that is opened at once, and noVNC as
 * soon as it is loaded. It starts when it is created, reports the first image, and ends exactly once
 * with a reason. `ConsoleConnection` numbers the attempts and decides what to do next.
 */
import type RFB from '@novnc/novnc'

import type { ConsoleTicket, OtherViewer } from '#contract/console.ts'

import { callZone, problemOf, RequestError } from '../api/client.ts'
import { afterPainting } from './after-painting.ts'
import { Channel, type Traffic } from './channel.ts'
import type { Copied } from './clipboard/clipboard.ts'
import { takeClipboard } from './clipboard/take-clipboard.ts'
import type { ConnectionReason, Phase } from './connection-state.ts'
import { lastPointer, type Pointer } from './last-pointer.ts'
import { LinkWatch, type Link } from './link-watch.ts'
import { loadNovnc } from './load-novnc.ts'
import type { Taps } from './taps.ts'
import { watchResize } from './watch-resize.ts'

const patienceMs = 15_000

type AttemptHandlers = {
  /** Called before it connects, with the others at the screen; it may be ended here. */
  onOthers(others: OtherViewer[]): void
  /** Called when the first image is painted into `host`. */
  onPicture(): void
  /** Called when the instance has copied a text, or something that can't be read. */
  onCopied(copied: Copied): void
  /** The server refused the size that was asked for. */
  onSizeRefused(status: number): void
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
  readonly #taps: Taps
  readonly #handlers: AttemptHandlers
  readonly #abort = new AbortController()
  readonly #deadline: number
  readonly #link = new LinkWatch(() => this.#channel?.probe(), performance.now())
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
  #channel: Channel | undefined
  #url: string | undefined
  #ended = false

  constructor(
    target: { zone: string; id: string; viewer: string },
    number: number,
    taps: Taps,
    handlers: AttemptHandlers,
  ) {
    this.number = number
    this.#taps = taps
    this.#handlers = handlers
    this.#deadline = window.setTimeout(() => this.#endSilent(), patienceMs)
    this.#run(target).catch((error: unknown) => {
      if (error instanceof RequestError)
        this.end({ kind: 'problem', problem: problemOf(error) })
      else this.end({ kind: 'viewer' })
    })
  }

  /** How long answers took, in ms, the newest last. */
  get latencies(): readonly number[] {
    return this.#link.samples
  }

  get latencyMs(): number | undefined {
    return this.#link.latencyMs
  }

  get traffic(): Traffic | undefined {
    return this.#channel?.traffic
  }

  /** Past noVNC, whose own way to point is a mouse or a finger on its canvas. */
  point(x: number, y: number, buttons: number): boolean {
    if (this.phase !== 'live' || !this.#channel) return false
    const message = new Uint8Array(6)
    const view = new DataView(message.buffer)
    view.setUint8(0, 5)
    view.setUint8(1, buttons)
    view.setUint16(2, Math.round(x))
    view.setUint16(4, Math.round(y))
    this.#channel.send(message)
    return true
  }

  /** Checks the connection; call it every `tickMs` while there is an image. */
  watch(hidden: boolean): Link {
    const link = this.#link.tick(performance.now(), hidden)
    if (link === 'silent') this.#endSilent()
    return link
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
    const channel = this.#open(this.#url)
    this.#channel = channel
    const Rfb = await viewer
    if (this.#ended) return
    // Shared: an exclusive viewer would keep others out (findings/qemu-exclusive-is-a-lock.sh).
    this.rfb = this.#view(new Rfb(this.host, channel, { shared: true }))
    channel.release()
  }

  #open(url: string): Channel {
    const tap = (name: 'heard' | 'said', bytes: Uint8Array) => {
      this.#taps[name].emit({ bytes, at: performance.now(), attempt: this.number })
    }
    return new Channel(url, {
      onOpen: () => {
        this.phase = 'greeting'
      },
      onServer: (bytes) => {
        this.#link.heard(performance.now())
        tap('heard', bytes)
      },
      onClient: (bytes) => {
        if (this.phase === 'live') this.pointer = lastPointer(bytes) ?? this.pointer
        tap('said', bytes)
      },
      onHandled: () => {
        this.#taps.handled.emit()
      },
      onGarbage: () => this.end({ kind: 'garbage' }),
      onFlood: () => this.end({ kind: 'flood' }),
      onEnd: ({ code, reason }) => {
        this.#explain({ kind: 'lost', phase: this.phase, code, text: reason })
      },
    })
  }

  #view(rfb: RFB): RFB {
    takeClipboard(rfb, (copied) => this.#handlers.onCopied(copied))
    watchResize(rfb, (status) => this.#handlers.onSizeRefused(status))
    rfb.scaleViewport = true
    rfb.showDotCursor = true
    rfb.background = 'transparent'
    rfb.addEventListener('connect', () => {
      this.phase = 'picture'
      const canvas = this.host.querySelector('canvas')
      if (canvas) afterPainting(canvas, () => this.#firstPicture())
    })
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
      this.end({ kind: 'garbage' })
    })
    return rfb
  }

  #firstPicture(): void {
    if (this.#ended) return
    this.phase = 'live'
    clearTimeout(this.#deadline)
    this.#handlers.onPicture()
  }

  #endSilent(): void {
    this.#explain({ kind: 'silent', phase: this.phase })
  }

  /** Asks the browser whether it kept the socket from opening: the page is not told. */
  #explain(reason: Extract<ConnectionReason, { kind: 'lost' | 'silent' }>): void {
    const url = this.#url
    if (reason.phase !== 'opening' || !url) return this.end(reason)
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
    clearTimeout(this.#deadline)
    this.#abort.abort()
    this.#handlers.onEnding()
    if (this.rfb) this.rfb.disconnect()
    else this.#channel?.close()
    this.#handlers.onEnd(reason)
  }
}
