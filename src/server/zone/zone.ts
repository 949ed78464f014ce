/**
 * Sends calls to one zone: signs each call, sets only its own headers, follows no redirect and
 * limits each wait. attempts.ts decides what is tried again.
 */
import { Pool, type Dispatcher } from 'undici'

import type { Credentials } from '../env.ts'
import { scrubberOf } from '../scrub.ts'
import { eachAttempt, tryAgain } from './attempts.ts'
import { problemFromZone } from './problems.ts'
import { ProblemError, refuse } from './refusals.ts'
import { sign } from './sign.ts'

type ZoneRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query below the base URL, escaped as they are sent. */
  path: string
  body?: Buffer
  /** False where the caller itself tries a change again: it is sent once (attempts.ts). */
  again?: boolean
}

/** The zone of that name; throws a 404 if there is none, a 503 while no zone is known. */
export function zoneOf(zones: ReadonlyMap<string, ZoneClient>, name: string): ZoneClient {
  const zone = zones.get(name)
  if (zone) return zone
  if (zones.size > 0) throw refuse('not-found', 404, { code: 'no-such-zone', zone: name })
  throw refuse('zone-unreachable', 503, { code: 'zones-not-loaded' })
}

export type ZoneClient = {
  readonly name: string
  /** A 2xx answer with its body unread; everything else throws a `ProblemError`. */
  request(request: ZoneRequest): Promise<Dispatcher.ResponseData>
  close(): Promise<void>
}

/** Called for every attempt with its HTTP status; 0 means no response. */
export type Observe = (zone: string, method: string, path: string, status: number) => void

const lifetimeSeconds = 600
const longestProblem = 64 * 1024

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += String(chunk)
    if (text.length > longestProblem) break
  }
  return text
}

/** The problem of a call without a response; `changes`: whether it may have changed something. */
export function failure(zone: string, error: unknown, changes: boolean): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const timedOut = code.includes('TIMEOUT')
  const neverSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND'
  const problemCode = timedOut ? 'zone-timeout' : 'zone-unreachable'
  const unknown = changes && !neverSent ? { unknownOutcome: true } : {}
  const status = timedOut ? 504 : 502
  return refuse(problemCode, status, { code: problemCode, zone }, { zone, ...unknown })
}

export type ZoneOptions = {
  /** How long to wait for a response, and between two parts of it. */
  requestMs?: number
  /** The longest pause between two attempts, also if `Retry-After` names a longer one. */
  longestPauseMs?: number
  observe?: Observe
}

/** A client of the zone at `baseUrl` (with its `/v2`); unsigned without credentials. */
export function createZoneClient(
  name: string,
  baseUrl: string,
  credentials: Credentials | undefined,
  { requestMs = 15_000, longestPauseMs = 5_000, observe }: ZoneOptions = {},
): ZoneClient {
  const base = new URL(baseUrl)
  const scrub = scrubberOf(credentials ? [credentials.secret] : [])
  const pool = new Pool(base.origin, {
    connections: 16,
    connect: { timeout: Math.min(5_000, requestMs) },
    headersTimeout: requestMs,
    bodyTimeout: requestMs,
  })
  const tell = ({ method, path }: Dispatcher.DispatchOptions, status: number) =>
    observe?.(name, method, path.slice(base.pathname.length), status)
  // The interceptor that is named last is asked first.
  const single = pool.compose(eachAttempt(tell))
  const client = pool.compose(eachAttempt(tell), tryAgain(longestPauseMs))

  async function request({ method, path, body, again = true }: ZoneRequest) {
    const url = new URL(`${base.pathname}${path}`, base.origin)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body?.length) headers['content-type'] = 'application/json'
    if (credentials) {
      // One signature for all attempts, which end long before it expires.
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds
      headers['authorization'] = sign({ method, url, body, ...credentials, expires })
    }
    const changes = method !== 'GET'
    const failed = (error: unknown): never => {
      throw failure(name, error, changes)
    }
    const answer = await (again ? client : single)
      .request({
        method,
        path: `${url.pathname}${url.search}`,
        headers,
        ...(body?.length ? { body } : {}),
      })
      .catch(failed)
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer
    const { 'content-type': contentType, date } = answer.headers
    const problem = problemFromZone(
      {
        status: answer.statusCode,
        contentType: String(contentType ?? ''),
        date: String(date ?? ''),
        // Exoscale's own words, but not what it may have repeated of the request.
        body: scrub(await readText(answer.body).catch(failed)),
      },
      Date.now(),
    )
    if (answer.statusCode < 400) {
      // Redirects are neither followed nor passed on: they could lead to a foreign host.
      const cause = {
        code: 'unexpected-status',
        zone: name,
        status: answer.statusCode,
      } as const
      throw refuse('zone-garbage', 502, cause, { zone: name })
    }
    // After a gateway's error, the zone may have made the change.
    const unknown = changes && answer.statusCode >= 502
    throw new ProblemError({
      ...problem,
      zone: name,
      ...(unknown ? { unknownOutcome: true } : {}),
    })
  }

  return { name, request, close: () => pool.destroy() }
}

/** Reads a whole response as JSON; throws a `zone-garbage` problem if it isn't JSON. */
export async function readJson<T>(
  zone: string,
  answer: Dispatcher.ResponseData,
): Promise<T> {
  try {
    // The contract describes zones' responses; readers tolerate absent members.
    return (await answer.body.json()) as T
  } catch {
    throw refuse('zone-garbage', 502, { code: 'unreadable-answer', zone }, { zone })
  }
}
