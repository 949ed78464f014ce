import { entering } from '#contract/access/login.ts'
import type { SecurityGroup, SecurityGroupRule } from '#contract/types.ts'

/** One kind of traffic that a group allows: `TCP 22` from `anywhere`. */
type Opening = { what: string; from: string; anywhere: boolean }

const anywhere = new Set(['0.0.0.0/0', '::/0'])

function ports({ 'start-port': start, 'end-port': end }: SecurityGroupRule): string {
  if (start === undefined) return ''
  return end === undefined || end === start ? ` ${start}` : ` ${start}–${end}`
}

/** As people write them; a protocol that came since stays as Exoscale writes it. */
const protocols: Record<string, string> = {
  tcp: 'TCP',
  udp: 'UDP',
  icmp: 'ICMP',
  icmpv6: 'ICMPv6',
  ah: 'AH',
  esp: 'ESP',
  gre: 'GRE',
  ipip: 'IPIP',
}

/** The inbound traffic that a group allows, each kind once; the same rule for IPv4 and IPv6 is one. */
export function openings(group: SecurityGroup): Opening[] {
  const found = new Map<string, Opening>()
  for (const rule of entering(group)) {
    const protocol = rule.protocol ?? 'all'
    const what = `${protocols[protocol] ?? protocol}${ports(rule)}`
    const world = anywhere.has(rule.network ?? '')
    const from = world ? '' : (rule.network ?? rule['security-group']?.name ?? '?')
    found.set(`${what} ${from}`, { what, from, anywhere: world })
  }
  return [...found.values()]
}
