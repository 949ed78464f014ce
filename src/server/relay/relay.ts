/**
 * Relays consoles (with CONSOLE_VIA=relay all of them, otherwise those of people who may not do everything with them):
 * forwards messages between a browser's websocket and Exoscale's console proxy, the screen's as the bytes they came in
 * (relay-frames.ts), the viewer's unread unless they are limited (client-limits.ts). Exoscale's address is a secret (docs/platform.md#console-addresses), so
 * it stays in memory under a random ticket that is valid once and for a minute; neither is ever
 * logged. When one end closes, the relay closes the other.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocket, WebSocketServer, type RawData } from 'ws'

import {
  refusedCode,
  RELAY_PREFIX,
  RELAY_QUESTION,
  relayAnswer,
  TICKET_MS,
  type CloseReason,
} from '#contract/console.ts'

import { answerRaw, refusedEarly } from '../edges.ts'
import { isOwnHost, isOwnOrigin, type OwnNames } from '../origin.ts'
import { refuse } from '../zone/refusals.ts'
import { ClientLimits, isLimited, UnreadableViewer, type Limits } from './client-limits.ts'
import { dividedBytes, Frames } from './relay-frames.ts'

/** What VNC in a websocket is called. */
const subprotocol = 'binary'

const pauseBytes = 1024 * 1024
const resumeBytes = 256 * 1024
const longestMessage = 64 * 1024 * 1024
const pieceBytes = 64 * 1024
// A viewer sends little before it has received the console's first bytes.
const earlyBytes = 64 * 1024
const openingMs = 10_000
const keepAliveMs = 30_000
const partingMs = 1_000
const mostTickets = 1_000
/** Each message takes some memory until it is sent on, also an empty one. */
const leastBytes = 64
/** Answers that the other end hasn't read. */
const mostUnread = 100

export type Screen = {
  url: string
  zone: string
  instanceId: string
  /** Has `end` called when the right to it ends, and the screen with it; returns how to stop that. */
  watch(end: () => void): () => void
  /** What its viewer may not do. */
  limits: Limits
  /** Is called when it has ended. */
  closed?: (() => void) | undefined
}
type Ticket = Screen & { expiresAt: number; unwatch: () => void }
type Log = { info(details: object, message: string): void }

/** A code that may be sent: 1005 and 1006 stand for a missing code (RFC 6455 7.4.1). */
export function sendableCode(code: number): number {
  if (code === 1005) return 1000
  const plain = code >= 1000 && code <= 1014 && ![1004, 1006].includes(code)
  return plain || (code >= 3000 && code <= 4999) ? code : 1011
}

function isPausable({ readyState }: WebSocket): boolean {
  return readyState === WebSocket.OPEN
}

