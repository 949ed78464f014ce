/**
 * What exo 1.97 accepts of the commands that Vedette writes, for tests: the arguments in their
 * order, and the flags. Read from the program's own help. `?` marks an argument that may be absent,
 * `...` one that may be repeated.
 */
type FlagKind =
  /** Takes no value; `=false` turns it off. */
  | 'switch'
  | 'text'
  | 'number'
  /** Split as CSV; may be repeated. */
  | 'list'
  /** `key=value`, split as CSV where there is more than one `=`; may be repeated. */
  | 'map'

export type Rule = { args: readonly string[]; flags: Readonly<Record<string, FlagKind>> }

const zone = { zone: 'text' } as const
const forced = { ...zone, force: 'switch' } as const

/** By the words after `exo`. */
export const exoRules: Readonly<Record<string, Rule>> = {
  'compute instance create': {
    args: ['NAME'],
    flags: {
      ...zone,
      'anti-affinity-group': 'list',
      'application-consistent-snapshot-enabled': 'switch',
      'cloud-init': 'text',
      'cloud-init-compress': 'switch',
      'deploy-target': 'text',
      'disk-size': 'number',
      'instance-type': 'text',
      label: 'map',
      'private-network': 'list',
      protection: 'switch',
      'public-ip': 'text',
      'reverse-dns': 'text',
      secureboot: 'switch',
      'security-group': 'list',
      'ssh-key': 'list',
      template: 'text',
      'template-visibility': 'text',
      tpm: 'switch',
    },
  },
  'compute instance update': {
    args: ['INSTANCE'],
    flags: {
      ...zone,
      'application-consistent-snapshot-enabled': 'switch',
      'cloud-init': 'text',
      'cloud-init-compress': 'switch',
      label: 'map',
      name: 'text',
      protection: 'switch',
      'reverse-dns': 'text',
    },
  },
  'compute instance show': {
    args: ['INSTANCE'],
    flags: { ...zone, 'user-data': 'switch' },
  },
  'compute instance list': { args: [], flags: zone },
  'compute instance delete': { args: ['INSTANCE...'], flags: forced },
  'compute instance start': {
    args: ['INSTANCE'],
    flags: { ...forced, 'rescue-profile': 'text' },
  },
  'compute instance stop': { args: ['INSTANCE'], flags: forced },
  'compute instance reboot': { args: ['INSTANCE'], flags: forced },
  'compute instance scale': { args: ['INSTANCE', 'SIZE'], flags: forced },
  'compute instance resize-disk': { args: ['INSTANCE', 'GIB'], flags: forced },
  'compute instance reset': {
    args: ['INSTANCE'],
    flags: {
      ...forced,
      'disk-size': 'number',
      template: 'text',
      'template-visibility': 'text',
    },
  },
  'compute instance reset-password': { args: ['INSTANCE'], flags: zone },
  'compute instance reveal-password': { args: ['INSTANCE'], flags: zone },
  'compute instance console-url': { args: ['INSTANCE'], flags: zone },
  'compute instance enable-tpm': { args: ['INSTANCE'], flags: forced },
  'compute instance elastic-ip attach': { args: ['INSTANCE', 'ADDRESS'], flags: zone },
  'compute instance elastic-ip detach': { args: ['INSTANCE', 'ADDRESS'], flags: zone },
  'compute instance private-network attach': {
    args: ['INSTANCE', 'NETWORK'],
    flags: { ...zone, ip: 'text' },
  },
  'compute instance private-network detach': {
    args: ['INSTANCE', 'NETWORK'],
    flags: zone,
  },
  'compute instance security-group add': { args: ['INSTANCE', 'GROUP...'], flags: zone },
  'compute instance security-group remove': {
    args: ['INSTANCE', 'GROUP...'],
    flags: zone,
  },
  'compute instance snapshot create': { args: ['INSTANCE'], flags: zone },
  'compute instance snapshot delete': { args: ['SNAPSHOT'], flags: forced },
  'compute instance snapshot export': { args: ['SNAPSHOT'], flags: zone },
  'compute instance snapshot revert': { args: ['INSTANCE', 'SNAPSHOT'], flags: forced },
  'compute block-storage attach': { args: ['VOLUME', 'INSTANCE'], flags: zone },
  'compute block-storage create': {
    args: ['NAME'],
    flags: { ...zone, label: 'map', size: 'number', snapshot: 'text' },
  },
  'compute block-storage delete': { args: ['VOLUME'], flags: forced },
  'compute block-storage detach': { args: ['VOLUME'], flags: forced },
  'compute block-storage update': {
    args: ['VOLUME'],
    flags: { ...zone, label: 'map', rename: 'text', size: 'number' },
  },
  'compute instance-pool evict': { args: ['POOL', 'INSTANCE...'], flags: forced },
  'compute security-group create': { args: ['NAME'], flags: { description: 'text' } },
  'compute security-group delete': {
    args: ['GROUP'],
    flags: { force: 'switch', 'delete-rules': 'switch' },
  },
  'compute security-group rule add': {
    args: ['GROUP'],
    flags: {
      description: 'text',
      flow: 'text',
      'icmp-code': 'number',
      'icmp-type': 'number',
      network: 'text',
      port: 'text',
      protocol: 'text',
      'public-security-group': 'text',
      'security-group': 'text',
    },
  },
  'compute security-group rule delete': {
    args: ['GROUP', 'RULE'],
    flags: { force: 'switch' },
  },
  'compute ssh-key register': { args: ['NAME', 'FILE'], flags: {} },
  'compute ssh-key delete': { args: ['NAME'], flags: { force: 'switch' } },
  // Sends a request of the API as it is, so it takes IDs alone.
  'api reset-instance-field': { args: ['ID', 'FIELD'], flags: zone },
}
