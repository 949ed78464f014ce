/** Says how an operation can be undone, and whether what it changed is still so. */
import type { ChangingId, EndpointId } from './endpoints.ts'
import type { FollowedOperation } from './operation.ts'
import { asAdded, type Labels, type Trace } from './trace.ts'
import type { AddRuleToSecurityGroup, Instance, SecurityGroup } from './types.ts'

/**
 * How a change is undone. `call` is sent at once, because it loses nothing; `ask` opens the dialog of
 * the reverse change.
 */
export type Undo =
  | { how: 'call'; endpoint: 'delete-security-group'; parameters: Record<string, string> }
  | {
      how: 'call'
      endpoint: Exclude<ChangingId, 'delete-security-group'>
      parameters: Record<string, string>
      body?: unknown
    }
  /** Removes a rule from a security group; its id is read from the group when it is undone. */
  | { how: 'remove-rule'; group: string; rule: AddRuleToSecurityGroup }
  | { how: 'ask'; dialog: 'stop' }
  | { how: 'ask'; dialog: 'scale'; to: string }
  | { how: 'ask'; dialog: 'delete-snapshot'; snapshot: string }
  | { how: 'ask'; dialog: 'detach-volume'; volume: string }

type Reverse = Exclude<ChangingId, 'delete-security-group'>

const opposites: Partial<Record<EndpointId, Reverse>> = {
  'stop-instance': 'start-instance',
  'add-instance-protection': 'remove-instance-protection',
  'remove-instance-protection': 'add-instance-protection',
  'attach-instance-to-security-group': 'detach-instance-from-security-group',
  'detach-instance-from-security-group': 'attach-instance-to-security-group',
  'attach-instance-to-elastic-ip': 'detach-instance-from-elastic-ip',
  'detach-instance-from-elastic-ip': 'attach-instance-to-elastic-ip',
  'attach-instance-to-private-network': 'detach-instance-from-private-network',
  'detach-instance-from-private-network': 'attach-instance-to-private-network',
}

/** The body of an attach or detach. */
const partBody = (instanceId: string, ip: string | undefined) => ({
  instance: { id: instanceId },
  ...(ip ? { ip } : {}),
})

function undoUpdate(id: string, { name, labels, consistent }: Trace): Undo | undefined {
  const parameters = { id }
  if (consistent?.before !== undefined)
    return {
      how: 'call',
      endpoint: 'update-instance',
      parameters,
      body: { 'application-consistent-snapshot-enabled': consistent.before },
    }
  if (name?.before !== undefined)
    return {
      how: 'call',
      endpoint: 'update-instance',
      parameters,
      body: { name: name.before },
    }
  if (!labels?.before) return undefined
  return Object.keys(labels.before).length === 0
    ? { how: 'call', endpoint: 'reset-instance-field', parameters: { id, field: 'labels' } }
    : {
        how: 'call',
        endpoint: 'update-instance',
        parameters,
        body: { labels: labels.before },
      }
}

/** How a change of a security group is undone, which concerns no instance. */
function undoGroup(endpoint: EndpointId, { group, rule }: Trace): Undo | undefined {
  if (!group?.id) return undefined
  const parameters = { id: group.id }
  if (endpoint === 'create-security-group')
    return { how: 'call', endpoint: 'delete-security-group', parameters }
  if (!rule) return undefined
  if (endpoint === 'add-rule-to-security-group')
    return { how: 'remove-rule', group: group.id, rule }
  return endpoint === 'delete-rule-from-security-group'
    ? { how: 'call', endpoint: 'add-rule-to-security-group', parameters, body: rule }
    : undefined
}

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(([key, member]) => [key, sorted(member)]),
      )
    : value

const sameValue = (one: unknown, other: unknown) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** The ids of a group's rules that a request to add `rule` makes. */
export const rulesLike = (
  { rules = [] }: SecurityGroup,
  rule: AddRuleToSecurityGroup,
): string[] => rules.filter((one) => sameValue(asAdded(one), rule)).map(({ id }) => id)

