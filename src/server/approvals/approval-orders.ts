/**
 * Checks what a second person is to confirm, and sends it, by the same code that checks and sends it directly. What
 * the person who asked was shown is compared with what is there: when it is asked for, and again before it is sent.
 */
import { isDeepStrictEqual } from 'node:util'

import type { FastifyRequest } from 'fastify'

import {
  endpointPath,
  endpoints,
  isEndpointId,
  type EndpointId,
} from '#contract/endpoints.ts'
import { jobEndpoints, jobUndo, mayRetry, type JobDetail } from '#contract/job.ts'
import type {
  Approval,
  ApprovalOrder,
  ApprovalResult,
  OrderedCall,
} from '#contract/people/approval.ts'
import { isNamed, seenTag } from '#contract/seen.ts'
import type {
  BlockStorageVolume,
  Instance,
  SecurityGroup,
  Snapshot,
} from '#contract/types.ts'

import { parseBody } from '../calls/bodies.ts'
import { mutate } from '../calls/change.ts'
import { checkCall, checkChain, type Asking, type Checked } from '../calls/check.ts'
import { requireTheirPart } from '../calls/narrow.ts'
import { planChain } from '../chains/chains.ts'
import type { RouteDeps } from '../deps.ts'
import { checkJob, checkJobId } from '../jobs/check-job.ts'
import { isTheirs } from '../jobs/job-entries.ts'
import { isWhole } from '../store/kinds.ts'
import { isRefusal } from '../watch/judge.ts'
import { refuse } from '../zone/refusals.ts'
import { readJson } from '../zone/zone.ts'
import type { Place } from './approval-rows.ts'
import type { Recording } from './second-person.ts'

/** Whose right it is: of who asks, as they are now. */
export type Asker = Pick<FastifyRequest, 'person' | 'reach' | 'bounds'>

/** What it concerns, as its zone says now. */
export type Subject = Pick<Approval, 'zone' | 'instanceId' | 'names' | 'count'> & {
  instances: Place[]
}

/** An order that was checked. `order` has what its author was shown, so that it can be compared again. */
export type Prepared = {
  order: ApprovalOrder
  what: Approval['what']
  /** All operations that it sends. */
  endpoints: EndpointId[]
  subject: Subject
  send(record: Recording): Promise<ApprovalResult | undefined>
}

const namesTold = 5

const bad = () => refuse('invalid', 400, { code: 'bad-approval' })
const hasChanged = () => refuse('changed', 409, { code: 'name-changed' })

const asBody = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

type Members = Record<string, unknown>
const isText = (value: unknown): value is string => typeof value === 'string'
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An order of the contract by its outer shape; what is in it is checked as if it were sent directly. */
export function orderIn(body: unknown): ApprovalOrder {
  const sent = parseBody(body)
  if (!isObject(sent)) throw bad()
  const { kind, zone, endpoint, parameters, seen, chain, job, jobId } = sent
  switch (kind) {
    case 'call': {
      const isCall =
        isText(zone) &&
        isText(endpoint) &&
        isEndpointId(endpoint) &&
        isObject(parameters) &&
        Object.values(parameters).every(isText) &&
        (seen === undefined || isText(seen))
      if (!isCall) throw bad()
      // Each value is a text, as was checked.
      const named = parameters as Record<string, string>
      const call: OrderedCall = { kind, zone, endpoint, parameters: named }
      return {
        ...call,
        ...(sent['body'] === undefined ? {} : { body: sent['body'] }),
        ...(seen === undefined ? {} : { seen }),
      }
    }
    case 'chain':
      if (!isText(zone) || !isObject(chain)) throw bad()
      // checkChain looks at its members.
      return { kind, zone, chain: chain as (ApprovalOrder & { kind: 'chain' })['chain'] }
    case 'job':
      if (!isObject(job)) throw bad()
      // checkJob looks at its members.
      return { kind, job: job as unknown as (ApprovalOrder & { kind: 'job' })['job'] }
    case 'retry-job':
    case 'undo-job':
      if (!isText(jobId) || !isWhole(jobId)) throw bad()
      return { kind, jobId }
    default:
      throw bad()
  }
}

