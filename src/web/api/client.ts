import {
  browserMethod,
  endpointPath,
  endpoints,
  type EndpointId,
} from '#contract/endpoints.ts'
import { isProblem, type Problem } from '#contract/problem.ts'

import { rememberCalls } from '../stores/calls.ts'

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

type Options = {
  signal?: AbortSignal | undefined
  /** The overwritten values, as they were shown (contract/seen.ts). */
  seen?: string | undefined
  /** An automatic screenshot, which doesn't count as a visit of the console. */
  glance?: boolean | undefined
}

/** Calls Vedette's server; throws a `RequestError` for everything but a 2xx. */
export async function request<T>(
  method: string,
  path: string,
  body?: unknown,
  { signal, seen, glance }: Options = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (seen) headers['if-match'] = seen
  if (glance) headers['x-vedette-glance'] = '1'
  if (method !== 'GET') headers['x-vedette'] = '1'
  const isImage = body instanceof Blob
  if (body !== undefined) headers['content-type'] = isImage ? body.type : 'application/json'
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: isImage ? body : JSON.stringify(body) }),
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
  if (!response.ok) throw new RequestError(await readProblem(response))
  const text = await response.text()
  // The contract's types describe the zone's responses; parsing is the only cast.
  return (text ? JSON.parse(text) : undefined) as T
}

type Call = {
  zone: string
  parameters?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
} & Pick<Options, 'seen' | 'glance'>

/** The address of a zone's endpoint on Vedette's server. */
function zonePath(id: EndpointId, { zone, parameters, query }: Call): string {
  const given = Object.entries(query ?? {}).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  )
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
  return `/api/zones/${encodeURIComponent(zone)}${endpointPath(id, parameters)}${search}`
}

/** Calls one endpoint of the contract in a zone. */
export async function callZone<T>(
  id: EndpointId,
  call: Call,
  signal?: AbortSignal,
): Promise<T> {
  const { seen, glance } = call
  const answer = await request<T>(browserMethod(id), zonePath(id, call), call.body, {
    signal,
    seen,
    glance,
  })
  const { access } = endpoints[id]
  if (access === 'write' || access === 'danger') {
    const { zone, parameters, body } = call
    rememberCalls({
      endpoint: id,
      zone,
      ...(parameters ? { parameters } : {}),
      ...(body === undefined ? {} : { body }),
    })
  }
  return answer
}
