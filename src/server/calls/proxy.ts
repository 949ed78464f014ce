/**
 * From a browser's request to a zone's and back: matched against the allow-list, checked
 * against the contract, signed, and its answer passed on without being parsed. The
 * small answers of mutations are read once besides, to follow the operation they began.
 */
import { randomUUID } from 'node:crypto'

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'

import type { ChainRequest } from '#contract/chain.ts'
import {
  browserMethod,
  endpointPath,
  endpoints,
  isId,
  matchEndpoint,
  roleAllows,
} from '#contract/endpoints.ts'
import type { EndpointId } from '#contract/endpoints.ts'
import type { ChangeEndpoint } from '#contract/plan.ts'
import type { Session } from '#contract/session.ts'
import { traceOf, type Before } from '#contract/trace.ts'
import type { BlockStorageVolume, Operation, Snapshot } from '#contract/types.ts'

import { rememberRefusal } from '../history/timeline.ts'
import type { Store } from '../store/store.ts'
import type { Watcher } from '../watcher.ts'
import { parseAnswer, readAnswer, type Reads } from '../zone/reads.ts'
import { ProblemError, refuse, zoneOf, type ZoneClient } from '../zone/zone.ts'
import { readBefore } from './before.ts'
import { bodyErrors, queryErrors } from './bodies.ts'

export type ProxyDeps = {
  zones: Map<string, ZoneClient>
  watcher: Watcher
  reads: Reads
  session: Session
  store: Store
}

export type Checked = {
  id: EndpointId
  zone: ZoneClient
  path: string
  body: Buffer
  parameters: Record<string, string>
  /** What its author was shown of what it overwrites (contract/seen.ts). */
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

/** A `ChainRequest` (contract/chain.ts) that is one, of a zone that is known, of who may ask. */
export function checkChain(deps: ProxyDeps, request: FastifyRequest) {
  const { zone: zoneName = '' } = request.params as { zone?: string } // the route has it
  const zone = zoneOf(deps.zones, zoneName)
  let asked: Partial<ChainRequest>
  try {
    asked = JSON.parse(String(request.body)) as ChainRequest // checked below
  } catch {
    throw refuse('invalid', 400, 'The request doesn’t describe a valid change.')
  }
  const { instanceId = '', request: change } = asked ?? {}
  if (!change || !isId(instanceId) || !chained.includes(change.endpoint))
    throw refuse('invalid', 400, 'The request doesn’t describe a valid change.')
  const { endpoint } = change
  if (!roleAllows(deps.session.person.role, endpoints[endpoint].role))
    throw refuse(
      'not-allowed',
      403,
      `You need the ${endpoints[endpoint].role} role to do this.`,
    )
  const body = 'body' in change ? Buffer.from(JSON.stringify(change.body)) : Buffer.alloc(0)
  const errors = bodyErrors(endpoint, body)
  if (errors.length > 0) {
    const message = 'Exoscale doesn’t accept this change.'
    throw new ProblemError({ code: 'invalid', status: 400, message, errors })
  }
  return { zone, instanceId, request: change, by: deps.session.person.name }
}

type Asked = {
  zoneName: string
  /** The browser's. */
  method: string
  /** The path below the zone. */
  below: string
  search?: string
  body?: Buffer
  seen?: string | undefined
}

/** Everything that can be refused before a signature is made, is refused here. */
export function checkCall(deps: ProxyDeps, asked: Asked): Checked {
  const { zoneName, method, below, search = '', body = Buffer.alloc(0), seen } = asked
  const zone = zoneOf(deps.zones, zoneName)
  // A browser POSTs for what reveals a secret; the zone knows it as a GET.
  const revealed = method === 'POST' ? matchEndpoint('GET', below) : undefined
  const match =
    revealed?.endpoint.access === 'reveal' ? revealed : matchEndpoint(method, below)
  if (!match || browserMethod(match.id) !== method) {
    throw refuse('not-found', 404, 'The operation doesn’t exist or the ID isn’t valid.')
  }
  if (!roleAllows(deps.session.person.role, match.endpoint.role)) {
    throw refuse('not-allowed', 403, `You need the ${match.endpoint.role} role to do this.`)
  }
  const query = new URLSearchParams(search)
  const errors = [...queryErrors(match.id, query), ...bodyErrors(match.id, body)]
  if (errors.length > 0) {
    const message = errors
      .map((one) => [one.path, one.message].filter(Boolean).join(' '))
      .join('; ')
    throw new ProblemError({ code: 'invalid', status: 400, message, errors })
  }
  const parameters = Object.fromEntries(
    Object.entries(match.parameters).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]),
  )
  const searched = query.size > 0 ? `?${query}` : ''
  const path = `${endpointPath(match.id, parameters)}${searched}`
  return { id: match.id, zone, path, body, parameters, seen }
}

/** The same of a browser's request, which names all of it in its address. */
export function checkRequest(deps: ProxyDeps, request: FastifyRequest): Checked {
  const { method, url, body, headers } = request
  const [path = '', search = ''] = url.split('?', 2)
  const [, , , zoneName = '', ...rest] = path.split('/')
  return checkCall(deps, {
    zoneName,
    method,
    below: `/${rest.join('/')}`,
    search,
    ...(Buffer.isBuffer(body) ? { body } : {}),
    seen: headers['if-match'],
  })
}

/**
 * The instance that a change is about, where it is about one: the operation itself does not
 * tell (exoscale-api.md 3.8). Only below `/instance` and its reverse DNS is the path's id an
 * instance's; what attaches or detaches names it in its body.
 */
