/**
 * Checks a request to create instances before anything is stored or sent: the contract's rules for
 * each of its calls, and whether what is to be attached exists, because an instance without its
 * network is billed, too.
 */
import type { FastifyRequest } from 'fastify'

import { openSteps, type ChainStep } from '#contract/chain.ts'
import { CREATE_MAX, planCreate, type CreateOrder } from '#contract/create.ts'
import { endpointPath, endpoints, isId, roleAllows } from '#contract/endpoints.ts'
import { refusedBy } from '#contract/people/area.ts'
import type { EntryCode, ProblemEntry } from '#contract/problem.ts'

import { bodyErrors, entryOf, parseBody } from '../calls/bodies.ts'
import type { Deps } from '../deps.ts'
import { mayShowChain } from '../people/sift.ts'
import { isRefusal } from '../watch/judge.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf, type ZoneClient } from '../zone/zone.ts'
import { get, isGone } from './chain-look.ts'
import { findChain } from './chain-rows.ts'

/** More than an instance can have of either; each costs a read of the zone. */
const mostAttached = 50

const anyInstance = { id: '00000000-0000-0000-0000-000000000000' }

/** The errors, each with the path of its member in the request. */
const under = (path: string, errors: ProblemEntry[]): ProblemEntry[] =>
  errors.map((error) => ({ ...error, path }))

function nameErrors({ names, body, privateNetworks, reverseDns }: CreateOrder) {
  if (names === undefined) return []
  // Before each of them is checked, which takes long for thousands.
  if (names.length < 1 || names.length > CREATE_MAX)
    return [entryOf('count', 'name', CREATE_MAX)]
  const entries: ProblemEntry[] = names.flatMap((name) =>
    bodyErrors('create-instance', { ...body, name }),
  )
  const say = (path: string, code: EntryCode, limit?: number) =>
    entries.push(entryOf(code, path, limit))
  if (new Set(names).size < names.length) say('name', 'not-unique')
  if (names.length > 1 && reverseDns) say('domain-name', 'one-instance-only')
  if (names.length > 1 && privateNetworks?.some(({ ip }) => ip))
    say('private-networks', 'one-address-only')
  return entries
}

function orderErrors(order: CreateOrder): ProblemEntry[] {
  const { body, privateNetworks = [], elasticIps = [], reverseDns } = order
  for (const [path, list] of [
    ['private-networks', privateNetworks],
    ['elastic-ips', elasticIps],
  ] as const)
    if (list.length > mostAttached) return [entryOf('too-many', path, mostAttached)]
  const entries = [
    ...bodyErrors('create-instance', body),
    ...nameErrors(order),
    ...privateNetworks.flatMap(({ ip }) =>
      under(
        'private-networks',
        bodyErrors('attach-instance-to-private-network', {
          instance: anyInstance,
          ...(ip ? { ip } : {}),
        }),
      ),
    ),
  ]
  const say = (path: string, code: EntryCode, limit?: number) =>
    entries.push(entryOf(code, path, limit))
  if (!privateNetworks.every(({ id }) => isId(id))) say('private-networks', 'bad-id')
  if (!elasticIps.every(isId)) say('elastic-ips', 'bad-id')
  if (reverseDns) {
    const named = bodyErrors('update-reverse-dns-instance', { 'domain-name': reverseDns })
    entries.push(...under('domain-name', named))
    if (body['public-ip-assignment'] === 'none') say('domain-name', 'needs-public-ip')
  }
  return entries
}

const isList = (value: unknown, of: (one: unknown) => boolean) =>
  value === undefined || (Array.isArray(value) && value.every(of))

/** Whether every member has the right type; values are checked later. */
function isOrder(order: unknown): order is CreateOrder {
  // Only an object has members, and each is checked here.
  const { body, names, privateNetworks, elasticIps, reverseDns, protect } = Object(
    order,
  ) as Partial<CreateOrder>
  const isText = (one: unknown) => typeof one === 'string'
  return (
    typeof body === 'object' &&
    body !== null &&
    isList(names, isText) &&
    isList(elasticIps, isText) &&
    isList(privateNetworks, (one) => typeof one === 'object' && one !== null) &&
    ['string', 'undefined'].includes(typeof reverseDns) &&
    ['boolean', 'undefined'].includes(typeof protect)
  )
}

/** Throws if anything that is to be attached doesn't exist. */
async function requireThere(zone: ZoneClient, order: CreateOrder): Promise<void> {
  const wanted = [
    ...(order.privateNetworks ?? []).map(({ id }) => ['private-network', id] as const),
    ...(order.elasticIps ?? []).map((id) => ['elastic-ip', id] as const),
  ]
  await Promise.all(
    wanted.map(async ([kind, id]) => {
      try {
        await get(zone, endpointPath(`get-${kind}`, { id }))
      } catch (error) {
        // What the API key may not read, the zone checks.
        if (isRefusal(error)) return
        if (!isGone(error)) throw error
        const code =
          kind === 'elastic-ip' ? 'no-such-elastic-ip' : ('no-such-network' as const)
        const errors = [entryOf(code, `${kind}s`)]
        throw refuse('invalid', 400, { code, zone: zone.name }, { errors })
      }
    }),
  )
}

/** Throws a 403 unless a person may send each of these calls directly. */
function requireMay(
  { person, reach }: Pick<FastifyRequest, 'person' | 'reach'>,
  steps: readonly Pick<ChainStep, 'endpoint'>[],
): void {
  for (const { endpoint } of steps) {
    const { role } = endpoints[endpoint]
    if (!roleAllows(person.role, role))
      throw refuse('not-allowed', 403, { code: 'needs-role', role })
    if (refusedBy(reach.area).includes(endpoint))
      throw refuse('not-allowed', 403, { code: 'not-narrowed-only' })
  }
}

/** Parses a `CreateOrder` (contract/create.ts); checks its zone and the person's role. */
export async function checkOrder(deps: Deps, request: FastifyRequest) {
  const { zone: zoneName = '' } = request.params as { zone?: string } // the route has it
  const zone = zoneOf(deps.zones, zoneName).on('changes', request.bounds)
  const { person, reach } = request
  const { role } = endpoints['create-instance']
  if (!roleAllows(person.role, role))
    throw refuse('not-allowed', 403, { code: 'needs-role', role })
  const order = parseBody(request.body)
  if (!isOrder(order)) throw refuse('invalid', 400, { code: 'bad-order' })
  const errors = orderErrors(order)
  if (errors.length > 0) {
    throw refuse('invalid', 400, { code: 'values-not-accepted' }, { errors })
  }
  reach.requireLabels(order.body.labels)
  // Not everyone who may create may protect, or attach what may be another instance's as well.
  requireMay(request, planCreate(order, undefined))
  await requireThere(zone, order)
  return { zone, order, by: person.name }
}

/** The chain to continue, and for whom; checks the person's role, and that the instance is theirs. */
export async function checkAgain(deps: Deps, request: FastifyRequest) {
  const { id = '' } = request.params as { id?: string } // the route has it
  const { role } = endpoints['create-instance']
  if (!roleAllows(request.person.role, role))
    throw refuse('not-allowed', 403, { code: 'needs-role', role })
  const chain = await findChain(deps.store, id)
  if (!mayShowChain(chain, request.reach))
    throw refuse('not-found', 404, { code: 'no-such-chain' })
  requireMay(request, openSteps(chain))
  return { id, by: request.person.name }
}
