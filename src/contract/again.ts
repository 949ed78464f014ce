/** Turns a past operation into the call that it was, and says how the call is made again. */
import type { ChangeCall } from './call.ts'
import { endpoints, type ChangingId, type EndpointId } from './endpoints.ts'
import { endpointOf, type Job, type JobItem } from './job.ts'
import type { FollowedOperation } from './operation.ts'
import type { Labels, Trace } from './trace.ts'

const bodyless: ReadonlySet<string> = new Set([
  'stop-instance',
  'reboot-instance',
  'delete-instance',
  'add-instance-protection',
  'remove-instance-protection',
  'create-snapshot',
  'enable-tpm',
  'reset-instance-field',
  'reset-instance-password',
] satisfies EndpointId[])

function bodyOf(endpoint: string, id: string, trace: Trace): unknown {
  const { name, labels, addresses, consistent, type, diskGib, rescue, part, snapshotId } =
    trace
  if (part)
    return {
      instance: { id },
      ...(part.ip && endpoint.startsWith('attach') ? { ip: part.ip } : {}),
    }
  switch (endpoint) {
    case 'start-instance':
      return rescue ? { 'rescue-profile': rescue } : {}
    case 'scale-instance':
      return type && { 'instance-type': { id: type.after } }
    case 'resize-instance-disk':
      return diskGib && { 'disk-size': diskGib.after }
    case 'revert-instance-to-snapshot':
      return snapshotId && { id: snapshotId }
    case 'update-instance':
      if (!name && !labels && !addresses && !consistent) return undefined
      return {
        ...(name ? { name: name.after } : {}),
        ...(labels ? { labels: labels.after } : {}),
        ...(addresses ? { 'public-ip-assignment': addresses.after } : {}),
        ...(consistent
          ? { 'application-consistent-snapshot-enabled': consistent.after }
          : {}),
      }
    default:
      return undefined
  }
}

/** The call of a change of a security group; without the id of its rule, a removal has none. */
function groupCall(endpoint: string, zone: string, trace: Trace): ChangeCall | undefined {
  const { group: { id, ...named } = {}, rule } = trace
  if (endpoint === 'create-security-group') return { endpoint, zone, body: named }
  if (!id) return undefined
  const parameters = { id }
  if (endpoint === 'delete-security-group') return { endpoint, zone, parameters }
  return endpoint === 'add-rule-to-security-group' && rule
    ? { endpoint, zone, parameters, body: rule }
    : undefined
}

type Past = Pick<FollowedOperation, 'endpoint' | 'zone' | 'instanceId' | 'trace'>

/** The call of an operation; undefined where what was sent is not kept. */
export function callOfOperation(operation: Past): ChangeCall | undefined {
  const { endpoint, zone, instanceId: id, trace = {} } = operation
  if (trace.group) return groupCall(endpoint, zone, trace)
  if (!id || !(endpoint in endpoints)) return undefined
  const body = bodyOf(endpoint, id, trace)
  if (!bodyless.has(endpoint) && body === undefined) return undefined
  const parameters: Record<string, string> = trace.part
    ? { id: trace.part.id }
    : { id, 'instance-id': id, field: 'labels' }
  return {
    endpoint: endpoint as ChangingId, // it is one of the table's, and was followed as a change
    zone,
    parameters,
    ...(body === undefined ? {} : { body }),
  }
}

/** The call of an item of a job; undefined where what was sent is not kept. */
export const callOfItem = (job: Pick<Job, 'action'>, item: JobItem) =>
  callOfOperation({ ...item, endpoint: endpointOf(job, item) })

/** What a change did to labels, whatever others an instance has. */
export type LabelChange = { set: Labels; removed: string[] }

/** The change that was confirmed; where the labels before are unknown, all that were sent are set. */
function labelChange({ before = {}, after }: NonNullable<Trace['labels']>): LabelChange {
  return {
    set: Object.fromEntries(
      Object.entries(after).filter(([key, value]) => before[key] !== value),
    ),
    removed: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
  }
}

/** Labels after a change. */
export function withLabelChange(now: Labels, { set, removed }: LabelChange): Labels {
  const kept = Object.entries(now).filter(([key]) => !removed.includes(key))
  return { ...Object.fromEntries(kept), ...set }
}

/** How a change is repeated: with its confirmation, with its form, or at once if no data is lost. */
type Again =
  | {
      how: 'ask'
      dialog:
        | 'stop'
        | 'reboot'
        | 'rescue'
        | 'rename'
        | 'scale'
        | 'grow'
        | 'tpm'
        | 'snapshot'
        | 'reinstall'
        | 'revert'
        | 'delete'
        | 'delete-snapshot'
      part?: string
    }
  /** In the form, which applies it to the labels as they are by then. */
  | { how: 'labels'; change: LabelChange }
  | { how: 'call'; call: ChangeCall }

/** How an operation is repeated; undefined if that isn't possible. */
export function againOf(operation: FollowedOperation): Again | undefined {
  const { endpoint, trace = {} } = operation
  const call = callOfOperation(operation)
  switch (endpoint) {
    case 'stop-instance':
      return { how: 'ask', dialog: 'stop' }
    case 'reboot-instance':
      return { how: 'ask', dialog: 'reboot' }
    case 'create-snapshot':
      return { how: 'ask', dialog: 'snapshot' }
    case 'reset-instance':
      return { how: 'ask', dialog: 'reinstall' }
    case 'delete-instance':
      return { how: 'ask', dialog: 'delete' }
    case 'delete-snapshot':
      // After a successful deletion there is nothing left to delete.
      return operation.state !== 'success' && trace.snapshotId
        ? { how: 'ask', dialog: 'delete-snapshot', part: trace.snapshotId }
        : undefined
    case 'enable-tpm':
      return { how: 'ask', dialog: 'tpm' }
    case 'start-instance':
      if (trace.rescue) return { how: 'ask', dialog: 'rescue' }
      break
    case 'scale-instance':
      return trace.type && { how: 'ask', dialog: 'scale', part: trace.type.after }
    case 'resize-instance-disk':
      return (
        trace.diskGib && {
          how: 'ask',
          dialog: 'grow',
          part: String(trace.diskGib.after),
        }
      )
    case 'revert-instance-to-snapshot':
      return trace.snapshotId
        ? { how: 'ask', dialog: 'revert', part: trace.snapshotId }
        : undefined
    case 'update-instance':
      if (trace.labels) return { how: 'labels', change: labelChange(trace.labels) }
      return trace.name && { how: 'ask', dialog: 'rename', part: trace.name.after }
    case 'reset-instance-field':
      // Which labels it was to remove is known only from those before.
      return trace.labels?.before && { how: 'labels', change: labelChange(trace.labels) }
    default:
      break
  }
  // What was made or added needs no second one.
  const failedToMake =
    operation.state !== 'success' &&
    ['create-security-group', 'add-rule-to-security-group'].includes(endpoint)
  const harmless =
    failedToMake ||
    endpoint === 'start-instance' ||
    endpoint.endsWith('-instance-protection') ||
    trace.part !== undefined
  return harmless && call ? { how: 'call', call } : undefined
}
