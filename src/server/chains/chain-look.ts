/**
 * Reads the state that a plan is checked against, and whether a step that may have been sent was
 * done. Chains check this before they repeat a step (docs/decisions/0007, 0008).
 */
import type { Chain, ChainStep } from '#contract/chain.ts'
import { endpointPath } from '#contract/endpoints.ts'
import { isLeaving, isTransitional } from '#contract/lifecycle.ts'
import type { ChangeRequest, Known } from '#contract/plan.ts'
import type {
  CreateInstance,
  Instance,
  InstanceType,
  Snapshot,
  Template,
  ZoneEvent,
} from '#contract/types.ts'

import { listIn } from '../zone/answers.ts'
import { ProblemError } from '../zone/refusals.ts'
import { readJson, type ZoneClient } from '../zone/zone.ts'

/** How far the zone's clock may be behind the server's for an event to count as the step's. */
const clockMarginMs = 5_000
/** How long a chain waits for an accepted attachment before it counts as done. */
const attachMs = 60_000
/** How long a creation may be missing before it counts as never received. */
export const settleMs = 10_000
/** How long an instance that is in the audit trail may be missing in the list, and a creation without a response. */
const toldMs = 60_000

export async function get<T>(zone: ZoneClient, path: string): Promise<T> {
  return readJson<T>(zone.name, await zone.request({ method: 'GET', path }))
}

export const readInstance = (zone: ZoneClient, id: string) =>
  get<Instance>(zone, endpointPath('get-instance', { id }))

/** Whether the zone doesn't have what was asked for. */
export const isGone = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.status === 404

/** The templates of these ids; one that the zone does not have is left out. */
async function readTemplates(zone: ZoneClient, ids: (string | undefined)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))]
  const found = await Promise.all(
    wanted.map((id) =>
      get<Template>(zone, endpointPath('get-template', { id })).catch((error: unknown) => {
        if (isGone(error)) return undefined
        throw error
      }),
    ),
  )
  return found.filter((template) => template !== undefined)
}

/** A read that can be done without: undefined where the API key doesn't allow it. */
export async function unlessDenied<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'denied') return undefined
    throw error
  }
}

type Endpoint = ChangeRequest['endpoint']
/** What the plan of each change depends on; other changes are read nothing for. */
const needs: Record<'types' | 'templates' | 'snapshots', readonly Endpoint[]> = {
  types: ['scale-instance', 'resize-instance-disk'],
  templates: ['reset-instance', 'enable-tpm', 'reset-instance-password'],
  snapshots: ['revert-instance-to-snapshot'],
}

/**
 * What `plan` checks this request against, read anew: only what it needs, and without what the API
 * key may not read, which the zone then checks.
 */
export async function readKnown(
  zone: ZoneClient,
  instance: Instance,
  request: ChangeRequest,
): Promise<Known> {
  const { endpoint } = request
  const wanted = endpoint === 'reset-instance' ? request.body.template?.id : undefined
  const when = <T>(what: keyof typeof needs, read: () => Promise<T>) =>
    needs[what].includes(endpoint) ? unlessDenied(read()) : undefined
  const [types, templates, snapshots] = await Promise.all([
    when('types', () => get<{ 'instance-types'?: InstanceType[] }>(zone, '/instance-type')),
    when('templates', () => readTemplates(zone, [instance.template?.id, wanted])),
    when('snapshots', () => get<{ snapshots?: Snapshot[] }>(zone, '/snapshot')),
  ])
  return {
    zone: zone.name,
    ...(types ? { types: listIn(zone.name, types['instance-types']) } : {}),
    ...(templates ? { templates } : {}),
    ...(snapshots
      ? {
          snapshots: listIn(zone.name, snapshots.snapshots).filter(
            (one) => one.instance?.id === instance.id,
          ),
        }
      : {}),
  }
}

export type Found = 'done' | 'under-way' | 'not-done'

const has = (list: readonly { id?: string }[] | undefined, id: string | undefined) =>
  list?.some((one) => one.id === id) ?? false

/** Whether the instance shows that a step was done; undefined if it can't show it. */
export function seenOn(
  instance: Instance,
  { endpoint, body, target }: Pick<ChainStep, 'endpoint' | 'body' | 'target'>,
): Found | undefined {
  const { state } = instance
  const when = (done: boolean): Found => (done ? 'done' : 'not-done')
  switch (endpoint) {
    case 'stop-instance':
      return state === 'stopping' ? 'under-way' : when(state === 'stopped')
    case 'start-instance':
      return state === 'starting' ? 'under-way' : when(state === 'running')
    case 'scale-instance': {
      // The body was validated against this endpoint's rules.
      const { 'instance-type': type } = body as { 'instance-type': { id: string } }
      return when(instance['instance-type']?.id === type.id)
    }
    case 'resize-instance-disk': {
      // The body was validated against this endpoint's rules.
      const { 'disk-size': gib } = body as { 'disk-size': number }
      return when((instance['disk-size'] ?? 0) >= gib)
    }
    case 'enable-tpm':
      return when(instance['tpm-enabled'] === true)
    case 'delete-instance':
      // Whether it was asked for doesn't show until it has begun.
      return isLeaving(state ?? '') ? 'under-way' : undefined
    case 'create-instance':
      return isTransitional(state ?? '') ? 'under-way' : when(state !== 'error')
    case 'attach-instance-to-private-network':
      return has(instance['private-networks'], target) ? 'done' : undefined
    case 'attach-instance-to-elastic-ip':
      return has(instance['elastic-ips'], target) ? 'done' : undefined
    default:
      return undefined
  }
}

/**
 * Whether a step that the zone rejects is done all the same, because what it brings about is so
 * already; false where that can't be seen.
 */