function instanceOf({ id, parameters, body }: Checked, operation: Operation) {
  if (id === 'create-instance') return operation.reference?.id
  if (/^(\/reverse-dns)?\/instance\//.test(endpoints[id].path))
    return parameters['instance-id'] ?? parameters['id']
  if (body.length === 0) return undefined
  // Checked by bodies.ts.
  const sent = JSON.parse(body.toString('utf8')) as {
    instance?: { id?: string }
    instances?: string[]
  }
  return sent.instance?.id ?? (sent.instances?.length === 1 ? sent.instances[0] : undefined)
}

/** The name that a change gives: a new instance is in no list yet. */
function nameIn({ body }: Checked): string | undefined {
  if (body.length === 0) return undefined
  const { name } = JSON.parse(body.toString('utf8')) as { name?: unknown } // checked by bodies.ts
  return typeof name === 'string' ? name : undefined
}

/** What an operation is about, where the request itself does not say. */
type About = { instanceId?: string; subject?: string }

const aboutBy: Partial<Record<EndpointId, EndpointId>> = {
  'detach-block-storage-volume': 'get-block-storage-volume',
  'delete-block-storage-volume': 'get-block-storage-volume',
  'update-block-storage-volume': 'get-block-storage-volume',
  'resize-block-storage-volume': 'get-block-storage-volume',
  'delete-snapshot': 'get-snapshot',
}

/** Whose a volume or a snapshot is, and its name, which the zone tells only before the change. */
async function aboutPart(deps: ProxyDeps, checked: Checked): Promise<About> {
  const { id, zone, parameters } = checked
  const look = aboutBy[id]
  if (!look) return {}
  try {
    const path = endpointPath(look, parameters)
    const answer = await parseAnswer(zone.name, await deps.reads.read(zone, path, false))
    const { instance, name } = answer as BlockStorageVolume | Snapshot // the contract's answers
    return {
      ...(instance?.id ? { instanceId: instance.id } : {}),
      ...(name ? { subject: name } : {}),
    }
  } catch {
    // The change is asked for all the same; only its line says less.
    return {}
  }
}

const parsed = ({ body }: Checked): unknown =>
  body.length > 0 ? JSON.parse(body.toString('utf8')) : undefined

function follow(
  deps: ProxyDeps,
  checked: Checked,
  { bytes, before, about }: { bytes: Buffer; before: Before; about: About },
): void {
  const { id, zone, parameters } = checked
  let operation: Operation
  try {
    operation = JSON.parse(bytes.toString('utf8')) as Operation // checked for its id below
  } catch {
    return
  }
  if (!operation?.id) return
  // The one change that answers what it changed, for it is done at once (exoscale-api.md 4.15).
  if (id === 'resize-block-storage-volume')
    operation = { id: randomUUID(), state: 'success' }
  const instanceId = instanceOf(checked, operation) ?? about.instanceId
  const subject =
    (instanceId ? deps.watcher.nameOf(zone.name, instanceId) : parameters['name']) ??
    about.subject ??
    nameIn(checked)
  const reference = operation.reference?.id
  const trace = traceOf(id, { body: parsed(checked), parameters, reference }, before)
  const now = Date.now()
  deps.watcher.follow({
    id: operation.id,
    zone: zone.name,
    endpoint: id,
    ...(instanceId ? { instanceId } : {}),
    ...(subject ? { subject } : {}),
    state: operation.state,
    startedAt: now,
    ...(operation.state === 'pending' ? {} : { endedAt: now }),
    by: deps.session.person.name,
    ...(trace ? { trace } : {}),
  })
}

/** The zone took the change, so an answer that breaks off leaves its outcome unknown. */
async function readMutation(
  zone: string,
  answer: Dispatcher.ResponseData,
): Promise<Buffer> {
  try {
    return Buffer.from(await answer.body.arrayBuffer())
  } catch {
    const message = `${zone} received the request, but the connection was lost before it responded.`
    const lost = { code: 'zone-unreachable', status: 502, message, zone } as const
    throw new ProblemError({ ...lost, unknownOutcome: true })
  }
}

async function read(deps: ProxyDeps, { id, zone, path }: Checked) {
  // A secret is asked for by one person and told to no other.
  if (endpoints[id].access === 'reveal') return readAnswer(zone, path)
  const answer = await deps.reads.read(zone, path, id.startsWith('list-'))
  if (id === 'list-instances') deps.watcher.answered(zone.name)
  return answer
}

async function change(deps: ProxyDeps, checked: Checked): Promise<Buffer> {
  const { id, zone, path, body } = checked
  try {
    const answer = await zone.request({
      method: endpoints[id].method,
      path,
      ...(body.length > 0 ? { body } : {}),
    })
    return await readMutation(zone.name, answer)
  } catch (error) {
    if (id === 'delete-instance' && error instanceof ProblemError)
      await rememberRefusal(deps.store, {
        zone: zone.name,
        instanceId: checked.parameters['id'] ?? '',
        by: deps.session.person.name,
        message: error.problem.message,
      })
    throw error
  } finally {
    // Also after a failure, which may have come too late to prevent the change.
    deps.reads.invalidate(zone.name)
  }
}

/** Sends a change, and follows the operation that it began; answers the zone's bytes. */
export async function mutate(deps: ProxyDeps, checked: Checked): Promise<Buffer> {
  const [about, before] = await Promise.all([
    aboutPart(deps, checked),
    readBefore(deps, checked),
  ])
  const bytes = await change(deps, checked)
  follow(deps, checked, { bytes, before, about })
  return bytes
}

/** Sends a checked request on, and its answer back. */
export async function proxy(deps: ProxyDeps, request: FastifyRequest, reply: FastifyReply) {
  const checked = checkRequest(deps, request)
  const { access } = endpoints[checked.id]
  reply.type('application/json; charset=utf-8')
  if (access === 'read' || access === 'reveal') return reply.send(await read(deps, checked))
  return reply.send(await mutate(deps, checked))
}
