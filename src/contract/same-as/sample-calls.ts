/** One call of every kind, for tests: of every change, and of what a tool words in its own way. */
import type { Call, Naming } from '../call.ts'

export const zone = 'ch-gva-2'
export const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const parameters = { id, 'instance-id': id, field: 'labels' }
/** What is known: one size, a public and a private template. */
export const naming: Naming = {
  types: [{ id: 'type-id', family: 'standard', size: 'large' }],
  templates: [
    { id: 'template-id', visibility: 'public' },
    { id: 'own-template', visibility: 'private' },
  ],
}
export const hostile = `-rf "$(touch x)" 'it' \${a} %{b} \\ \n🦊`

const to = { instance: { id } }

export const calls: Call[] = [
  {
    endpoint: 'create-instance',
    zone,
    body: {
      name: hostile,
      template: { id: 'template-id' },
      'instance-type': { id: 'type-id' },
      'disk-size': 50,
      'ssh-keys': [{ name: "ana's" }, { name: 'ci' }],
      'security-groups': [{ id: 'group-id' }],
      'anti-affinity-groups': [{ id: 'spread-id' }],
      'public-ip-assignment': 'dual',
      labels: { 'a b': hostile },
      'user-data': 'c2VjcmV0',
      'tpm-enabled': true,
      'secureboot-enabled': true,
      'auto-start': false,
      'deploy-target': { id: 'target-id' },
      'application-consistent-snapshot-enabled': true,
    },
  },
  {
    endpoint: 'create-instance',
    zone,
    body: {
      name: 'web-01',
      template: { id: 'own-template' },
      'instance-type': { id: 'type-id' },
      'disk-size': 10,
      'public-ip-assignment': 'none',
      labels: {
        commas: 'a,b',
        pairs: 'a=1,b=2',
        quotes: '"quoted", and "more"',
        'a=b': 'c',
        empty: '',
      },
      // Compressed, as Vedette sends what is long.
      'user-data': 'H4sIAAAAAAAAA0vOyS9N',
      'application-consistent-snapshot-enabled': false,
    },
  },
  { endpoint: 'get-instance', zone, parameters },
  { endpoint: 'list-instances', zone },
  {
    endpoint: 'update-instance',
    zone,
    parameters,
    body: { name: hostile, labels: { env: hostile }, 'user-data': 'c2VjcmV0' },
  },
  {
    endpoint: 'update-instance',
    zone,
    parameters,
    body: { 'public-ip-assignment': 'dual' },
  },
  {
    endpoint: 'update-instance',
    zone,
    parameters,
    body: { labels: {}, 'application-consistent-snapshot-enabled': false },
  },
  { endpoint: 'delete-instance', zone, parameters },
  { endpoint: 'start-instance', zone, parameters, body: {} },
  {
    endpoint: 'start-instance',
    zone,
    parameters,
    body: { 'rescue-profile': 'netboot-efi' },
  },
  { endpoint: 'stop-instance', zone, parameters },
  { endpoint: 'reboot-instance', zone, parameters },
  {
    endpoint: 'scale-instance',
    zone,
    parameters,
    body: { 'instance-type': { id: 'type-id' } },
  },
  { endpoint: 'resize-instance-disk', zone, parameters, body: { 'disk-size': 80 } },
  {
    endpoint: 'reset-instance',
    zone,
    parameters,
    body: { template: { id: 'own-template' }, 'disk-size': 80 },
  },
  { endpoint: 'reset-instance', zone, parameters, body: {} },
  { endpoint: 'reveal-instance-password', zone, parameters },
  { endpoint: 'reset-instance-password', zone, parameters },
  { endpoint: 'add-instance-protection', zone, parameters },
  { endpoint: 'remove-instance-protection', zone, parameters },
  { endpoint: 'get-console-proxy-url', zone, parameters },
  { endpoint: 'reset-instance-field', zone, parameters },
  { endpoint: 'create-snapshot', zone, parameters },
  {
    endpoint: 'revert-instance-to-snapshot',
    zone,
    parameters,
    body: { id: 'snapshot-id' },
  },
  { endpoint: 'enable-tpm', zone, parameters },
  {
    endpoint: 'register-ssh-key',
    zone,
    body: { name: hostile, 'public-key': 'ssh-ed25519 AAAA ana' },
  },
  ...(
    [
      'attach-instance-to-security-group',
      'detach-instance-from-security-group',
      'attach-instance-to-elastic-ip',
      'detach-instance-from-elastic-ip',
      'detach-instance-from-private-network',
      'attach-block-storage-volume-to-instance',
    ] as const
  ).map((endpoint) => ({ endpoint, zone, parameters: { id: 'its-id' }, body: to })),
  {
    endpoint: 'attach-instance-to-private-network',
    zone,
    parameters: { id: 'its-id' },
    body: { ...to, ip: '10.0.0.20' },
  },
  { endpoint: 'detach-block-storage-volume', zone, parameters: { id: 'its-id' } },
  { endpoint: 'delete-block-storage-volume', zone, parameters: { id: 'its-id' } },
  {
    endpoint: 'create-block-storage-volume',
    zone,
    body: { name: hostile, size: 50, labels: { env: hostile } },
  },
  {
    endpoint: 'update-block-storage-volume',
    zone,
    parameters: { id: 'its-id' },
    body: { name: hostile },
  },
  {
    endpoint: 'update-block-storage-volume',
    zone,
    parameters: { id: 'its-id' },
    body: { labels: {} },
  },
  {
    endpoint: 'resize-block-storage-volume',
    zone,
    parameters: { id: 'its-id' },
    body: { size: 80 },
  },
  {
    endpoint: 'evict-instance-pool-members',
    zone,
    parameters: { id: 'pool-id' },
    body: { instances: [id] },
  },
  {
    endpoint: 'update-reverse-dns-instance',
    zone,
    parameters,
    body: { 'domain-name': 'web.example.com' },
  },
  { endpoint: 'delete-reverse-dns-instance', zone, parameters },
  { endpoint: 'delete-snapshot', zone, parameters: { id: 'its-id' } },
  { endpoint: 'export-snapshot', zone, parameters: { id: 'its-id' } },
  { endpoint: 'delete-ssh-key', zone, parameters: { name: hostile } },
  {
    endpoint: 'create-security-group',
    zone,
    body: { name: hostile, description: 'Made by Vedette' },
  },
  {
    endpoint: 'add-rule-to-security-group',
    zone,
    parameters: { id: 'its-id' },
    body: {
      'flow-direction': 'ingress',
      protocol: 'tcp',
      'start-port': 22,
      'end-port': 22,
      network: '203.0.113.7/32',
      description: hostile,
    },
  },
  {
    endpoint: 'add-rule-to-security-group',
    zone,
    parameters: { id: 'its-id' },
    body: {
      'flow-direction': 'egress',
      protocol: 'udp',
      'start-port': 80,
      'end-port': 443,
      'security-group': { id: 'other-id' },
    },
  },
  {
    endpoint: 'add-rule-to-security-group',
    zone,
    parameters: { id: 'its-id' },
    body: {
      'flow-direction': 'ingress',
      protocol: 'icmpv6',
      icmp: { type: 128, code: 0 },
      network: '2001:db8::/32',
    },
  },
  {
    endpoint: 'delete-rule-from-security-group',
    zone,
    parameters: { id: 'its-id', 'rule-id': 'rule-id' },
  },
  { endpoint: 'delete-security-group', zone, parameters: { id: 'its-id' } },
]
