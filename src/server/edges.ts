/**
 * Gives every answer the same shape, also those that no route writes: what Node's parser refuses, what
 * Fastify can't route, and request targets in forms that browsers don't send.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

import type { Problem } from '#contract/problem.ts'

import { caused } from './zone/refusals.ts'

export const problemType = 'application/problem+json; charset=utf-8'

/** How long a request may take to arrive, in ms, and how often that is checked. */
const headMs = 15_000
const requestMs = 30_000
const checkMs = 2_000

/** Options of Fastify that bound how long a request may take to arrive. */
export const arrival = {
  requestTimeout: requestMs,
  http: {
    headersTimeout: headMs,
    connectionsCheckingInterval: checkMs,
    // Node would answer it itself, without our headers; `guard` does.
    requireHostHeader: false,
  },
} as const

const unreserved = /%(?:2d|2e|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a]|7e)/gi

/**
 * A request's target as everything behind it reads it: without scheme and host (RFC 9112, 3.2.2), and
 * with characters that need no escape unescaped (RFC 3986, 6.2.2.2), so that no other spelling of a
 * path has other rules.
 */
export function plainTarget(target: string): string {
  const [, absolute] = /^[a-z][a-z\d+.-]{0,30}:\/\/[^/?#]*(.*)$/is.exec(target) ?? []
  const own = absolute ?? target
  const path = own.startsWith('/') || own === '*' ? own : `/${own}`
  const query = path.indexOf('?')
  const end = query < 0 ? path.length : query
  const bare = path
    .slice(0, end)
    .replace(unreserved, (escape) =>
      String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
    )
  return bare + path.slice(end)
}

/** The problem of a request that was refused with this status before it reached a route. */
export function refusedEarly(status: number): Problem {
  if (status === 413 || status === 431)
    return { code: 'too-large', status, ...caused({ code: 'request-too-large' }) }
  if (status === 404)
    return { code: 'not-found', status, ...caused({ code: 'no-such-page' }) }
  return { code: 'invalid', status, ...caused({ code: 'bad-request' }) }
}

function statusOf(error: Error & { code?: string }): number {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408
  return error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
}

/** Writes a whole answer to a socket that has none yet, and ends it. */
export function answerRaw(
  socket: Duplex,
  problem: Problem,
  headers: Readonly<Record<string, string>>,
): void {
  const { status } = problem
  const body = JSON.stringify(problem)
  const all = {
    ...headers,
    'cache-control': 'no-store',
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`
  socket.end(head + body, () => socket.destroy())
}

/** A socket as Node's server has it, with the response that is under way. */
type ServerSocket = Duplex & { _httpMessage?: { headersSent: boolean } | null }

/** Answers what Node's parser refuses. */
export function answerClientError(
  headers: Readonly<Record<string, string>>,
): (error: Error, socket: Duplex) => void {
  return (error, socket: ServerSocket) => {
    // The peer is gone, or is in the middle of another answer.
    if (!socket.writable || socket._httpMessage?.headersSent) return void socket.destroy()
    answerRaw(socket, refusedEarly(statusOf(error)), headers)
  }
}

/** Answers an upgrade that nobody takes. */
export function answerUpgrade(
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
): void {
  socket.on('error', () => socket.destroy())
  answerRaw(socket, refusedEarly(404), headers)
}

/** Answers expectations other than `100-continue`, which Node would do without our headers. */
export function answerExpectations(
  server: Server,
  headers: Readonly<Record<string, string>>,
): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, {
      ...headers,
      'cache-control': 'no-store',
      'content-type': problemType,
      connection: 'close',
    })
    response.end(JSON.stringify(refusedEarly(417)))
  })
}
