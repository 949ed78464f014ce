import { VIEWER_HEADER } from '#contract/console.ts'
import {
  browserMethod,
  endpointPath,
  type ChangingId,
  type EndpointId,
  type ReadingId,
} from '#contract/endpoints.ts'
import { KEY_HEADER } from '#contract/once.ts'
import type { Approval, ApprovalOrder } from '#contract/people/approval.ts'
import { isProblem, type Problem } from '#contract/problem.ts'
import type { Operation } from '#contract/types.ts'
import { parseZoneJson } from '#contract/wire/zone-json.ts'

import { rememberCall } from '../stores/calls.ts'
import { needsSecond, type Waiting } from '../stores/four-eyes.ts'
import { useSignedOut } from '../stores/signed-out.ts'
import type { RequestKey } from './once.ts'

/** A request that was rejected or failed; `problem` contains by whom and why. */
export class RequestError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'RequestError'
    this.problem = problem
  }
}

/** Any thrown value as a problem that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RequestError) return error.problem
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'internal', status: 0, message }
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (isProblem(body)) return body
  return { code: 'internal', status: response.status, message: response.statusText }
}

/** Browsers send 64 kB at most of all requests that outlive their page, and reject what is more. */
const keepableLength = 4_096

type Options = {
  signal?: AbortSignal | undefined
  /** The overwritten values, as they were shown (contract/seen.ts). */
  seen?: string | undefined
  /** An automatic screenshot, which doesn't count as a visit of the console. */
  glance?: boolean | undefined
  /** The view of a screen that asks for it (contract/console.ts). */
  viewer?: string | undefined
  /** Of a change of a zone: the server lets each through once (contract/once.ts). */
  key?: RequestKey | undefined
  /** Of an answer that isn't just JSON; it may return a promise. */
  parse?: (text: string) => unknown
}

/** Calls Vedette's server; throws a `RequestError` for everything but a 2xx. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { signal, seen, glance, viewer, key, parse = JSON.parse }: Options = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (seen) headers['if-match'] = seen
  if (key) headers[KEY_HEADER] = key
  if (glance) headers['x-vedette-glance'] = '1'
  if (viewer) headers[VIEWER_HEADER] = viewer
  if (method !== 'GET') headers['x-vedette'] = '1'
  const isImage = body instanceof Blob
  if (body !== undefined) headers['content-type'] = isImage ? body.type : 'application/json'
  const text = isImage || body === undefined ? undefined : JSON.stringify(body)
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      body: isImage ? body : (text ?? null),
      // A change is sent even if its page is closed right after the click.
      keepalive: method !== 'GET' && !isImage && (text?.length ?? 0) <= keepableLength,
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new RequestError({
      code: 'zone-unreachable',
      status: 0,
      message: 'Can’t connect to the Vedette server.',
      cause: { code: 'server-unreachable' },
      unknownOutcome: method !== 'GET',
    })
  }
  if (!response.ok) {
    const problem = await readProblem(response)
    if (problem.code === 'signed-out') useSignedOut.setState({ out: true })
    throw new RequestError(problem)
  }
  const answer = await response.text()
  // The contract's types describe the zone's responses; parsing is the only cast.
  return (answer ? parse(answer) : undefined) as T
}

type Call = {
  zone: string
  parameters?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
} & Pick<Options, 'seen' | 'glance' | 'viewer'>

/** The address of a zone's endpoint on Vedette's server. */
function zonePath(id: EndpointId, { zone, parameters, query }: Call): string {
  const given = Object.entries(query ?? {}).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  )
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  return `/api/zones/${encodeURIComponent(zone)}${endpointPath(id, parameters)}${search}`
}

/** Reads one endpoint of the contract in a zone. */
export async function callZone<T>(
  id: ReadingId,
  call: Call,
  signal?: AbortSignal,
): Promise<T> {
  const { glance, viewer } = call
  const path = zonePath(id, call)
  const parse = parseZoneJson
  return request<T>(browserMethod(id), path, call.body, {
    signal,
    glance,
    viewer,
    parse,
  })
}

/** The new group's id, so that later calls that name it can be written with its name. */
function madeBy(id: ChangingId, answer: unknown): { parameters?: { id: string } } {
  if (id !== 'create-security-group') return {}
  const { reference } = Object(answer) as Partial<Operation> // what is no object has no members
  return reference?.id ? { parameters: { id: reference.id } } : {}
}

/** Sends one change to a zone; `key` is its form's or question's (once.ts). */
export async function changeZone<T>(
  id: ChangingId,
  key: RequestKey,
  call: Call,
): Promise<T> {
  const { zone, parameters, body, seen } = call
  if (needsSecond(id))
    return askSecond<T>(
      {
        kind: 'call',
        zone,
        endpoint: id,
        parameters: parameters ?? {},
        ...(body === undefined ? {} : { body }),
        ...(seen ? { seen } : {}),
      },
      key,
    )
  const path = zonePath(id, call)
  const parse = parseZoneJson
  const answer = await request<T>(browserMethod(id), path, body, { seen, key, parse })
  rememberCall({
    endpoint: id,
    zone,
    ...(parameters ? { parameters } : madeBy(id, answer)),
    ...(body === undefined ? {} : { body }),
  })
  return answer
}

/** Sends an order to our server, which changes a zone in several steps. */
export const sendOrder = <T>(path: string, key: RequestKey, body?: unknown) =>
  request<T>('POST', path, body, { key })

/** Asks a second person for what would be sent with this key; who reads the answer asks `waits` first. */
export async function askSecond<T>(order: ApprovalOrder, key: RequestKey): Promise<T> {
  const waits = await sendOrder<Approval>('/api/approvals', key, order)
  return { waits } satisfies Waiting as T // see above
}
