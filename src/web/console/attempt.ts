/**
 * One VNC connection attempt: a fresh ticket, a websocket opened at once, noVNC put on it as
 * soon as it is loaded. It begins when it is made, tells of the first picture, and ends
 * exactly once with a reason. `ConsoleConnection` numbers the attempts and decides what next.
 */
import type RFB from '@novnc/novnc'

import type { ConsoleTicket } from '#contract/console.ts'

import { callZone, problemOf, RequestError } from '../api/client.ts'
import { Channel, type ChannelEnd } from './channel.ts'
import type { ConnectionReason } from './connection-state.ts'
import { loadNovnc } from './load-novnc.ts'

const patienceMs = 15_000

export type AttemptHandlers = {
  /** The first picture is painted into `host`. */
  onPicture(): void
  onEnd(reason: ConnectionReason): void
}

/** A ticket's address as the browser opens it: a path is on the page's own origin. */
function socketUrl(url: string): string {
  const absolute = new URL(url, location.href)
  absolute.protocol = absolute.protocol.replace(/^http/, 'ws')
  return absolute.href
}

export class Attempt {
  /** noVNC paints in here; it is put on the page with its first picture. */
  readonly host = document.createElement('div')
  rfb: RFB | undefined
  readonly #handlers: AttemptHandlers
  readonly #abort = new AbortController()
  readonly #deadline: number
  #channel: Channel | undefined
  #ended = false

  constructor(target: { zone: string; id: string }, handlers: AttemptHandlers) {
    this.#handlers = handlers
    this.#deadline = window.setTimeout(() => this.end({ kind: 'silent' }), patienceMs)
    this.#run(target).catch((error: unknown) => {
      if (error instanceof RequestError)
        this.end({ kind: 'problem', problem: problemOf(error) })
      else this.end({ kind: 'viewer' })
    })
  }

  /** Milliseconds the other side has owed an answer, and how long the last one took. */
  get link(): { silentMs: number; latencyMs: number | undefined } {
    const channel = this.#channel
    return { silentMs: channel?.silentMs ?? 0, latencyMs: channel?.latencyMs }
  }

  probe(): void {
    this.#channel?.probe()
  }

  async #run({ zone, id }: { zone: string; id: string }): Promise<void> {
    const viewer = loadNovnc()
    viewer.catch(() => undefined) // awaited below, perhaps after the ticket failed
    const { signal } = this.#abort
    const ticket = await callZone<ConsoleTicket>(
      'get-console-proxy-url',
      { zone, parameters: { id } },
      signal,
    )
    if (this.#ended) return
    let connected = false
    let painted = false
    const channel = new Channel(socketUrl(ticket.url), {
      onBytes: () => {
        if (connected && !painted) {
          painted = true
          this.#afterPaint(() => this.#picture())
        }
        connected = this.#isConnected
      },
      onEnd: (end) => this.#socketEnded(end),
    })
    this.#channel = channel
    const Rfb = await viewer
    if (this.#ended) return
    const rfb = new Rfb(this.host, channel, { shared: true })
    this.rfb = rfb
    rfb.scaleViewport = true
    rfb.showDotCursor = true
    rfb.background = 'transparent'
    rfb.addEventListener('connect', () => {
      this.#isConnected = true
    })
    rfb.addEventListener('securityfailure', ({ detail }) => {
      this.end({ kind: 'security', text: detail.reason ?? '' })
    })
    rfb.addEventListener('credentialsrequired', () => {
      this.end({ kind: 'security', text: '' })
    })
    rfb.addEventListener('disconnect', () => {
      this.rfb = undefined
      this.end({ kind: 'lost', code: 0, text: '' })
    })
    channel.release()
  }

  /** The handshake is done; the bytes after it are the first picture. */
  #isConnected = false

  // A hidden tab paints nothing, but what comes is decoded all the same.
  #afterPaint(work: () => void): void {
    if (document.hidden) setTimeout(work)
    else requestAnimationFrame(work)
  }

  #picture(): void {
    if (this.#ended) return
    clearTimeout(this.#deadline)
    this.#handlers.onPicture()
  }

  #socketEnded({ code, reason }: ChannelEnd): void {
    this.end({ kind: 'lost', code, text: reason })
  }

  /** Ends it, from either side; only the first reason counts. */
  end(reason: ConnectionReason): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#deadline)
    this.#abort.abort()
    if (this.rfb) this.rfb.disconnect()
    else this.#channel?.close()
    this.#handlers.onEnd(reason)
  }
}