/** How an operation is undone; undefined if it can't be undone or changed nothing. */
export function undoOf(operation: FollowedOperation): Undo | undefined {
  const { instanceId: id, state, chainId, trace } = operation
  if (state !== 'success') return undefined
  // An endpoint of the contract, or of an older version; the tables then have no entry.
  const endpoint = operation.endpoint as EndpointId
  if (trace?.group) return undoGroup(endpoint, trace)
  if (!id) return undefined
  if (trace?.part) {
    const reverse = opposites[endpoint]
    const ip = reverse?.startsWith('attach') ? trace.part.ip : undefined
    return reverse && trace.part.id
      ? {
          how: 'call',
          endpoint: reverse,
          parameters: { id: trace.part.id },
          body: partBody(id, ip),
        }
      : undefined
  }
  switch (endpoint) {
    case 'update-instance':
    case 'reset-instance-field':
      return trace && undoUpdate(id, trace)
    case 'add-instance-protection':
    case 'remove-instance-protection': {
      const reverse = opposites[endpoint]
      return reverse && { how: 'call', endpoint: reverse, parameters: { id } }
    }
    case 'attach-block-storage-volume-to-instance':
      return trace?.volumeId
        ? { how: 'ask', dialog: 'detach-volume', volume: trace.volumeId }
        : undefined
    case 'detach-block-storage-volume':
      return trace?.volumeId
        ? {
            how: 'call',
            endpoint: 'attach-block-storage-volume-to-instance',
            parameters: { id: trace.volumeId },
            body: partBody(id, undefined),
          }
        : undefined
    case 'stop-instance':
      // A chain starts it again automatically.
      return chainId
        ? undefined
        : { how: 'call', endpoint: 'start-instance', parameters: { id }, body: {} }
    case 'start-instance':
      return chainId ? undefined : { how: 'ask', dialog: 'stop' }
    case 'scale-instance':
      return trace?.type?.before
        ? { how: 'ask', dialog: 'scale', to: trace.type.before }
        : undefined
    case 'create-snapshot':
      return trace?.snapshotId
        ? { how: 'ask', dialog: 'delete-snapshot', snapshot: trace.snapshotId }
        : undefined
    default:
      return undefined
  }
}

const final: ReadonlySet<string> = new Set([
  'delete-instance',
  'reset-instance',
  'resize-instance-disk',
  'revert-instance-to-snapshot',
  'enable-tpm',
  'evict-instance-pool-members',
  'delete-snapshot',
  'delete-security-group',
  'delete-block-storage-volume',
  'resize-block-storage-volume',
] satisfies EndpointId[])

/** Whether what was done can't be undone at all, so that no undo is offered. */
export const isFinal = ({ endpoint, state }: FollowedOperation): boolean =>
  state === 'success' && final.has(endpoint)

/** Whether two maps of labels are the same. */
export const sameLabels = (one: Labels, other: Labels): boolean => {
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => one[key] === other[key])
  )
}

/** The present state, to check whether a change still applies. */
export type Present = {
  instance: Instance
  protection: 'on' | 'off' | 'unknown'
  snapshotIds: readonly string[]
  /** Those that are attached to it. */
  volumeIds: readonly string[]
}

function wears(endpoint: string, { id }: { id: string }, instance: Instance): boolean {
  const parts = endpoint.endsWith('security-group')
    ? instance['security-groups']
    : endpoint.endsWith('elastic-ip')
      ? instance['elastic-ips']
      : instance['private-networks']
  return (parts ?? []).some((part) => part.id === id)
}

/** Whether a change still applies: an undo must not undo a newer change. */
export function stillHolds(
  { endpoint, trace = {} }: FollowedOperation,
  { instance, protection, snapshotIds, volumeIds }: Present,
): boolean {
  const { name, labels, type, part, snapshotId, volumeId, consistent } = trace
  if (part) return wears(endpoint, part, instance) === endpoint.startsWith('attach')
  if (name) return instance.name === name.after
  if (labels) return sameLabels(instance.labels ?? {}, labels.after)
  if (consistent) {
    const now = instance['application-consistent-snapshot-enabled'] ?? false
    return now === consistent.after
  }
  if (volumeId) return volumeIds.includes(volumeId) === endpoint.startsWith('attach')
  if (type) return instance['instance-type']?.id === type.after
  if (endpoint === 'create-snapshot') return snapshotIds.includes(snapshotId ?? '')
  if (endpoint === 'add-instance-protection') return protection === 'on'
  if (endpoint === 'remove-instance-protection') return protection === 'off'
  if (endpoint === 'start-instance') return instance.state === 'running'
  if (endpoint === 'stop-instance') return instance.state === 'stopped'
  return false
}
