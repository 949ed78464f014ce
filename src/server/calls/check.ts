/**
 * Checks a browser's request before it is signed: the zone and the endpoint exist, the role allows
 * it, and its query and body match the contract.
 */
import type { FastifyRequest } from 'fastify'

import type { ChainRequest, SeenPlan } from '#contract/chain.ts'
import {
  browserMethod,
  endpointPath,
  endpoints,
  isId,
  matchEndpoint,
  roleAllows,
  type EndpointId,
} from '#contract/endpoints.ts'
import type { Person } from '#contract/people/people.ts'
import type { ChangeEndpoint } from '#contract/plan.ts'
import { canBeChanged, isEndpointId, mostShown, type ShownRead } from '#contract/shown.ts'

import type { Deps } from '../deps.ts'
import { reachOf } from '../people/reach.ts'
import type { ShownItem } from '../shown.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf, type Bounds, type ZoneClient } from '../zone/zone.ts'
import { bodyErrors, parseBody, queryErrors } from './bodies.ts'
import { requireTheirs } from './narrow.ts'

/** The zone, for reads that can be done without. */
export function noLongerThan(zone: ZoneClient, ms: number): ZoneClient {
  const until = Math.min(performance.now() + ms, zone.bounds?.until ?? Infinity)
  return zone.on(zone.lane, { ...zone.bounds, until })
}

export type Checked = {
  /** Who asks for it. */
  person: Person
  id: EndpointId
  zone: ZoneClient
  path: string
  /** The body's bytes as they go to the zone; empty if there is none. */
  body: Buffer
  /** The same body, parsed and checked; undefined if there is none. */
  sent: unknown
  parameters: Record<string, string>
  /** The values that its author was shown and that it overwrites (contract/seen.ts). */
  seen: string | undefined
}

const chained: readonly string[] = [
  'start-instance',
  'reset-instance',
  'scale-instance',
  'resize-instance-disk',
  'revert-instance-to-snapshot',
  'enable-tpm',
  'create-snapshot',
  'delete-instance',
] satisfies ChangeEndpoint[]

function isSeen(seen: unknown): boolean {
  // Only an object has members; each is checked here.
  const { name, steps } = Object(seen) as Partial<SeenPlan>
  return seen === undefined || (typeof name === 'string' && Array.isArray(steps))
}

/** What a request for a chain or a job is checked by; an approval is checked by the same. */
export type Asking = Pick<FastifyRequest, 'body' | 'person' | 'reach' | 'bounds'> & {
  params: unknown
}

/** Parses a `ChainRequest` (contract/chain.ts); checks its zone and the person's role. */
export function checkChain(deps: Deps, request: Asking) {
  const { zone: zoneName = '' } = request.params as { zone?: string } // the route has it
  const zone = zoneOf(deps.zones, zoneName).on('changes', request.bounds)
  const asked = parseBody(request.body)
  // Only an object has members; each is checked here or by its schema.
  const { instanceId = '', request: change, seen } = Object(asked) as Partial<ChainRequest>
  if (!change || !isId(instanceId) || !chained.includes(change.endpoint) || !isSeen(seen))
    throw refuse('invalid', 400, { code: 'bad-change' })
  const { endpoint } = change
  const { person, reach } = request
  reach.requireInstance(zoneName, instanceId)
  if (!roleAllows(person.role, endpoints[endpoint].role))
    throw refuse('not-allowed', 403, { code: 'needs-role', role: endpoints[endpoint].role })
  const errors = bodyErrors(endpoint, 'body' in change ? change.body : undefined)
  if (errors.length > 0) {
    throw refuse('invalid', 400, { code: 'change-not-accepted' }, { errors })
  }
  return { zone, instanceId, request: change, seen, by: person.name }
}

type Asked = {
  /** Who asks. */
  person: Person
  zoneName: string
  /** The browser's. */
  method: string
  /** The path below the zone. */
  below: string
  search?: string
  body?: Buffer
  seen?: string | undefined
  /** How long its person waits. */
  bounds?: Bounds
}

