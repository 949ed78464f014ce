/**
 * Judges by the instance how an operation ended, for API keys that may change instances but not
 * read operations: a read that is only needed to watch must not keep a change from its next step.
 */
import { callOfOperation } from '#contract/again.ts'
import type { ChainStep } from '#contract/chain.ts'
import { endpointPath } from '#contract/endpoints.ts'
import { isTransitional } from '#contract/lifecycle.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { Labels } from '#contract/trace.ts'
import type { Instance, SecurityGroup, Snapshot } from '#contract/types.ts'
import { rulesLike } from '#contract/undo.ts'

import { get, isGone, readInstance, seenOn, type Found } from '../chains/chain-look.ts'
import { ProblemError } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'

/** How long an instance may look as before until it counts as not known what became of a change. */
const unmovedMs = 60_000
/** How long one may be on its way. */
const movingMs = 60 * 60_000

/** The zone rejects this read, today and tomorrow: asking again doesn't help. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ProblemError &&
  (error.problem.code === 'denied' ||
    (error.problem.code === 'zone-refused' && ![404, 408].includes(error.problem.status)))

const sameLabels = (one: Labels = {}, other: Labels = {}) =>
  Object.keys({ ...one, ...other }).every((key) => one[key] === other[key])

/** What an attachment or its end changes on the instance. */
function partSeen(instance: Instance, { endpoint, trace }: FollowedOperation) {
  const [, way, kind] =
    /^(attach|detach)-instance-(?:to|from)-(security-group|elastic-ip|private-network)$/.exec(
      endpoint,
    ) ?? []
  if (!kind || !trace?.part) return undefined
  // One of the three lists that the pattern names.
  const list = instance[`${kind}s` as 'elastic-ips'] ?? []
  const has = list.some(({ id }) => id === trace.part?.id)
  return has === (way === 'attach') ? 'done' : 'not-done'
}

/** Whether the instance shows what the operation changes; undefined where nothing shows it. */
export function shown(instance: Instance, operation: FollowedOperation): Found | undefined {
  const { endpoint, trace = {} } = operation
  const { name, labels } = trace
  if (endpoint === 'update-instance' && name)
    return instance.name === name.after ? 'done' : 'not-done'
  if (endpoint === 'update-instance' && labels)
    return sameLabels(instance.labels, labels.after) ? 'done' : 'not-done'
  if (endpoint === 'reset-instance-field')
    return sameLabels(instance.labels) ? 'done' : 'not-done'
  if (endpoint === 'delete-instance') return 'not-done'
  const part = partSeen(instance, operation)
  if (part) return part
  const body = callOfOperation(operation)?.body
  // What changes the size or the disk is told by its body, which the trace gives back.
  const told = !['scale-instance', 'resize-instance-disk'].includes(endpoint) || body
  // A step's, or another's, which shows nothing.
  const step = { endpoint: endpoint as ChainStep['endpoint'], body }
  return told ? seenOn(instance, step) : undefined
}

async function snapshotSeen(zone: ZoneClient, id: string): Promise<Verdict> {
  const { state } = await get<Snapshot>(zone, endpointPath('get-snapshot', { id }))
  if (state === 'ready' || state === 'exported') return 'success'
  return state === 'error' ? 'failure' : 'pending'
}

/** Whether a security group shows what was changed of it; one that is gone throws. */
async function groupSeen(
  zone: ZoneClient,
  { endpoint, trace: { group, rule } = {} }: FollowedOperation,
  elapsedMs: number,
): Promise<Verdict> {
  const parameters = { id: group?.id ?? '' }
  const now = await get<SecurityGroup>(zone, endpointPath('get-security-group', parameters))
  const has = rule !== undefined && rulesLike(now, rule).length > 0
  if (endpoint === 'create-security-group') return 'success'
  if (endpoint === 'add-rule-to-security-group' && has) return 'success'
  if (endpoint === 'delete-rule-from-security-group' && rule && !has) return 'success'
  return elapsedMs < unmovedMs ? 'pending' : 'unknown'
}

type Verdict = 'pending' | 'success' | 'failure' | 'unknown'

async function look(
  zone: ZoneClient,
  operation: FollowedOperation,
  elapsedMs: number,
): Promise<Verdict> {
  const { endpoint, instanceId, trace } = operation
  if (endpoint === 'create-snapshot' && trace?.snapshotId)
    return snapshotSeen(zone, trace.snapshotId)
  if (trace?.group?.id) return groupSeen(zone, operation, elapsedMs)
  if (!instanceId) return 'unknown'
  const instance = await readInstance(zone, instanceId)
  const found = shown(instance, operation)
  if (found === 'done') return 'success'
  if (found === 'under-way' || isTransitional(instance.state ?? ''))
    return elapsedMs < movingMs ? 'pending' : 'unknown'
  return found && elapsedMs < unmovedMs ? 'pending' : 'unknown'
}

/** How an operation stands `elapsedMs` after it was begun; `unknown` where nothing shows it. */
export async function judge(
  zone: ZoneClient,
  operation: FollowedOperation,
  elapsedMs: number,
): Promise<Verdict> {
  try {
    return await look(zone, operation, elapsedMs)
  } catch (error) {
    if (isGone(error))
      return ['delete-instance', 'delete-security-group'].includes(operation.endpoint)
        ? 'success'
        : 'unknown'
    if (isRefusal(error)) return 'unknown'
    return elapsedMs < movingMs ? 'pending' : 'unknown'
  }
}
