/**
 * Runs a console proxy in front of the sandbox's own that can fail in every way: it rejects, closes,
 * doesn't respond, stops sending, is slow, or sends invalid data, with real sockets. It counts
 * connections and keeps the viewer's messages.
 */
import { once } from 'node:events'
import { createServer, STATUS_CODES, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocket, WebSocketServer } from 'ws'

export type Manner =
  | { kind: 'carry' }
  /** Refuses before there is a websocket, as for a bad ticket. */
  | { kind: 'refuse'; status?: number }
  /** Accepts the connection and sends no HTTP response. */
  | { kind: 'hang' }
  | { kind: 'close'; code: number; reason: string }
  /** A websocket on which nothing is sent. */
  | { kind: 'silent' }
  /** The test speaks for the server. */
  | { kind: 'own'; serve: (socket: WebSocket) => void | Promise<void> }

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export class ConsoleFront {
  manner: Manner = { kind: 'carry' }
  /** Whether a viewer has to offer `binary`, or nothing that it offers is accepted. */
  subprotocol: 'any' | 'required' | 'none' = 'any'
  /** The round-trip time in ms. */
  roundTripMs = 0
  /** The delay before a viewer's request is passed on, in ms. */
  lateMs = 0
  /** Given, every viewer's ticket is replaced by what it answers. */
  ticket: ((path: string) => string) | undefined
  /** The paths that viewers requested, in order. */
  readonly asked: string[] = []
  /** The viewers' messages. */
  readonly said: Buffer[] = []
  bytesDown = 0
  bytesUp = 0
  most = 0
  #target = ''
  #hole = false
  readonly #held: (() => void)[] = []
  readonly #raw = new Set<Duplex>()
  readonly #sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      this.subprotocol !== 'none' && offered.has('binary') ? 'binary' : false,
  })
  readonly #http = createServer((_request, response) => response.writeHead(404).end())

  async listen(): Promise<void> {
    this.#http.on('upgrade', (request, socket, head) => {
      this.#raw.add(socket)
      socket.on('close', () => this.#raw.delete(socket))
      socket.on('error', () => socket.destroy())
      this.asked.push(request.url ?? '')
      this.most = Math.max(this.most, this.#raw.size)
      const answer = () => this.#answer(request, socket, head)
      // Data that was sent during an interruption is sent again after it.
      if (this.#hole) this.#held.push(answer)
      else answer()
    })
    this.#http.listen(0, '127.0.0.1')
    await once(this.#http, 'listening')
  }

  get origin(): string {
    // Listening on an address, not on a pipe.
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** The sandbox's address, whose console proxy this stands in front of. */
  set target(endpoint: string) {
    this.#target = `ws://${new URL(endpoint).host}`
  }

  /** Resets all failures and counters. */
  reset(): void {
    this.manner = { kind: 'carry' }
    this.subprotocol = 'any'
    this.roundTripMs = 0
    this.lateMs = 0
    this.ticket = undefined
    this.#hole = false
    this.#held.length = 0
    this.terminate()
    this.asked.length = 0
    this.said.length = 0
    this.bytesDown = 0
    this.bytesUp = 0
    this.most = 0
  }

  /** Viewers connected now. */
  get open(): number {
    return this.#raw.size
  }

  #answer(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { manner } = this
    const offered = request.headers['sec-websocket-protocol'] ?? ''
    if (this.subprotocol === 'required' && !offered.includes('binary'))
      return this.#refuse(socket, 400)
    if (manner.kind === 'hang') {
      // Keeps reading to notice when the viewer gives up.
      socket.on('end', () => socket.destroy()).resume()
      return
    }
    if (manner.kind === 'refuse') {
      this.#refuse(socket, manner.status ?? 403)
      return
    }
    if (manner.kind === 'carry') return void this.#carry(request, socket, head)
    this.#sockets.handleUpgrade(request, socket, head, (viewer) => {
      if (manner.kind === 'close') viewer.close(manner.code, manner.reason)
      if (manner.kind === 'own') void manner.serve(viewer)
    })
  }

  #refuse(socket: Duplex, status: number): void {
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}`
    socket.end(`${head}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  async #carry(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = request.url ?? ''
    if (this.lateMs) await wait(this.lateMs)
    const binary = request.headers['sec-websocket-protocol']?.includes('binary')
    const screen = new WebSocket(
      this.#target + (this.ticket?.(path) ?? path),
      binary ? ['binary'] : [],
      { perMessageDeflate: false },
    )
    screen.on('error', () => socket.destroy())
    socket.on('close', () => screen.terminate())
    // The machine sends at once, before the viewer is connected, or closes.
    const early: Buffer[] = []
    const hold = (data: Buffer) => early.push(data)
    screen.on('message', hold)
    let opened = false
    const closed = once(screen, 'close')
    closed.catch(() => undefined)
    screen.on('open', () => {
      opened = true
    })
    // The websocket's own delay in both directions.
    await Promise.all([wait(this.roundTripMs), once(screen, 'open')]).catch(() => undefined)
    if (!opened) return
    this.#sockets.handleUpgrade(request, socket, head, (viewer) => {
      const down = this.#lane(viewer)
      const up = this.#lane(screen)
      screen.off('message', hold)
      const toViewer = (data: Buffer) => {
        this.bytesDown += data.length
        down(() => viewer.send(data))
      }
      early.forEach(toViewer)
      screen.on('message', toViewer)
      void closed.then(([code, reason]) => down(() => viewer.close(code, String(reason))))
      viewer.on('message', (data: Buffer) => {
        this.bytesUp += data.length
        this.said.push(data)
        up(() => screen.send(data))
      })
    })
  }

  /**
   * One direction: delayed by half the round-trip time, in order also where that becomes shorter, and
   * held back during an interruption.
   */
  #lane(to: WebSocket): (send: () => void) => void {
    const pass = (send: () => void) => {
      if (!this.#hole && to.readyState === WebSocket.OPEN) send()
    }
    const waiting: (() => void)[] = []
    let lastAt = 0
    return (send) => {
      if (this.roundTripMs === 0 && waiting.length === 0) return pass(send)
      const now = Date.now()
      lastAt = Math.max(lastAt, now + this.roundTripMs / 2)
      waiting.push(send)
      // Timers of the same moment may run in any order; the first message goes first.
      setTimeout(() => pass(waiting.shift() ?? (() => {})), lastAt - now)
    }
  }

  /** Ends every connection without a closing handshake, as a lost network does. */
  terminate(): void {
    for (const socket of this.#raw) socket.destroy()
  }

  /** Drops everything in both directions, while every connection seems to be open. */
  dig(): void {
    this.#hole = true
  }

  mend(): void {
    this.#hole = false
    for (const answer of this.#held.splice(0)) answer()
  }

  async close(): Promise<void> {
    this.terminate()
    this.#http.close()
    this.#sockets.close()
    await once(this.#http, 'close')
  }
}

export type WireKey = { keysym: number; down: boolean }
export type WirePointer = { x: number; y: number; buttons: number }

type Heard = {
  key: (key: WireKey, position: number) => void
  pointer: (pointer: WirePointer) => void
}

/** Reads a viewer's messages; noVNC sends each separately, or several at once. */
function listen(messages: readonly Buffer[], { key, pointer }: Partial<Heard>): void {
  for (const message of messages) {
    for (let at = 0; at < message.length;) {
      const type = message[at]
      if (type === 4) {
        key?.({ keysym: message.readUInt32BE(at + 4), down: message[at + 1] === 1 }, 0)
        at += 8
      } else if (type === 255 && message[at + 1] === 0) {
        const position = message.readUInt32BE(at + 8)
        key?.(
          { keysym: message.readUInt32BE(at + 4), down: message[at + 3] === 1 },
          position,
        )
        at += 12
      } else if (type === 5) {
        const [x, y] = [message.readUInt16BE(at + 2), message.readUInt16BE(at + 4)]
        pointer?.({ x, y, buttons: message[at + 1] ?? 0 })
        at += 6
      } else if (type === 3) at += 10
      else break
    }
  }
}

/** The key events that a viewer sent. */
export function keysSaid(messages: readonly Buffer[]): WireKey[] {
  const keys: WireKey[] = []
  listen(messages, { key: (key) => keys.push(key) })
  return keys
}

/** The keys that a viewer has pressed and not released the same way: keysym and position. */
export function keysDown(messages: readonly Buffer[]): string[] {
  const down = new Set<string>()
  listen(messages, {
    key: ({ keysym, down: isDown }, position) => {
      const name = `${keysym.toString(16)}@${position.toString(16)}`
      if (isDown) down.add(name)
      else down.delete(name)
    },
  })
  return [...down]
}

/** Where a viewer pointed, and with which buttons. */
export function pointersSaid(messages: readonly Buffer[]): WirePointer[] {
  const pointers: WirePointer[] = []
  listen(messages, { pointer: (pointer) => pointers.push(pointer) })
  return pointers
}
