/**
 * Handles one request to a zone: checks signature, endpoint and body, calls the handler, and records
 * an event for each change, also for rejected ones.
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { matchEndpoint, type Match } from '#contract/endpoints.ts'

import { authenticate } from './authenticate.ts'
import { readBodyOf } from './bodies.ts'
import { timestamp, type Clock } from './clock.ts'
import { complain } from './complain.ts'
import type { Consoles } from './console/consoles.ts'
import { handlers, type Asked, type SignedEndpointId } from './handlers.ts'
import { recordEvent } from './nouns/events.ts'
import { answerOf, checkPolicy, type Policy } from './policy.ts'
import { notFound, Refused } from './refusal.ts'
import type { World } from './world.ts'
import type { Worlds } from './worlds.ts'

export type Requests = {
  clock: Clock
  consoles: Consoles
  worlds: Worlds
  /** The zones that are already listening. */
  zones: { name: string; endpoint: string }[]
  /** The base URL of consoles for browsers; by default the request's own address. */
  consoleOrigin?: (() => string) | undefined
  policy: Policy
}

/** Of a zone that a scenario has switched off: the connection breaks without a response. */
class ZoneDark extends Error {}

const bodyLimit = 1_000_000

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer // no encoding is set, so chunks are buffers
    size += bytes.length
    if (size > bodyLimit) throw new Refused(413, 'Request entity too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}

type Signed = {
  request: IncomingMessage
  match: Match
  id: SignedEndpointId
  signer: string
  world: World
  zoneName: string
  path: string
  search: string
  body: Buffer
}

function perform(requests: Requests, signed: Signed, body: unknown): unknown {
  const { clock, consoles, consoleOrigin } = requests
  const { request, match, id, world, zoneName, search } = signed
  const zone = world.zones.get(zoneName)
  if (!zone) throw notFound()
  const asked: Asked = {
    here: { world, zone, clock, consoles },
    parameters: match.parameters,
    query: new URLSearchParams(search),
    body: body as never, // checked against the contract; each handler names its type
    consoleOrigin: consoleOrigin?.() ?? `ws://${request.headers.host}`,
  }
  return handlers[id](asked)
}

const statusOf = (error: unknown) => (error instanceof Refused ? error.status : 500)

/** Performs a change and records its event; `elapsed-ms` is the time until the response. */
function performNoted(requests: Requests, signed: Signed): unknown {
  const { request, match, signer, world, zoneName, path } = signed
  const began = requests.clock.now()
  let status = 200
  let message = `${match.id} succeeded`
  let body: unknown = {}
  try {
    body = readBodyOf(match.id, signed.body)
    return perform(requests, signed, body)
  } catch (error) {
    status = statusOf(error)
    message = error instanceof Refused ? error.message : 'Internal server error'
    throw error
  } finally {
    recordEvent(world, {
      timestamp: timestamp(began),
      'request-id': randomUUID(),
      handler: match.id,
      message,
      status,
      // Less than a millisecond counts as one: no answer takes no time.
      'elapsed-ms': Math.max(1, requests.clock.now() - began),
      zone: zoneName,
      uri: path,
      'source-ip': request.socket.remoteAddress ?? '127.0.0.1',
      'iam-api-key': { name: 'vedette', key: signer },
      'path-params': match.parameters,
      'body-params': body as Record<string, unknown>, // every body of the contract is an object
    })
  }
}

async function serve(requests: Requests, zoneName: string, request: IncomingMessage) {
  const target = request.url ?? '/'
  const method = request.method ?? 'GET'
  const [path = '', search = ''] = target.split('?', 2)
  const match = path.startsWith('/v2/') ? matchEndpoint(method, path.slice(3)) : undefined
  if (match?.id === 'list-zones') {
    // Only this one is sent without a signature (docs/platform.md#list-zones).
    const list = requests.zones.map(({ name, endpoint }) => ({
      name,
      'api-endpoint': endpoint,
    }))
    return { zones: list }
  }
  const body = await readBody(request)
  const authorization = request.headers.authorization
  const now = requests.clock.now()
  const signer = authenticate({ method, target, body, authorization }, now)
  if (!signer) throw new Refused(403, 'Invalid request signature')
  if (!match) throw notFound()
  const { policy } = requests
  checkPolicy(policy, match.id)
  const world = requests.worlds.of(signer)
  if (world.dark.has(zoneName)) throw new ZoneDark(`${zoneName} is dark`)
  const signed = {
    request,
    match,
    id: match.id,
    signer,
    world,
    zoneName,
    path,
    search,
    body,
  }
  const answered =
    method === 'GET'
      ? perform(requests, signed, readBodyOf(match.id, body))
      : performNoted(requests, signed)
  return answerOf(policy, match.id, answered)
}

/** Responds to one request in any case; an unexpected error is a 500 and a line on stderr. */
export async function answerRequest(
  requests: Requests,
  zoneName: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    answer(response, 200, await serve(requests, zoneName, request))
  } catch (error) {
    if (error instanceof ZoneDark) return void request.socket.destroy()
    if (error instanceof Refused) {
      const { status, message, errors } = error
      answer(response, status, { message, ...(errors.length > 0 ? { errors } : {}) })
      return
    }
    // A client that disconnected during its body gets no response.
    if (request.readableAborted) return
    complain(`${request.method} ${request.url} broke`, error)
    answer(response, 500, { message: 'Internal server error' })
  }
}
