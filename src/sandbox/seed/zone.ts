/** Makes what the demo has in one zone besides instances; ids differ per zone, as Exoscale's do. */
import type { DeployTarget, ElasticIp, PrivateNetwork } from '#contract/types.ts'

import { timestamp } from '../clock.ts'
import { stableId } from '../stable-id.ts'
import type { KeptInstance, KeptSnapshot } from '../world.ts'

const dayMs = 24 * 3_600_000

export const privateNetworkId = (zone: string, name: string) =>
  stableId(`private-network ${zone} ${name}`)

type ManyInstances = ReadonlyMap<string, KeptInstance>

/** A managed network, whose members have leases, and an unmanaged one. */
export function seedPrivateNetworks(
  zone: string,
  instances: ManyInstances,
): PrivateNetwork[] {
  const backend = privateNetworkId(zone, 'shop-backend')
  const leases = [...instances.values()]
    .filter((one) => one['private-networks']?.some(({ id }) => id === backend))
    .map(({ id }, index) => ({ 'instance-id': id, ip: `10.0.0.${20 + index}` }))
  return [
    {
      id: backend,
      name: 'shop-backend',
      description: 'Between web and database',
      netmask: '255.255.255.0',
      'start-ip': '10.0.0.20',
      'end-ip': '10.0.0.200',
      vni: 4_301,
      labels: {},
      ...(leases.length > 0 ? { leases } : {}),
    },
    {
      id: privateNetworkId(zone, 'replication'),
      name: 'replication',
      description: 'Between database and replica',
      vni: 4_302,
      labels: {},
    },
  ]
}

type Address = {
  zone: string
  ip: string
  description: string
  instance?: string
  more?: Partial<ElasticIp>
}

const addresses: Address[] = [
  {
    zone: 'ch-gva-2',
    ip: '159.100.250.17',
    description: 'shop.example.com',
    instance: 'web-01',
    more: {
      labels: { app: 'shop' },
      healthcheck: {
        mode: 'http',
        port: 80,
        uri: '/health',
        interval: 10,
        timeout: 2,
        'strikes-ok': 2,
        'strikes-fail': 3,
      },
    },
  },
  { zone: 'ch-gva-2', ip: '159.100.250.44', description: 'Spare' },
  { zone: 'de-fra-1', ip: '89.145.160.9', description: 'Office access' },
]

/** The zone's elastic IPs; also adds them to their instances. */
export function seedElasticIps(zone: string, instances: ManyInstances): ElasticIp[] {
  return addresses
    .filter((one) => one.zone === zone)
    .map(({ ip, description, instance, more }) => {
      const id = stableId(`elastic-ip ${zone} ${ip}`)
      const holder = [...instances.values()].find(({ name }) => name === instance)
      if (holder) holder['elastic-ips'] = [{ id, ip }]
      const cidr = `${ip}/32`
      return { id, ip, addressfamily: 'inet4', cidr, description, labels: {}, ...more }
    })
}

/** One dedicated deploy target, in the first zone only, because most organizations have none. */
export function seedDeployTargets(zone: string): DeployTarget[] {
  if (zone !== 'ch-gva-2') return []
  const id = stableId(`deploy-target ${zone}`)
  const description = 'Dedicated hosts'
  return [{ id, name: 'shop-dedicated', description, type: 'dedicated' }]
}

/** Days ago, and the disk's size in GiB then. */
const history: Record<string, [daysAgo: number, gib: number][]> = {
  'shop-db-01': [
    [28, 100],
    [14, 150],
    [7, 200],
    [1, 200],
  ],
  'web-01': [
    [21, 50],
    [2, 50],
  ],
  'shop-db-02': [[7, 200]],
  'old-wiki': [[30, 10]],
}

/** Snapshots of different ages; also adds them to their instances. */
export function seedSnapshots(instances: ManyInstances, now: number): KeptSnapshot[] {
  return [...instances.values()].flatMap((instance) => {
    const snapshots = (history[instance.name ?? ''] ?? []).map(([days, size]) => {
      const at = timestamp(now - days * dayMs)
      return {
        id: stableId(`snapshot ${instance.id} ${days}`),
        name: `${instance.name}_${at}`,
        'created-at': at,
        state: 'ready',
        size,
        instance: { id: instance.id },
        'application-consistent': false,
        templateId: instance.template?.id ?? '',
      }
    })
    instance.snapshots = snapshots.map(({ id }) => ({ id }))
    return snapshots
  })
}