/** A large message in pieces: RFB is a stream of bytes, whose messages' limits mean nothing. */
function pieces(data: Buffer, binary: boolean): Buffer[] {
  if (!binary || data.length <= dividedBytes) return [data]
  const count = Math.ceil(data.length / pieceBytes)
  return Array.from({ length: count }, (_none, index) =>
    data.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
}

/** Forwards messages of `from`, and pauses it while `to` is slow. */
function carry(from: WebSocket, to: WebSocket) {
  const resume = () => {
    if (from.isPaused && to.bufferedAmount < resumeBytes) from.resume()
  }
  return (data: RawData, binary: boolean): void => {
    if (to.readyState !== WebSocket.OPEN) return
    // A socket's messages come as one piece: `binaryType` is ws' default, nodebuffer.
    for (const piece of pieces(data as Buffer, binary)) to.send(piece, { binary }, resume)
    if (to.bufferedAmount > pauseBytes && isPausable(from)) from.pause()
  }
}

type Pass = (data: RawData, binary: boolean) => void

/** The same way for a viewer's messages, without what its person may not send. */
function limited(limits: Limits, browser: WebSocket, pass: Pass): Pass {
  if (!isLimited(limits)) return pass
  const reader = new ClientLimits(limits)
  let isOver = false
  return (data, binary) => {
    // RFB has only binary messages.
    if (!binary || isOver) return
    try {
      const bytes = reader.take(data as Buffer) // as in carry
      if (bytes.length > 0) pass(bytes, true)
    } catch (error) {
      if (!(error instanceof UnreadableViewer)) throw error
      isOver = true
      close(browser, refusedCode(403), 'not-limitable')
    }
  }
}

/** Of a server's sockets and of ws' own, which are all of this kind. */
const bytesReadOf = (socket: Duplex | undefined): number =>
  socket instanceof Socket ? socket.bytesRead : 0

/** Ends a connection whose peer no longer responds; a paused one can't be checked. */
function keepAlive(websocket: WebSocket, bytesRead: () => number): () => void {
  let before = -1
  const timer = setInterval(() => {
    if (websocket.readyState !== WebSocket.OPEN) return
    const now = bytesRead()
    if (now === before) return websocket.terminate()
    before = websocket.isPaused ? -1 : now
    websocket.ping()
  }, keepAliveMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** A page asks the relay itself; as text, because RFB has only binary messages. */
const isQuestion = (data: RawData, binary: boolean): boolean =>
  !binary &&
  (data as Buffer).length === RELAY_QUESTION.length && // as in carry
  String(data) === RELAY_QUESTION

/** Answers only as often as the answers are read: an end that asks and never reads would fill the memory. */
function answering(): (send: (sent: () => void) => void) => void {
  let unread = 0
  return (send) => {
    if (unread >= mostUnread) return
    unread += 1
    send(() => {
      unread -= 1
    })
  }
}

/** Answers the pings of an end, which `ws` would do without a bound. */
function answerPings(websocket: WebSocket): void {
  const answer = answering()
  websocket.on('ping', (data) => {
    if (websocket.readyState !== WebSocket.OPEN) return
    answer((sent) => websocket.pong(data, undefined, sent))
  })
}

/**
 * Passes the screen's whole messages on as they are, and lets ws read the rest: what is long, divided, a control frame
 * or wrong. Returns how many bytes have arrived of a message that is not whole yet, which `ws` doesn't tell.
 */
function passScreen(
  upstream: WebSocket,
  source: Socket,
  { browser, socket }: { browser: WebSocket; socket: Duplex },
): () => number {
  const resume = () => {
    if (upstream.isPaused && browser.bufferedAmount < resumeBytes) upstream.resume()
  }
  const pass = (frames: Buffer) => {
    if (browser.readyState !== WebSocket.OPEN) return
    socket.write(frames, resume)
    if (browser.bufferedAmount > pauseBytes && isPausable(upstream)) upstream.pause()
  }
  // What ws itself has put there when the connection opened.
  const readers = source.listeners('data')
  const frames = new Frames(pass, (bytes) => {
    for (const reader of readers) reader.call(source, bytes)
  })
  source.removeAllListeners('data')
  source.on('data', (bytes: Buffer) => {
    // What one read brings goes out in one write.
    socket.cork()
    frames.take(bytes)
    socket.uncork()
  })
  upstream.on('message', () => frames.whole())
  return () => frames.part
}

/** Closes an open websocket for a reason that the relay has. */
function close(websocket: WebSocket, code: number, reason: CloseReason): void {
  websocket.close(code, reason)
}

/** Closes a websocket in any state; `abort` of an opening one would throw later. */
function part(websocket: WebSocket, code: number, reason: string): void {
  if (websocket.readyState === WebSocket.CONNECTING) return websocket.terminate()
  if (websocket.isPaused) websocket.resume()
  // A reason of a close frame has at most 123 bytes.
  const short = Buffer.from(reason)
    .subarray(0, 123)
    .toString('utf8')
    .replace(/\uFFFD$/, '')
  websocket.close(sendableCode(code), short)
}

export class Relay {
  readonly #names: OwnNames
  readonly #log: Log
  /** Those of every answer. */
  readonly #headers: Readonly<Record<string, string>>
  readonly #tickets = new Map<string, Ticket>()
  readonly #open = new Set<WebSocket>()
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestMessage,
    autoPong: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  #closed = false

  constructor(names: OwnNames, log: Log, headers: Readonly<Record<string, string>>) {
    this.#names = names
    this.#log = log
    this.#headers = headers
    // Otherwise `ws` answers what is no websocket, without our headers.
    this.#server.on('wsClientError', (_error, socket) =>
      answerRaw(socket, refusedEarly(400), headers),
    )
  }

  /** The number of browsers with a console through the relay. */
  get consoles(): number {
    return this.#server.clients.size
  }

  /** The path at which a browser opens this screen, once and within `TICKET_MS`. */
  mint(screen: Screen): string {
    const now = Date.now()
    for (const [ticket, { expiresAt }] of this.#tickets) {
      if (expiresAt > now && this.#tickets.size < mostTickets) break
      this.#drop(ticket)
    }
    const ticket = randomBytes(32).toString('base64url')
    const unwatch = screen.watch(() => this.#drop(ticket))
    this.#tickets.set(ticket, { ...screen, expiresAt: now + TICKET_MS, unwatch })
    return `${RELAY_PREFIX}${ticket}`
  }

  #drop(ticket: string): void {
    this.#tickets.get(ticket)?.unwatch()
    this.#tickets.delete(ticket)
  }

  /** Handles an upgrade request at the relay's paths; returns false for any other. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const path = request.url ?? ''
    if (!path.startsWith(RELAY_PREFIX)) return false
    socket.on('error', () => socket.destroy())
    const { origin = '', host } = request.headers
    // Rejected before the ticket is used: another site's page must not be able to use it up.
    const known = isOwnHost(this.#names, host) && isOwnOrigin(this.#names, origin, host)
    if (!known || this.#closed) {
      const { problem } = refuse('cross-site', 403, { code: 'other-website' })
      answerRaw(socket, problem, this.#headers)
      return true
    }
    const ticket = this.#redeem(path.slice(RELAY_PREFIX.length))
    this.#server.handleUpgrade(request, socket, head, (browser) => {
      // After each error comes a close; it may come before a screen is joined, or without one.
      browser.on('error', () => browser.terminate())
      answerPings(browser)
      if (ticket) this.#join({ browser, socket }, ticket)
      else close(browser, refusedCode(403), 'address-used')
    })
    return true
  }

  #redeem(name: string): Ticket | undefined {
    const ticket = this.#tickets.get(name)
    this.#drop(name)
    return ticket && ticket.expiresAt > Date.now() ? ticket : undefined
  }

  #join(at: { browser: WebSocket; socket: Duplex }, ticket: Ticket): void {
    const { browser, socket } = at
    const { url, zone, instanceId } = ticket
    const began = Date.now()
    const upstream = new WebSocket(url, [subprotocol], {
      perMessageDeflate: false,
      maxPayload: longestMessage,
      handshakeTimeout: openingMs,
      followRedirects: false,
      autoPong: false,
    })
    answerPings(upstream)
    // Offered, because some proxies refuse a websocket without it; one that accepts none is fine, too
    // (docs/vnc.md#the-subprotocol), which ws would take for a failure.
    let source: Socket | undefined
    upstream.on('upgrade', (answer: IncomingMessage) => {
      answer.headers['sec-websocket-protocol'] ??= subprotocol
      source = answer.socket
    })
    this.#open.add(browser).add(upstream)
    this.#log.info({ zone, instanceId }, 'console opened')
    const leave = () => part(browser, refusedCode(401), 'session-ended')
    const stops = [
      keepAlive(browser, () => bytesReadOf(socket)),
      keepAlive(upstream, () => bytesReadOf(source)),
      ticket.watch(leave),
    ]

    let opened = false
    let waiting = () => 0
    let why: { code: number; reason: CloseReason } = { code: 1011, reason: 'screen-gone' }
    upstream.on('open', () => {
      opened = true
      if (source) waiting = passScreen(upstream, source, at)
    })
    upstream.on('unexpected-response', (_request, { statusCode = 502 }) => {
      why = { code: refusedCode(statusCode), reason: 'zone-status' }
      upstream.terminate()
    })

    let ended = false
    const end = (by: 'browser' | 'zone', code: number, reason: string) => {
      if (ended) return
      ended = true
      for (const stop of stops) stop()
      part(by === 'zone' ? browser : upstream, code, reason)
      ticket.closed?.()
      this.#log.info(
        { zone, instanceId, by, code, ms: Date.now() - began },
        'console closed',
      )
    }
    browser.on('close', (code, reason) => {
      this.#open.delete(browser)
      end('browser', code === 1006 ? 1001 : code, String(reason))
    })
    upstream.on('close', (code, reason) => {
      this.#open.delete(upstream)
      if (code === 1006) end('zone', why.code, why.reason)
      else end('zone', code, String(reason))
    })
    // After each error comes a close, which closes the other side; the message may contain the URL.
    upstream.on('error', () => {
      if (!opened && why.code === 1011) why.reason = 'no-response'
      upstream.terminate()
    })
    upstream.on('message', carry(upstream, browser))
    const answer = answering()
    browser.on('message', (data, binary) => {
      if (isQuestion(data, binary))
        answer((sent) => browser.send(relayAnswer(waiting()), sent))
    })
    this.#holdUntilOpen(browser, upstream, ticket.limits)
  }

  #holdUntilOpen(browser: WebSocket, upstream: WebSocket, limits: Limits): void {
    const pass = limited(limits, browser, carry(browser, upstream))
    const early: [RawData, boolean][] = []
    let held = 0
    browser.on('message', (data, binary) => {
      // After a right has ended, a program may go on sending until its connection is closed.
      if (browser.readyState !== WebSocket.OPEN) return
      if (isQuestion(data, binary)) return
      if (upstream.readyState !== WebSocket.CONNECTING) return pass(data, binary)
      // As in carry: one Buffer each.
      held += Math.max((data as Buffer).length, leastBytes)
      if (held > earlyBytes) close(browser, 1009, 'too-much-early')
      else early.push([data, binary])
    })
    upstream.on('open', () => {
      for (const one of early.splice(0)) pass(...one)
    })
  }

  /** Closes all connections; those that don't respond are terminated soon after. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const ticket of this.#tickets.keys()) this.#drop(ticket)
    for (const websocket of this.#open)
      part(websocket, 1001, 'shutting-down' satisfies CloseReason)
    this.#server.close()
    setTimeout(() => {
      for (const websocket of this.#open) websocket.terminate()
    }, partingMs).unref()
  }
}
