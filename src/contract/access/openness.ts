/**
 * Says to whom the security groups of an instance open a TCP port: to anyone, to the person who asks, to others, or to no
 * one. What couldn't be read is unknown and never closed, because it may contain the rule that opens the port.
 */
import type { SecurityGroup, SecurityGroupRule } from '../types.ts'
import { entering, fits } from './login.ts'
import { readSource, type Family } from './source.ts'

export type Openness =
  /** From any address of these families, which are some or all of the instance's. */
  | { to: 'anyone'; families: Family[] }
  /** The own address is in one of `sources`. */
  | { to: 'you'; sources: string[] }
  /** The own address is in none of `sources`. */
  | { to: 'others'; sources: string[] }
  /** Whether the own address is in one of `sources` isn't known. */
  | { to: 'some'; sources: string[] }
  | { to: 'no-one' }
  | { to: 'unknown' }

export type OpennessQuestion = {
  /** The ids of the instance's groups; undefined if they aren't known. */
  ids: readonly string[] | undefined
  /** All groups; undefined if they couldn't be read. */
  groups: readonly SecurityGroup[] | undefined
  port: number
  /** Of the instance's public addresses; those of one without any may be both. */
  families: readonly Family[]
  /** The address of the person who asks, if it is known. */
  own: string | undefined
}

/** Those of Exoscale's protocols that never carry TCP; another one may. */
const otherProtocols: ReadonlySet<string> = new Set([
  'udp',
  'icmp',
  'icmpv6',
  'ah',
  'esp',
  'gre',
  'ipip',
])

/** A rule that can't be judged, because its protocol or direction came after this was written. */
const isStrange = ({ protocol = 'all', 'flow-direction': flow }: SecurityGroupRule) =>
  !['tcp', 'all'].includes(protocol)
    ? !otherProtocols.has(protocol)
    : flow !== undefined && flow !== 'ingress'

type Verdict = 'yes' | 'no' | 'unknown'

/** Whether a network in CIDR notation has an address in it. */
function holds(network: string, address: string): Verdict {
  const wide = readSource(network)
  const own = readSource(address)
  if (!wide.ok || !own.ok) return 'unknown'
  // A person may also have an address of the other family.
  if (wide.family !== own.family) return 'unknown'
  const [, prefix = ''] = wide.network.split('/')
  const [start = ''] = own.network.split('/')
  const inside = readSource(`${start}/${prefix}`)
  return inside.ok && inside.network === wide.network ? 'yes' : 'no'
}

type Found = {
  source: string
  /** The addresses that it stands for, as far as they are listed. */
  networks: string[]
  /** It may stand for more addresses than those. */
  isPartial: boolean
}

/** What a rule allows; a group stands for its instances and for its external sources. */
function sourceOf(rule: SecurityGroupRule, groups: readonly SecurityGroup[]): Found {
  const { network, 'security-group': group } = rule
  if (network !== undefined)
    return { source: network, networks: [network], isPartial: false }
  const known = groups.find(({ id }) => id === group?.id)
  return {
    source: known?.name ?? group?.name ?? group?.id ?? '?',
    networks: known?.['external-sources'] ?? [],
    isPartial: known === undefined,
  }
}

/** To whom the groups that were read open the port. */
function opennessOf(
  rules: readonly SecurityGroupRule[],
  groups: readonly SecurityGroup[],
  { port, families, own }: OpennessQuestion,
): Openness {
  const fitting = rules.filter((rule) => fits(rule, port, families))
  if (fitting.length === 0) return { to: 'no-one' }
  const found = fitting.map((rule) => sourceOf(rule, groups))
  const networks = found.flatMap((one) => one.networks)
  const open = networks.flatMap((network) => {
    const read = readSource(network)
    return read.ok && read.kind === 'anywhere' ? [read.family] : []
  })
  const anyone = families.filter((family) => open.includes(family))
  if (anyone.length > 0) return { to: 'anyone', families: anyone }
  const sources = [...new Set(found.map(({ source }) => source))]
  if (own === undefined) return { to: 'some', sources }
  const verdicts = networks.map((network) => holds(network, own))
  if (verdicts.includes('yes')) return { to: 'you', sources }
  const isOpen = verdicts.includes('unknown') || found.some(({ isPartial }) => isPartial)
  return { to: isOpen ? 'some' : 'others', sources }
}

/** To whom an instance's security groups open a TCP port (docs/platform.md#security-groups). */
export function openness(question: OpennessQuestion): Openness {
  const { ids, groups } = question
  if (ids === undefined) return { to: 'unknown' }
  // Without a group, all inbound traffic is blocked, whatever the groups are.
  if (ids.length === 0) return { to: 'no-one' }
  if (groups === undefined) return { to: 'unknown' }
  const own = ids.map((id) => groups.find((group) => group.id === id))
  const read = own.filter((group) => group !== undefined)
  const rules = read.flatMap(entering)
  const plain = rules.filter((rule) => !isStrange(rule))
  const result = opennessOf(plain, groups, question)
  const isWhole = read.length === own.length && plain.length === rules.length
  // What wasn't read can open the port to more people, and never closes it.
  return isWhole || result.to === 'anyone' || result.to === 'you'
    ? result
    : { to: 'unknown' }
}
