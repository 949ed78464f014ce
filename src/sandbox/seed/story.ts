/** Lists the demo's instances: a shop in production and staging, its database, an office, and failures. */
import { sentinels } from '../sentinels.ts'
import type { KeptInstance } from '../world.ts'
import { nodepool, workers } from './pools.ts'

export type Line = {
  name: string
  zone: string
  type: string
  family?: string
  gib?: number
  state?: string
  labels?: Record<string, string>
  /** Names of security groups; `default` if absent. */
  groups?: string[]
  /** The name of an anti-affinity group. */
  spread?: string
  /** Names of private networks of its zone. */
  networks?: string[]
  keys?: string[]
  more?: Partial<KeptInstance>
}

const production = { env: 'production', app: 'shop' }
const staging = { env: 'staging', app: 'shop' }

export const story: Line[] = [
  {
    name: 'web-01',
    zone: 'ch-gva-2',
    type: 'standard.medium',
    labels: production,
    groups: ['default', 'web', 'ssh-from-office'],
    networks: ['shop-backend'],
    spread: 'shop-web',
    keys: ['ana-laptop', 'ci-deploy'],
  },
  {
    name: 'web-02',
    zone: 'ch-gva-2',
    type: 'standard.medium',
    labels: production,
    networks: ['shop-backend'],
    spread: 'shop-web',
  },
  {
    name: 'web-03',
    zone: 'ch-dk-2',
    type: 'standard.medium',
    labels: production,
    groups: ['default', 'web', 'ssh-from-office'],
    networks: ['shop-backend'],
    spread: 'shop-web',
  },
  {
    name: 'web-04',
    zone: 'ch-dk-2',
    type: 'standard.medium',
    labels: production,
    groups: ['default', 'web', 'ssh-from-office'],
    networks: ['shop-backend'],
  },
  {
    name: 'shop-db-01',
    zone: 'ch-gva-2',
    type: 'memory.extra-large',
    family: 'debian',
    gib: 200,
    labels: { ...production, tier: 'db' },
    more: { protected: true },
    groups: ['default', 'db'],
    networks: ['shop-backend', 'replication'],
  },
  {
    name: 'shop-db-02',
    zone: 'ch-dk-2',
    type: 'memory.extra-large',
    family: 'debian',
    gib: 200,
    labels: { ...production, tier: 'db' },
    more: { protected: true },
    groups: ['default', 'db'],
    networks: ['shop-backend'],
  },
  {
    name: 'shop-cache',
    zone: 'ch-gva-2',
    type: 'standard.small',
    labels: production,
    gib: 20,
    networks: ['shop-backend'],
  },
  ...['a7f3k', 'c2m9p', 'q8d4x'].map((suffix): Line => ({
    name: `pool-shop-workers-${suffix}`,
    zone: 'ch-gva-2',
    type: 'cpu.extra-large',
    labels: production,
    more: { manager: workers },
  })),
  {
    name: 'node-shop-k8s-4tz1b',
    zone: 'de-fra-1',
    type: 'standard.medium',
    labels: production,
    more: { manager: nodepool },
  },
  {
    name: 'web-staging',
    zone: 'de-fra-1',
    type: 'standard.small',
    labels: staging,
    groups: ['default', 'web', 'ssh-from-office'],
    networks: ['shop-backend'],
  },
  {
    name: 'db-staging',
    zone: 'de-fra-1',
    type: 'standard.large',
    labels: staging,
    state: 'stopped',
    groups: ['default', 'db'],
    networks: ['shop-backend'],
  },
  {
    name: 'win-accounting-01',
    zone: 'ch-dk-2',
    type: 'standard.large',
    family: 'windows',
    gib: 100,
    groups: ['default', 'rdp'],
    keys: [],
  },
  {
    name: 'bastion',
    zone: 'de-fra-1',
    type: 'standard.tiny',
    family: 'debian',
    gib: 10,
    groups: ['default', 'ssh-from-office'],
    keys: ['ana-laptop', 'ben-yubikey'],
  },
  {
    name: 'monitoring',
    zone: 'de-fra-1',
    type: 'standard.large',
    family: 'rocky',
    gib: 100,
  },
  {
    name: 'build-runner',
    zone: 'de-fra-1',
    type: 'cpu.huge',
    state: 'stopped',
    gib: 100,
    keys: ['ci-deploy'],
  },
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
    name: sentinels.start,
    zone: 'ch-gva-2',
    type: 'standard.micro',
    state: 'stopped',
    gib: 10,
  },
  { name: '🦊 "Eva\'s" test & <more>', zone: 'de-fra-1', type: 'standard.micro', gib: 10 },
  {
    name: sentinels.snapshot,
    zone: 'ch-gva-2',
    type: 'standard.micro',
    state: 'stopped',
    gib: 10,
  },
  { name: sentinels.stop, zone: 'ch-dk-2', type: 'standard.micro', gib: 10 },
  // Their group is full: eight of eight. Last by name, after the shop's instances.
  ...Array.from({ length: 8 }, (_, index): Line => ({
    name: `worker-0${index + 1}`,
    zone: index < 4 ? 'ch-dk-2' : 'de-fra-1',
    type: 'standard.micro',
    state: 'stopped',
    gib: 10,
    labels: { app: 'batch' },
    spread: 'batch-spread',
    keys: ['ci-deploy'],
  })),
]
