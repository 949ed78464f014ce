/**
 * Forwards bytes unread between a browser's websocket and a machine's RFB stream, with back pressure.
 * A rejected connection gets a websocket that closes at once, with the reason.
 */
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocketServer, type RawData, type WebSocket } from 'ws'

import { refusedCode } from '#contract/console.ts'

/** Buffered bytes for the browser at which the machine's stream pauses and continues. */
const pauseBytes = 1024 * 1024
const resumeBytes = 256 * 1024

/** The longest message of a browser; the longest real one is a clipboard text. */
const maxMessageBytes = 2 * 1024 * 1024

/** How long a browser may take to close when the zone closes. */
const partingMs = 1000

/** Why a connection ended, for the browser's close event. */
export type Ending = { code: 1000 | 1001 | 1011; reason: string }

export const machineStopped: Ending = { code: 1000, reason: 'machine stopped' }
export const machineDestroyed: Ending = { code: 1000, reason: 'machine destroyed' }
export const goingAway: Ending = { code: 1001, reason: 'zone is closing' }
export const screenLost: Ending = { code: 1011, reason: 'screen no longer available' }

export type Admission =
  | { ok: true; openScreen(): Duplex; ending(): Ending }
  | { ok: false; status: 403 | 409 | 502; reason: string }

type ConsoleProxy = {
  /** Handles one upgrade request: rejects it, or forwards until either side ends. */
  connect(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    admission: Admission,
  ): void
  close(): void
}

function offersBinary(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? ''
  return offered.split(',').some((one) => one.trim() === 'binary')
}

/**
 * A proxy for the upgrade requests of an HTTP server. With `insists` it answers 400 to a browser that
 * doesn't offer the subprotocol `binary`, as some proxies do.
 */
export function createConsoleProxy(insists = false): ConsoleProxy {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    // Present noVNC versions request no subprotocol, older ones require `binary`.
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
  })

  return {
    connect(request, socket, head, admission) {
      socket.on('error', () => socket.destroy())
      const refuse = (status: number, reason: string) => {
        server.handleUpgrade(request, socket, head, (websocket) => {
          // A browser may still send a frame that is none.
          websocket.on('error', () => websocket.terminate())
          websocket.close(refusedCode(status), reason)
        })
      }
      if (insists && !offersBinary(request)) {
        socket.on('error', () => socket.destroy())
        socket.end(
          'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
        )
        return
      }
      if (!admission.ok) return refuse(admission.status, admission.reason)
      let screen: Duplex
      try {
        screen = admission.openScreen()
      } catch {
        return refuse(502, 'the screen could not be opened')
      }
      screen.on('error', () => screen.destroy())
      // ws itself rejects a request that isn't a websocket's.
      const abandon = () => screen.destroy()
      socket.once('close', abandon)
      server.handleUpgrade(request, socket, head, (websocket) => {
        socket.off('close', abandon)
        if (socket instanceof Socket) socket.setNoDelay(true)
        carry(websocket, screen, admission.ending)
      })
    },
    close() {
      for (const websocket of server.clients)
        websocket.close(goingAway.code, goingAway.reason)
      server.close()
      // ws waits half a minute for a browser that doesn't respond; a closing zone doesn't.
      setTimeout(() => {
        for (const websocket of server.clients) websocket.terminate()
      }, partingMs).unref()
    },
  }
}

function carry(websocket: WebSocket, screen: Duplex, ending: () => Ending): void {
  if (screen instanceof Socket) screen.setNoDelay(true)
  screen.on('data', (bytes: Buffer) => {
    websocket.send(bytes, () => {
      if (screen.isPaused() && websocket.bufferedAmount < resumeBytes) screen.resume()
    })
    if (websocket.bufferedAmount > pauseBytes) screen.pause()
  })
  const end = ({ code, reason }: Ending) => {
    if (websocket.readyState === websocket.OPEN) websocket.close(code, reason)
  }
  screen.on('end', () => end(ending()))
  screen.on('close', () => end(ending()))
  screen.on('error', () => end(ending()))

  websocket.on('message', (data: RawData) => {
    if (!screen.writable || screen.write(bytesOf(data))) return
    websocket.pause()
    screen.once('drain', () => websocket.resume())
  })
  websocket.on('close', () => screen.destroy())
  websocket.on('error', () => screen.destroy())
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.isBuffer(data)
      ? data
      : Buffer.from(data)
