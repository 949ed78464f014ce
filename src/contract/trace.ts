/**
 * Describes traces: what a change set and the values before it, so that the change can be shown as
 * a difference, requested again and undone. Vedette stores it with its own operations. It never
 * holds user data, a key or a password.
 */
import type { EndpointId } from './endpoints.ts'
import type { PlannedStep } from './plan.ts'
import type {
  AddRuleToSecurityGroup,
  CreateSecurityGroup,
  Instance,
  Operation,
  SecurityGroupRule,
} from './types.ts'

export type Labels = Record<string, string>
type Difference<T> = { before?: T; after: T }

export type Trace = {
  name?: Difference<string>
  labels?: Difference<Labels>
  /** Ids of sizes. */
  type?: Difference<string>
  diskGib?: Difference<number>
  /** Of the public addresses: `inet4`, `dual`. */
  addresses?: Difference<string>
  consistent?: Difference<boolean>
  rescue?: string
  /** What it was attached to or detached from, and its address there. */
  part?: { id: string; ip?: string }
  snapshotId?: string
  /** The block volume that was attached or detached. */
  volumeId?: string
  /** The security group that was created, deleted, or whose rules were changed. */
  group?: { id?: string; name?: string; description?: string }
  /** The rule that was added to it or removed from it. */
  rule?: AddRuleToSecurityGroup
}

/** The values that are read for the trace before a change is sent. */
export type Before = {
  instance?: Instance | undefined
  ip?: string | undefined
  /** The rule that is removed. */
  rule?: SecurityGroupRule | undefined
}

type Sent = {
  body?: unknown
  parameters: Record<string, string>
  /** The object of the returned operation. */
  reference?: string | undefined
}

function difference<T>(before: T | undefined, after: T): Difference<T> {
  return before === undefined ? { after } : { before, after }
}

type Bodies = {
  name?: string
  labels?: Labels | null
  'public-ip-assignment'?: string
  'application-consistent-snapshot-enabled'?: boolean
  'instance-type'?: { id: string }
  'disk-size'?: number
  'rescue-profile'?: string
  id?: string
  ip?: string
}

function updated(body: Bodies, now: Instance | undefined): Trace {
  const { name, labels } = body
  const addresses = body['public-ip-assignment']
  const consistent = body['application-consistent-snapshot-enabled']
  return {
    ...(name === undefined ? {} : { name: difference(now?.name, name) }),
    ...(labels ? { labels: difference(now && (now.labels ?? {}), labels) } : {}),
    ...(addresses
      ? { addresses: difference<string>(now?.['public-ip-assignment'], addresses) }
      : {}),
    ...(consistent === undefined
      ? {}
      : {
          consistent: difference(
            now && (now['application-consistent-snapshot-enabled'] ?? false),
            consistent,
          ),
        }),
  }
}

const directions = ['ingress', 'egress'] as const
const protocols = [
  'tcp',
  'udp',
  'icmp',
  'icmpv6',
  'ah',
  'esp',
  'gre',
  'ipip',
  'all',
] as const

/** The request that adds a rule like `rule`; undefined if it has values that can't be sent. */
export function asAdded({
  id: _id,
  'flow-direction': flow,
  protocol: named,
  'security-group': from,
  ...rest
}: SecurityGroupRule): AddRuleToSecurityGroup | undefined {
  const direction = directions.find((one) => one === flow)
  const protocol = protocols.find((one) => one === named)
  if (!direction || !protocol) return undefined
  return {
    'flow-direction': direction,
    protocol,
    ...rest,
    ...(from?.id ? { 'security-group': { id: from.id } } : {}),
  }
}

/** Of a change of a security group or its rules. */
function groupTrace(
  endpoint: EndpointId,
  { body, parameters, reference }: Sent,
  rule: SecurityGroupRule | undefined,
): Trace {
  const id = parameters['id'] ?? reference
  const group = id ? { id } : {}
  if (endpoint === 'create-security-group')
    // Checked against the contract before it was sent.
    return { group: { ...group, ...(body as CreateSecurityGroup) } }
  if (endpoint === 'add-rule-to-security-group')
    return { group, rule: body as AddRuleToSecurityGroup } // as above
  const removed = rule && asAdded(rule)
  return { group, ...(removed ? { rule: removed } : {}) }
}

/** The trace of a sent change; undefined if the endpoint needs none. */
export function traceOf(
  endpoint: EndpointId,
  { body: sent, parameters, reference }: Sent,
  { instance: now, ip, rule }: Before = {},
): Trace | undefined {
  // Checked against the contract before it was sent; only existing members are read.
  const body = (sent ?? {}) as Bodies
  if (/^(at|de)tach-instance-(to|from)-/.test(endpoint)) {
    const address = body.ip ?? ip
    return { part: { id: parameters['id'] ?? '', ...(address ? { ip: address } : {}) } }
  }
  switch (endpoint) {
    case 'create-security-group':
    case 'delete-security-group':
    case 'add-rule-to-security-group':
    case 'delete-rule-from-security-group':
      return groupTrace(endpoint, { body: sent, parameters, reference }, rule)
    case 'attach-block-storage-volume-to-instance':
    case 'detach-block-storage-volume':
      return parameters['id'] ? { volumeId: parameters['id'] } : undefined
    case 'delete-snapshot':
      return parameters['id'] ? { snapshotId: parameters['id'] } : undefined
    case 'update-instance': {
      const trace = updated(body, now)
      return Object.keys(trace).length > 0 ? trace : undefined
    }
    case 'reset-instance-field':
      return { labels: difference(now && (now.labels ?? {}), {}) }
    case 'scale-instance':
      return {
        type: difference(now?.['instance-type']?.id, body['instance-type']?.id ?? ''),
      }
    case 'resize-instance-disk':
      return { diskGib: difference(now?.['disk-size'], body['disk-size'] ?? 0) }
    case 'start-instance':
      return body['rescue-profile'] ? { rescue: body['rescue-profile'] } : undefined
    case 'create-snapshot':
      return reference ? { snapshotId: reference } : undefined
    case 'revert-instance-to-snapshot':
      return body.id ? { snapshotId: body.id } : undefined
    default:
      return undefined
  }
}

/** A step of a chain with its trace, from the instance at the start of the chain. */
export function withTrace<S extends PlannedStep>(step: S, instance: Instance) {
  const trace = traceOf(step.endpoint, { body: step.body, parameters: {} }, { instance })
  return trace ? { ...step, trace } : step
}

/** The trace of a step that took a snapshot, whose id is in its operation. */
export function takenSnapshot(endpoint: EndpointId, { reference }: Operation) {
  return endpoint === 'create-snapshot' && reference?.id
    ? { trace: { snapshotId: reference.id } }
    : {}
}
