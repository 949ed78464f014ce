/** Makes what the demo organization shares between its zones: groups and keys. */
import type {
  AntiAffinityGroup,
  SecurityGroup,
  SecurityGroupRule,
  SshKey,
} from '#contract/types.ts'

import { stableId } from '../stable-id.ts'

export const securityGroupId = (name: string) => stableId(`security-group ${name}`)

type Allowed = { port: number; description: string } & (
  | { network: string }
  | { from: string }
)

function rule(group: string, allowed: Allowed): SecurityGroupRule {
  const source =
    'network' in allowed
      ? { network: allowed.network }
      : { 'security-group': { id: securityGroupId(allowed.from), name: allowed.from } }
  return {
    id: stableId(`rule ${group} ${allowed.port} ${JSON.stringify(source)}`),
    description: allowed.description,
    'flow-direction': 'ingress',
    protocol: 'tcp',
    'start-port': allowed.port,
    'end-port': allowed.port,
    ...source,
  }
}

/** A group without rules has no such member (docs/platform.md#security-groups). */
function group(name: string, description: string, allowed: Allowed[]): SecurityGroup {
  const rules = allowed.map((one) => rule(name, one))
  return {
    id: securityGroupId(name),
    name,
    description,
    visibility: 'private',
    ...(rules.length > 0 ? { rules } : {}),
  }
}

const anywhere = '0.0.0.0/0'

export const securityGroups: readonly SecurityGroup[] = [
  group('default', 'Default security group', []),
  group('web', 'Public shop website', [
    { port: 80, description: 'HTTP', network: anywhere },
    { port: 443, description: 'HTTPS', network: anywhere },
    { port: 443, description: 'HTTPS over IPv6', network: '::/0' },
  ]),
  group('ssh-from-office', 'Administration', [
    { port: 22, description: 'SSH from the office', network: '203.0.113.0/24' },
  ]),
  group('db', 'PostgreSQL for the shop', [
    { port: 5432, description: 'PostgreSQL from the web servers', from: 'web' },
  ]),
  group('rdp', 'Remote desktop, open to everyone', [
    { port: 3389, description: 'RDP', network: anywhere },
  ]),
]

function spread(name: string, description: string): AntiAffinityGroup {
  return { id: stableId(`anti-affinity-group ${name}`), name, description }
}

export const antiAffinityGroups: readonly AntiAffinityGroup[] = [
  spread('shop-web', 'Web servers on separate hosts'),
  spread('batch-spread', 'Full (8 of 8 members)'),
  spread('unused', 'For future databases'),
]

export const sshKeys: readonly SshKey[] = [
  { name: 'ana-laptop', fingerprint: '5d:21:8e:0b:97:43:a1:6c:de:0f:35:b8:72:19:c4:ea' },
  { name: 'ci-deploy', fingerprint: '1f:c0:64:b3:2a:9d:58:e7:06:7b:d1:44:8c:f2:39:a5' },
  { name: 'ben-yubikey', fingerprint: '8a:3e:d7:15:60:fb:c9:22:b4:91:0d:5e:a8:7f:46:13' },
]
