/**
 * Says what of a request's body the audit log keeps: the members that are listed here. Of any other only
 * the name is kept, since it may be a secret; of user data its length and its hash, by which two can be
 * told apart.
 */
import { createHash } from 'node:crypto'

const kept: ReadonlySet<string> = new Set([
  'name',
  'names',
  'description',
  'labels',
  'id',
  'ids',
  'ip',
  'size',
  'disk-size',
  'instance',
  'instances',
  'instance-type',
  'template',
  'ssh-key',
  'ssh-keys',
  'security-group',
  'security-groups',
  'anti-affinity-groups',
  'deploy-target',
  'private-networks',
  'elastic-ips',
  'reverseDns',
  'protect',
  'public-ip-assignment',
  'auto-start',
  'application-consistent-snapshot-enabled',
  'ipv6-enabled',
  'secureboot-enabled',
  'tpm-enabled',
  'rescue-profile',
  'domain-name',
  'flow-direction',
  'protocol',
  'network',
  'start-port',
  'end-port',
  'icmp',
  'code',
  'type',
  'field',
  'role',
  'disabled',
  'everywhere',
])

/** What is as long as a person writes; longer texts are cut. */
const longest = 1_024
const mostEntries = 100
const deepest = 6

function told(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.slice(0, longest)
  if (value === null || typeof value !== 'object') return value
  if (depth > deepest) return '…'
  if (Array.isArray(value))
    return value.slice(0, mostEntries).map((one) => told(one, depth + 1))
  return changedIn(value, depth + 1)
}

/** Of labels, names are chosen by people, too. */
const labelsIn = (labels: object) =>
  Object.fromEntries(
    Object.entries(labels)
      .slice(0, mostEntries)
      .map(([key, value]) => [key.slice(0, longest), told(value, 0)]),
  )

function userDataIn(value: unknown) {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { sha256, length: text.length }
}

/** What the audit log keeps of a parsed body; an empty object if there is none. */
export function changedIn(body: unknown, depth = 0): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {}
  const changed: Record<string, unknown> = {}
  const withheld: string[] = []
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue
    if (name === 'user-data') changed[name] = userDataIn(value)
    else if (name === 'labels' && value && typeof value === 'object')
      changed[name] = labelsIn(value)
    else if (kept.has(name)) changed[name] = told(value, depth)
    else withheld.push(name.slice(0, 64))
  }
  if (withheld.length > 0) changed['withheld'] = withheld.slice(0, mostEntries)
  return changed
}
