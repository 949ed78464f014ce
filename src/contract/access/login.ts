/**
 * Says how people log in to an instance over the network, which security group rules let them, and
 * what a request for access adds: a rule for one source, in a group that has no other.
 */
import type {
  AddRuleToSecurityGroup,
  SecurityGroup,
  SecurityGroupRule,
  Template,
} from '../types.ts'
import { readSource, type Family } from './source.ts'

export type LoginWay = { kind: 'ssh' | 'rdp'; name: 'SSH' | 'RDP'; port: number }

const ssh: LoginWay = { kind: 'ssh', name: 'SSH', port: 22 }
const rdp: LoginWay = { kind: 'rdp', name: 'RDP', port: 3389 }

/** How people log in to what is made from a template; SSH where the template isn't known. */
export const loginWay = (template: Pick<Template, 'family'> | undefined): LoginWay =>
  template?.family === 'windows' ? rdp : ssh

const anywhere = new Set(['0.0.0.0/0', '::/0'])

/** The rules for inbound traffic. */
export const entering = (group: SecurityGroup): SecurityGroupRule[] =>
  (group.rules ?? []).filter((rule) => rule['flow-direction'] !== 'egress')

/** Whether a network has addresses of these families; one that can't be read may have any. */
function isOf(network: string, families: readonly Family[]): boolean {
  const source = readSource(network)
  return !source.ok || families.includes(source.family)
}

/** Whether a rule allows TCP to this port from some address of these families. */
export function fits(
  rule: SecurityGroupRule,
  port: number,
  families: readonly Family[],
): boolean {
  if (rule.protocol && !['tcp', 'all'].includes(rule.protocol)) return false
  if (rule.network !== undefined && !isOf(rule.network, families)) return false
  const start = rule['start-port'] ?? 0
  return start <= port && port <= (rule['end-port'] ?? rule['start-port'] ?? 65_535)
}

/**
 * The networks from which people get in by a rule, and undefined for those that aren't known: a group as its source
 * stands for its instances, where no one sits, and for its external sources.
 */
function networksOf(
  { network, 'security-group': source }: SecurityGroupRule,
  all: readonly SecurityGroup[],
): (string | undefined)[] {
  const group = source && all.find(({ id }) => id === source.id)
  return network === undefined && group ? (group['external-sources'] ?? []) : [network]
}

export type Reach = 'no' | 'some' | 'world'

/**
 * Whether any of the groups lets people in by this TCP port, and whether from any address. `families` are
 * those of the instance's own addresses, and `all` are the groups that rules can name as their source.
 */
export function reachable(
  groups: readonly SecurityGroup[],
  port: number,
  families: readonly Family[] = [4, 6],
  all: readonly SecurityGroup[] = groups,
): Reach {
  const networks = groups
    .flatMap(entering)
    .filter((rule) => fits(rule, port, families))
    .flatMap((rule) => networksOf(rule, all))
    .filter((network) => network === undefined || isOf(network, families))
  if (networks.some((network) => anywhere.has(network ?? ''))) return 'world'
  return networks.length > 0 ? 'some' : 'no'
}

/** The families of a new instance's own addresses. */
export const familiesOf = (address: string | undefined): Family[] =>
  address === 'none' ? [] : address === 'dual' ? [4, 6] : [4]

/** The rule that lets people log in from one network, which is CIDR. */
export const loginRule = (
  { port, name }: LoginWay,
  network: string,
): AddRuleToSecurityGroup => ({
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': port,
  'end-port': port,
  network,
  description: `${name} from ${network}`,
})

/** The name of the group for such a rule; a single address goes without its prefix. */
export function loginGroupName({ kind }: LoginWay, network: string): string {
  const [address = '', prefix = ''] = network.split('/')
  const single = prefix === (address.includes(':') ? '128' : '32')
  return `${kind}-from-${single ? address : `${address}-${prefix}`}`
}