/** Rejects whatever can be rejected before the request is signed. */
export function checkCall(deps: Deps, asked: Asked): Checked {
  const { person, zoneName, method, below, search = '', seen } = asked
  const { body = Buffer.alloc(0) } = asked
  reachOf(deps, person).requireZone(zoneName)
  const known = zoneOf(deps.zones, zoneName)
  // Requests that reveal a secret are POST in the browser and GET in the zone.
  const revealed = method === 'POST' ? matchEndpoint('GET', below) : undefined
  const match =
    revealed?.endpoint.access === 'reveal' ? revealed : matchEndpoint(method, below)
  if (!match || browserMethod(match.id) !== method) {
    throw refuse('not-found', 404, { code: 'no-such-endpoint' })
  }
  if (!roleAllows(person.role, match.endpoint.role)) {
    throw refuse('not-allowed', 403, { code: 'needs-role', role: match.endpoint.role })
  }
  const query = new URLSearchParams(search)
  const sent = parseBody(body)
  const errors = [...queryErrors(match.id, query), ...bodyErrors(match.id, sent)]
  if (errors.length > 0) {
    throw refuse('invalid', 400, { code: 'values-not-accepted' }, { errors })
  }
  const parameters = Object.fromEntries(
    Object.entries(match.parameters).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]),
  )
  requireTheirs(deps, reachOf(deps, person), {
    id: match.id,
    zone: known,
    parameters,
    sent,
  })
  // Reads of what is being changed, and secrets that somebody waits for, don't wait for pages.
  const zone = known.on(method === 'GET' ? undefined : 'changes', asked.bounds)
  const searched = query.size > 0 ? `?${query}` : ''
  const path = `${endpointPath(match.id, parameters)}${searched}`
  return { person, id: match.id, zone, path, body, sent, parameters, seen }
}

/** The same for a browser's request, whose URL names the zone and the path. */
export function checkRequest(deps: Deps, request: FastifyRequest): Checked {
  const { method, url, body, headers, person } = request
  const [path = '', search = ''] = url.split('?', 2)
  const [, , , zoneName = '', ...rest] = path.split('/')
  return checkCall(deps, {
    person,
    zoneName,
    method,
    below: `/${rest.join('/')}`,
    search,
    ...(Buffer.isBuffer(body) ? { body } : {}),
    seen: headers['if-match'],
    bounds: request.bounds,
  })
}

/** A checked read as `Shown` knows it. */
export function shownItem(
  checked: Pick<Checked, 'id' | 'zone' | 'path' | 'parameters'>,
): ShownItem {
  const { id, zone, path, parameters } = checked
  const [, search = ''] = path.split('?', 2)
  const query = Object.fromEntries(new URLSearchParams(search))
  return { id, zone, path, parameters: { ...parameters, ...query } }
}

/** The reads that a browser says it shows; what no page can show is left out. */
export function checkShown(deps: Deps, request: FastifyRequest): ShownItem[] {
  const { person } = request
  const sent = parseBody(request.body)
  if (!Array.isArray(sent) || sent.length > mostShown)
    throw refuse('invalid', 400, { code: 'bad-request' })
  return sent.flatMap((one) => {
    // What is no object has no members, and each member is checked here or by checkCall.
    const { zone: zoneName, endpoint, parameters } = Object(one) as Partial<ShownRead>
    if (!zoneName || !isEndpointId(endpoint)) return []
    const members: Record<string, unknown> = Object(parameters)
    const given = Object.entries(members).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    )
    const inPath = endpoints[endpoint].path
    const query = given.filter(([name]) => !inPath.includes(`{${name}}`))
    try {
      const below = endpointPath(endpoint, Object.fromEntries(given))
      const search = new URLSearchParams(query.map(([...pair]) => pair)).toString()
      const item = shownItem(
        checkCall(deps, {
          person,
          zoneName: String(zoneName),
          method: 'GET',
          below,
          search,
        }),
      )
      return canBeChanged({ endpoint, parameters: item.parameters }) ? [item] : []
    } catch {
      // A zone that isn't known yet, or any more.
      return []
    }
  })
}
