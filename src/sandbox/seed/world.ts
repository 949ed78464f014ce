/** The demo's story: a shop in production and staging, its database, an office, and trouble. */
import { typeName } from '#contract/limits.ts'
import type { Template } from '#contract/types.ts'

import { instanceTypes, stableId } from '../instance-types.ts'
import type { KeptInstance, World, ZoneStore } from '../world.ts'
import { seedTemplates } from './templates.ts'

type Line = {
  name: string
  zone: string
  type: string
  family?: string
  gib?: number
  state?: string
  labels?: Record<string, string>
  more?: Partial<KeptInstance>
}

const production = { env: 'production', app: 'shop' }
const staging = { env: 'staging', app: 'shop' }
const pool = { id: stableId('pool shop-workers'), type: 'instance-pool' }

const story: Line[] = [
  { name: 'web-01', zone: 'ch-gva-2', type: 'standard.medium', labels: production },
  { name: 'web-02', zone: 'ch-gva-2', type: 'standard.medium', labels: production },
  { name: 'web-03', zone: 'ch-dk-2', type: 'standard.medium', labels: production },
  { name: 'web-04', zone: 'ch-dk-2', type: 'standard.medium', labels: production },
  {
    name: 'shop-db-01',
    zone: 'ch-gva-2',
    type: 'memory.extra-large',
    family: 'debian',
    gib: 200,
    labels: { ...production, tier: 'db' },
    more: { protected: true },
  },
  {
    name: 'shop-db-02',
    zone: 'ch-dk-2',
    type: 'memory.extra-large',
    family: 'debian',
    gib: 200,
    labels: { ...production, tier: 'db' },
    more: { protected: true },
  },
  {
    name: 'shop-cache',
    zone: 'ch-gva-2',
    type: 'standard.small',
    labels: production,
    gib: 20,
  },
  {
    name: 'pool-shop-workers-a7f3k',
    zone: 'ch-gva-2',
    type: 'cpu.extra-large',
    labels: production,
    more: { manager: pool },
  },
  { name: 'web-staging', zone: 'de-fra-1', type: 'standard.small', labels: staging },
  {
    name: 'db-staging',
    zone: 'de-fra-1',
    type: 'standard.large',
    labels: staging,
    state: 'stopped',
  },
  {
    name: 'win-accounting-01',
    zone: 'ch-dk-2',
    type: 'standard.large',
    family: 'windows',
    gib: 100,
  },
  { name: 'bastion', zone: 'de-fra-1', type: 'standard.tiny', family: 'debian', gib: 10 },
  {
    name: 'monitoring',
    zone: 'de-fra-1',
    type: 'standard.large',
    family: 'rocky',
    gib: 100,
  },
  { name: 'build-runner', zone: 'de-fra-1', type: 'cpu.huge', state: 'stopped', gib: 100 },
  { name: 'old-wiki', zone: 'ch-gva-2', type: 'standard.tiny', state: 'stopped', gib: 20 },
  {
    name: 'stuck-starting',
    zone: 'ch-dk-2',
    type: 'standard.micro',
    state: 'starting',
    gib: 10,
  },
  {
    name: 'broken-disk',
    zone: 'de-fra-1',
    type: 'standard.small',
    state: 'error',
    gib: 10,
  },
  {
    name: 'fails-on-start',
    zone: 'ch-gva-2',
    type: 'standard.micro',
    state: 'stopped',
    gib: 10,
  },
  { name: '🦊 "Eva\'s" test & <more>', zone: 'de-fra-1', type: 'standard.micro', gib: 10 },
]

const hex = (text: string, at: number) =>
  stableId(text)
    .replaceAll('-', '')
    .slice(at, at + 2)

function seedInstance(
  line: Line,
  templates: Template[],
  index: number,
  now: number,
): KeptInstance {
  const type = instanceTypes.find((one) => typeName(one) === line.type)
  const template = templates.find(({ family }) => family === (line.family ?? 'ubuntu'))
  const seed = `instance ${line.zone} ${line.name}`
  return {
    id: stableId(seed),
    name: line.name,
    state: line.state ?? 'running',
    'created-at': new Date(now - (index + 3) * 26 * 3_600_000)
      .toISOString()
      .replace(/\.\d+/, ''),
    'instance-type': { id: type?.id ?? '' },
    template: { id: template?.id ?? '' },
    labels: line.labels ?? {},
    'mac-address': `06:${[0, 2, 4, 6, 8].map((at) => hex(seed, at)).join(':')}`,
    'public-ip': `194.182.${160 + (index % 32)}.${(Number.parseInt(hex(seed, 4), 16) % 250) + 2}`,
    'public-ip-assignment': 'inet4',
    'private-networks': [],
    'security-groups': [{ id: stableId('security-group default') }],
    'ssh-key': { name: 'ana-laptop' },
    'ssh-keys': [{ name: 'ana-laptop' }],
    'disk-size': line.gib ?? 50,
    'disk-encrypted': true,
    'anti-affinity-groups': [],
    'elastic-ips': [],
    'block-storage-volumes': [],
    snapshots: [],
    'secureboot-enabled': false,
    'tpm-enabled': false,
    'application-consistent-snapshot-enabled': false,
    protected: false,
    ...line.more,
  }
}

function seedZone(name: string, lines: Line[], now: number): ZoneStore {
  const templates = seedTemplates(name)
  const instances = lines
    .filter(({ zone }) => zone === name)
    .map((line, index) => seedInstance(line, templates, index, now))
  return {
    name,
    instances: new Map(instances.map((one) => [one.id, one])),
    snapshots: new Map(),
    templates: new Map(templates.map((one) => [one.id, one])),
    operations: new Map(),
    busy: new Set(),
  }
}

/** A fresh world; `extra` machines without a story are spread over its zones. */
export function seedWorld(zoneNames: string[], now: number, extra: number): World {
  const crowd = Array.from({ length: extra }, (_, index): Line => ({
    name: `node-${String(index + 1).padStart(5, '0')}`,
    zone: zoneNames[index % zoneNames.length] ?? '',
    type: 'standard.small',
    state: index % 7 === 0 ? 'stopped' : 'running',
    labels: { app: 'grid', rack: String(index % 40) },
  }))
  const group = {
    id: stableId('security-group default'),
    name: 'default',
    description: 'Default security group',
    visibility: 'private',
  }
  const keys = [
    { name: 'ana-laptop', fingerprint: '5d:21:8e:0b:97:43:a1:6c:de:0f:35:b8:72:19:c4:ea' },
  ]
  return {
    zones: new Map(
      zoneNames.map((name) => [name, seedZone(name, [...story, ...crowd], now)]),
    ),
    sshKeys: new Map(keys.map((key) => [key.name, key])),
    securityGroups: new Map([[group.id, group]]),
  }
}