const partReads: Partial<Record<EndpointId, EndpointId>> = {
  'delete-snapshot': 'get-snapshot',
  'delete-block-storage-volume': 'get-block-storage-volume',
  'delete-security-group': 'get-security-group',
}

/** Reads one thing of a zone; undefined where the API key doesn't allow it. */
async function readOne<T>({ zone }: Checked, path: string): Promise<T | undefined> {
  try {
    return await readJson<T>(zone.name, await zone.request({ method: 'GET', path }))
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** What a call concerns, and the instance itself where it is one. */
async function subjectOf(
  deps: RouteDeps,
  checked: Checked,
): Promise<{ subject: Subject; instance?: Instance | undefined }> {
  const { id, parameters, sent, zone: client } = checked
  const zone = client.name
  const of = (names: string[], ids: (string | undefined)[]): Subject => ({
    zone,
    ...(ids.length === 1 && ids[0] ? { instanceId: ids[0] } : {}),
    names: names.slice(0, namesTold),
    count: names.length,
    instances: ids.flatMap((one) => (one ? [{ zone, id: one }] : [])),
  })
  const part = partReads[id]
  if (part) {
    const own = parameters['id'] ?? ''
    type Part = Pick<
      Partial<BlockStorageVolume & Snapshot & SecurityGroup>,
      'name' | 'instance'
    >
    const found = await readOne<Part>(checked, endpointPath(part, parameters))
    return { subject: of([found?.name ?? own], [found?.instance?.id]) }
  }
  // An object by its schema, if it is one.
  const { instances } = Object(sent) as { instances?: string[] }
  if (instances)
    return {
      subject: of(
        instances.map((one) => deps.watcher.nameOf(zone, one) ?? one),
        instances,
      ),
    }
  const own = parameters['instance-id'] ?? parameters['id'] ?? ''
  const path = endpointPath('get-instance', { id: own })
  const instance = endpoints[id].path.startsWith('/instance/')
    ? await readOne<Instance>(checked, path)
    : undefined
  const name = instance?.name ?? deps.watcher.nameOf(zone, own) ?? own
  return { subject: of([name], [own]), instance }
}

async function prepareCall(
  deps: RouteDeps,
  order: OrderedCall,
  { person, bounds }: Asker,
): Promise<Prepared> {
  const { zone, endpoint, parameters, body } = order
  const { access, method } = endpoints[endpoint]
  if (access !== 'danger') throw refuse('invalid', 409, { code: 'no-approval-needed' })
  let below: string
  try {
    below = endpointPath(endpoint, parameters)
  } catch {
    throw bad()
  }
  const sent = body === undefined ? {} : { body: asBody(body) }
  const call = { person, zoneName: zone, method, below, bounds, ...sent }
  const checked = checkCall(deps, { ...call, seen: order.seen })
  await requireTheirPart(deps, checked)
  const { subject, instance } = await subjectOf(deps, checked)
  const now = isNamed(endpoint) && instance ? seenTag(endpoint, {}, instance) : undefined
  if (now && order.seen && now !== order.seen) throw hasChanged()
  const seen = order.seen ?? now
  return {
    // Parameters that the path doesn't have are not part of it.
    order: { ...order, parameters: checked.parameters, ...(seen ? { seen } : {}) },
    what: { endpoint },
    endpoints: [endpoint],
    subject,
    async send(record) {
      const { operation } = await mutate(deps, { ...checked, seen }, record)
      return operation && { kind: 'operation', id: operation.id, zone }
    },
  }
}

async function prepareChain(
  deps: RouteDeps,
  order: ApprovalOrder & { kind: 'chain' },
  { person, reach, bounds }: Asker,
): Promise<Prepared> {
  const { zone } = order
  const asking: Asking = {
    params: { zone },
    body: asBody(order.chain),
    person,
    reach,
    bounds,
  }
  const checked = checkChain(deps, asking)
  const { instanceId, request } = checked
  const { instance, steps } = await planChain(checked)
  const seen = checked.seen ?? { name: instance.name ?? '', steps }
  return {
    order: { ...order, chain: { instanceId, request, seen } },
    what: { endpoint: request.endpoint },
    endpoints: steps,
    subject: {
      zone,
      instanceId,
      names: [instance.name ?? instanceId],
      count: 1,
      instances: [{ zone, id: instanceId }],
    },
    async send(audit) {
      const { id } = await deps.chains.begin({ ...checked, seen, audit })
      return { kind: 'chain', id, zone }
    },
  }
}

type Item = { zone: string; instanceId: string; name: string }

/** Of instances, by their names in the zone: those in the order may be anything that its sender wrote. */
const subjectOfItems = ({ watcher }: RouteDeps, items: readonly Item[]): Subject => ({
  names: items
    .slice(0, namesTold)
    .map(({ zone, instanceId }) => watcher.nameOf(zone, instanceId) || instanceId),
  count: items.length,
  instances: items.map(({ zone, instanceId: id }) => ({ zone, id })),
})

async function prepareJob(
  deps: RouteDeps,
  order: ApprovalOrder & { kind: 'job' },
  { person, reach }: Asker,
): Promise<Prepared> {
  const job = checkJob(deps, { body: asBody(order.job), person, reach })
  await deps.watcher.recent()
  // The names are what the second person goes by.
  for (const { zone, instanceId, name } of job.targets)
    if ((deps.watcher.nameOf(zone, instanceId) ?? name) !== name) throw hasChanged()
  return {
    order: { kind: 'job', job },
    what: { action: job.action },
    endpoints: [jobEndpoints[job.action]],
    subject: subjectOfItems(deps, job.targets),
    async send(audit) {
      const { id, action, total } = await deps.jobs.begin(job, { person, audit })
      // Its key is another order's, which was begun before.
      if (action !== job.action || total !== job.targets.length) throw hasChanged()
      return { kind: 'job', id }
    },
  }
}

/** A job that is tried again or taken back: `asOf` is when it had ended, so that it is the same later. */
async function prepareAgain(
  deps: RouteDeps,
  order: ApprovalOrder & { kind: 'retry-job' | 'undo-job' },
  { person, reach }: Asker,
): Promise<Prepared> {
  const undoes = order.kind === 'undo-job'
  const { jobId } = order
  const params = { id: jobId }
  await checkJobId(deps, { params, person, reach }, { undoes })
  const detail: JobDetail = await deps.jobs.detail(jobId)
  const { action: done, endedAt } = detail
  const action = undoes ? jobUndo[done] : done
  if (endedAt === undefined) throw refuse('zone-refused', 409, { code: 'job-in-progress' })
  const items = detail.items
    .filter(isTheirs({ reach }))
    .filter((item) => (undoes ? item.state === 'success' : mayRetry(item)))
  if (!action || items.length === 0)
    throw refuse('zone-refused', 409, {
      code: undoes ? 'nothing-to-undo' : 'nothing-to-retry',
    })
  const { asOf = endedAt } = order
  if (asOf !== endedAt) throw refuse('changed', 409, { code: 'plan-changed' })
  await deps.watcher.recent()
  return {
    order: { ...order, asOf },
    what: { action },
    endpoints: [jobEndpoints[action]],
    subject: subjectOfItems(deps, items),
    async send(audit) {
      const { id } = await (undoes
        ? deps.jobs.undo(jobId, { person, audit, reach })
        : deps.jobs.retry(jobId, { person, audit, reach }))
      return { kind: 'job', id }
    },
  }
}

/** Checks an order as its author would send it now. Throws a `ProblemError` where that would be refused. */
export async function prepare(
  deps: RouteDeps,
  order: ApprovalOrder,
  asker: Asker,
): Promise<Prepared> {
  switch (order.kind) {
    case 'call':
      return prepareCall(deps, order, asker)
    case 'chain':
      return prepareChain(deps, order, asker)
    case 'job':
      return prepareJob(deps, order, asker)
    case 'retry-job':
    case 'undo-job':
      return prepareAgain(deps, order, asker)
  }
}

/** Throws a 409 where what an approval concerns isn't called as it was when it was asked for. */
export function requireSame(
  { names, count }: Pick<Approval, 'names' | 'count'>,
  now: Subject,
) {
  if (count !== now.count || !isDeepStrictEqual(names, now.names.slice(0, names.length)))
    throw hasChanged()
}
