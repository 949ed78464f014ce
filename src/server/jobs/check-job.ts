/** Checks requests about jobs before anything is stored or sent. */
import type { FastifyRequest } from 'fastify'

import { endpoints, isId } from '#contract/endpoints.ts'
import {
  JOB_MAX,
  jobActions,
  jobEndpoints,
  jobUndo,
  type Job,
  type JobAction,
  type JobDetail,
  type JobOrder,
  type JobTarget,
} from '#contract/job.ts'
import type { ProblemEntry } from '#contract/problem.ts'

import { bodyErrors, entryOf, parseBody } from '../calls/bodies.ts'
import type { Deps } from '../deps.ts'
import { noSuchInstance, type Reach } from '../people/reach.ts'
import { siftJob } from '../people/sift.ts'
import { refuse } from '../zone/refusals.ts'
import { zoneOf } from '../zone/zone.ts'
import { isTheirs } from './job-entries.ts'
import { mayDo } from './job-plans.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

function isTarget(value: unknown): value is JobTarget {
  // What is no object has no members, and each member is checked here.
  const { zone, instanceId, name, seen } = Object(value) as Partial<JobTarget>
  return [zone, instanceId, name, seen].every(isText)
}

function isOrder(value: unknown): value is JobOrder {
  // As above.
  const { key, action, label, targets } = Object(value) as Partial<JobOrder>
  return (
    isText(key) &&
    isId(key) &&
    jobActions.some((one) => one === action) &&
    (action === 'label') === (label !== undefined) &&
    (label === undefined || (isText(Object(label).key) && isText(Object(label).value))) &&
    Array.isArray(targets) &&
    targets.every(isTarget)
  )
}

function orderErrors({ action, label, targets }: JobOrder): ProblemEntry[] {
  const errors: ProblemEntry[] = []
  if (targets.length < 1 || targets.length > JOB_MAX)
    errors.push(entryOf('count', 'targets', JOB_MAX))
  if (!targets.every(({ instanceId }) => isId(instanceId)))
    errors.push(entryOf('bad-id', 'targets'))
  const instances = new Set(targets.map(({ zone, instanceId }) => `${zone}/${instanceId}`))
  if (instances.size < targets.length) errors.push(entryOf('not-unique', 'targets'))
  if (label?.key.trim() === '') errors.push(entryOf('empty', 'label.key'))
  const body = label ? { labels: { [label.key]: label.value } } : undefined
  const sent = action === 'start' ? {} : body
  return [...errors, ...bodyErrors(jobEndpoints[action], sent)]
}

function requireRole({ person }: Pick<FastifyRequest, 'person'>, action: JobAction): void {
  const { role } = endpoints[jobEndpoints[action]]
  if (!mayDo(person.role, action))
    throw refuse('not-allowed', 403, { code: 'needs-role', role })
}

/** A `JobOrder` that is one, of zones that are known, of who may ask. */
export function checkJob(
  deps: Pick<Deps, 'zones'>,
  request: Pick<FastifyRequest, 'body' | 'person' | 'reach'>,
): JobOrder {
  const order = parseBody(request.body)
  if (!isOrder(order)) throw refuse('invalid', 400, { code: 'bad-job' })
  requireRole(request, order.action)
  const errors = orderErrors(order)
  if (errors.length > 0)
    throw refuse('invalid', 400, { code: 'values-not-accepted' }, { errors })
  for (const zone of new Set(order.targets.map(({ zone }) => zone)))
    zoneOf(deps.zones, zone)
  const { reach } = request
  for (const { zone, instanceId } of order.targets) reach.requireInstance(zone, instanceId)
  // With another value, the instance would leave what is theirs.
  if (order.label && reach.isNarrowedBy(order.label.key.trim())) reach.requireLabels({})
  const { label } = order
  return label
    ? { ...order, label: { key: label.key.trim(), value: label.value.trim() } }
    : order
}

type JobsOf = { jobs: { detail(id: string): Promise<JobDetail> } }

/** A job, if it is the person's own or the person isn't narrowed; throws a 404. */
async function theirJob(
  { jobs }: JobsOf,
  { reach }: Pick<FastifyRequest, 'reach'>,
  id: string,
): Promise<JobDetail> {
  const detail = await jobs.detail(id)
  siftMade(detail, reach)
  return detail
}

/** A job as the person may see who asked for it; throws a 404 for another's. */
export function siftMade(job: Job, reach: Reach): Job {
  const theirs = siftJob(job, reach)
  if (theirs) return theirs
  throw refuse('not-found', 404, { code: 'no-such-job' })
}

/** A job as a person may see it, with the instances that are theirs. */
export function siftDetail(detail: JobDetail, reach: Reach): JobDetail {
  const items = detail.items.filter(({ zone, instanceId }) => reach.has(zone, instanceId))
  return { ...detail, ...siftJob(detail, reach), items }
}

/** A job for its page. */
export async function readJob(
  deps: JobsOf,
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<JobDetail> {
  return siftDetail(await theirJob(deps, request, request.params.id), request.reach)
}

/** The id of a job of who may do what it does. */
export async function checkJobId(
  deps: JobsOf,
  request: Pick<FastifyRequest, 'params' | 'person' | 'reach'>,
  { undoes = false, stops = false } = {},
): Promise<string> {
  const { id = '' } = request.params as { id?: string } // the route has it
  const { action, items } = await theirJob(deps, request, id)
  // Only what is theirs is asked again (jobs.ts); a stop asks nothing.
  if (!stops && !items.some(isTheirs(request))) throw noSuchInstance()
  requireRole(request, (undoes && jobUndo[action]) || action)
  return id
}