export async function isSoAlready(
  zone: ZoneClient,
  instanceId: string,
  error: unknown,
  isShown: (instance: Instance) => boolean,
): Promise<boolean> {
  if (!(error instanceof ProblemError) || error.problem.code !== 'zone-refused')
    return false
  try {
    return isShown(await readInstance(zone, instanceId))
  } catch {
    return false
  }
}

/** A step that may have been sent. */
type Sent = Pick<ChainStep, 'endpoint' | 'body' | 'target' | 'sentAt'>

/** What the zone's audit trail has of a step as accepted since it may have been sent. */
async function acceptedSince(zone: ZoneClient, step: Sent): Promise<ZoneEvent[]> {
  const since = new Date((step.sentAt ?? 0) - clockMarginMs).toISOString().slice(0, 19)
  const path = `/event?${new URLSearchParams({ from: `${since}Z` })}`
  const events = await get<ZoneEvent[]>(zone, path)
  return events.filter(
    ({ handler, status }) => handler === step.endpoint && (status ?? 200) < 400,
  )
}

/** Whether the zone accepted this step of an instance, also by what it attaches. */
export async function seenInEvents(
  zone: ZoneClient,
  instanceId: string,
  step: Sent,
): Promise<Found> {
  const events = await acceptedSince(zone, step)
  const found = events.some(({ 'path-params': path, 'body-params': body }) => {
    const inPath = Object.values(path ?? {})
    if (step.target === undefined) return inPath.includes(instanceId)
    const { id } = (body?.['instance'] ?? {}) as { id?: unknown } // of an attach's body
    return inPath.includes(step.target) && id === instanceId
  })
  if (!found) return 'not-done'
  // Waits for the attachment, because the next one needs an idle instance.
  const waits = step.target !== undefined && Date.now() < (step.sentAt ?? 0) + attachMs
  return waits ? 'under-way' : 'done'
}

async function listInstances(zone: ZoneClient): Promise<Instance[]> {
  const answer = await get<{ instances?: Instance[] }>(zone, '/instance')
  return listIn(zone.name, answer.instances)
}

/** The ids of each name; undefined where the API key may not list instances. */
export async function idsNamed(
  zone: ZoneClient,
): Promise<ReadonlyMap<string, string[]> | undefined> {
  const instances = await unlessDenied(listInstances(zone))
  if (!instances) return undefined
  const ids = new Map<string, string[]>()
  for (const { id, name } of instances) {
    if (id && name) ids.set(name, [...(ids.get(name) ?? []), id])
  }
  return ids
}

export type Made = { found: Found; instanceId?: string }

/** Whether a creation may have made an instance, by its name, size and template. */
function mayHaveMade(create: ChainStep | undefined, one: Instance): boolean {
  const body = create?.body as CreateInstance | undefined // planCreate made it
  return (
    body !== undefined &&
    (body.name ?? one.name) === one.name &&
    (one.template?.id ?? body.template.id) === body.template.id &&
    (one['instance-type']?.id ?? body['instance-type'].id) === body['instance-type'].id
  )
}

/** Whether a creation was sent, at the same time as one that began at `since`, and it isn't known what it made. */
function isUndecided({ steps, instanceId, endedAt }: Chain, since: number): boolean {
  const [create] = steps
  const wasSent = create?.sentAt !== undefined && create.state !== 'failure'
  return wasSent && !instanceId && (endedAt === undefined || endedAt >= since)
}

/**
 * Finds the instance that a creation without a response may have made: one with its name, size and
 * template that didn't exist before; where those aren't known, by its creation time. What one of the `others`
 * has made isn't its own; what one of them may have made is no one's until that is known. Throws `Ambiguous`
 * if it stays unknown, if more than one matches, or if none does and the audit trail may not be read.
 */
export async function findMade(
  zone: ZoneClient,
  { startedAt }: Chain,
  step: ChainStep,
  others: () => Promise<Chain[]>,
): Promise<Made> {
  const { sentAt = 0, known } = step
  const fitting = (await listInstances(zone)).filter(
    (one) =>
      one.id &&
      (known
        ? !known.includes(one.id)
        : Date.parse(one['created-at'] ?? '') >= sentAt - clockMarginMs) &&
      mayHaveMade(step, one),
  )
  // After the list: the creation of whatever is in it was stored before it was sent.
  const rivals = fitting.length > 0 ? await others() : []
  const made = fitting.filter(
    ({ id }) => !rivals.some(({ instanceId }) => instanceId === id),
  )
  const undecided = rivals.filter(
    (rival) =>
      isUndecided(rival, startedAt) && made.some((one) => mayHaveMade(rival.steps[0], one)),
  )
  const [one] = made
  if (one?.id && made.length === 1 && undecided.length === 0)
    return { found: seenOn(one, step) ?? 'done', instanceId: one.id }
  if (one) {
    const lastSentAt = Math.max(
      sentAt,
      ...undecided.map(({ steps }) => steps[0]?.sentAt ?? 0),
    )
    if (undecided.length === 0 || Date.now() - lastSentAt > toldMs) throw new Ambiguous()
    return { found: 'under-way' }
  }
  const { name } = step.body as CreateInstance // planCreate made it
  const events = await unlessDenied(acceptedSince(zone, step))
  const told = events?.some(({ 'body-params': params }) => params?.['name'] === name)
  const age = Date.now() - sentAt
  // The list may be older than the audit trail, and the request may still be in transit. Without the
  // audit trail, an instance that is in no list may come all the same.
  if (told !== false && age > toldMs) throw new Ambiguous()
  return { found: told !== false || age < settleMs ? 'under-way' : 'not-done' }
}

/** It is unknown whether an instance was created, or which one it is. */
export class Ambiguous extends Error {}
