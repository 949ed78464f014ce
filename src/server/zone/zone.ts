/**
 * One zone as the server talks to it: each call signed, headers made from scratch, no
 * redirect followed, each wait bounded. GETs are tried again with growing pauses; a change
 * never is, because nothing makes repeating it harmless (docs/platform.md#no-idempotency).
 */
import { Pool, type Dispatcher } from 'undici'

import type { Credentials } from '../env.ts'
import { problemFromZone } from './problems.ts'
import { ProblemError, refuse } from './refusals.ts'
import { sign } from './sign.ts'

export type ZoneRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query below the base URL, escaped as they go on the wire. */
  path: string
  body?: Buffer
}

/**
 * The zone of that name; throws a 404 where there is none, and a 503 while the platform has not named any
 * and nobody knows.
 */
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

/** Told of every call once it is answered; status 0 stands for no answer. */
export type Observe = (zone: string, method: string, path: string, status: number) => void

const lifetimeSeconds = 600
const longestProblem = 64 * 1024
const tries = 3

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += String(chunk)
    if (text.length > longestProblem) break
  }
  return text
}

/** The problem a broken or unanswered call is; `changes` tells whether it could have changed. */
export function failure(zone: string, error: unknown, changes: boolean): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const timedOut = code.includes('TIMEOUT')
  const neverSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND'
  const problemCode = timedOut ? 'zone-timeout' : 'zone-unreachable'
  const unknown = changes && !neverSent ? { unknownOutcome: true } : {}
  const status = timedOut ? 504 : 502
  return refuse(problemCode, status, { code: problemCode, zone }, { zone, ...unknown })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A client of the zone at `baseUrl` (with its `/v2`); unsigned without credentials. */
export function createZoneClient(
  name: string,
  baseUrl: string,
  credentials: Credentials | undefined,
  { requestMs = 15_000, observe }: { requestMs?: number; observe?: Observe } = {},
): ZoneClient {
  const base = new URL(baseUrl)
  const pool = new Pool(base.origin, {
    connections: 16,
    connect: { timeout: Math.min(5_000, requestMs) },
    headersTimeout: requestMs,
    bodyTimeout: requestMs,
  })

  async function once({ method, path, body }: ZoneRequest) {
    const url = new URL(`${base.pathname}${path}`, base.origin)
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body?.length) headers['content-type'] = 'application/json'
    if (credentials) {
      const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds
      headers['authorization'] = sign({ method, url, body, ...credentials, expires })
    }
    const answer = await pool
      .request({
        method,
        path: `${url.pathname}${url.search}`,
        headers,
        ...(body?.length ? { body } : {}),
      })
      .catch((error: unknown) => {
        observe?.(name, method, path, 0)
        throw error
      })
    observe?.(name, method, path, answer.statusCode)
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer
    const { 'content-type': contentType, date } = answer.headers
    const problem = problemFromZone(
      {
        status: answer.statusCode,
        contentType: String(contentType ?? ''),
        date: String(date ?? ''),
        body: await readText(answer.body),
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
    // A gateway's error says nothing about what the zone behind it did.
    const unknown = method !== 'GET' && answer.statusCode >= 502
    throw new ProblemError({
      ...problem,
      zone: name,
      ...(unknown ? { unknownOutcome: true } : {}),
    })
  }

  async function request(asked: ZoneRequest): Promise<Dispatcher.ResponseData> {
    const changes = asked.method !== 'GET'
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(asked)
      } catch (error) {
        const problem =
          error instanceof ProblemError ? error : failure(name, error, changes)
        const passing = problem.problem.status === 429 || problem.problem.status >= 502
        const final = ['zone-timeout', 'zone-garbage'].includes(problem.problem.code)
        if (changes || !passing || final || attempt >= tries) throw problem
        await pause(200 * 2 ** attempt * (0.5 + Math.random()))
      }
    }
  }

  return { name, request, close: () => pool.destroy() }
}

/** Reads a whole answer as JSON; what is not JSON is a `zone-garbage` problem. */
export async function readJson<T>(
  zone: string,
  answer: Dispatcher.ResponseData,
): Promise<T> {
  try {
    // The contract describes what zones answer; readers tolerate absent members.
    return (await answer.body.json()) as T
  } catch {
    throw refuse('zone-garbage', 502, { code: 'unreadable-answer', zone }, { zone })
  }
}
