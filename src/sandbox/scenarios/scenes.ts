/**
 * Defines each scenario: how its world differs from the demo's, and when its goal is reached. Goals read the world and the
 * machines only, so it doesn't matter in which way someone reaches them.
 */
import { typeName } from '#contract/limits.ts'
import type { BootState, ScenarioId } from '#contract/sandbox/scenario.ts'

import { timestamp } from '../clock.ts'
import { instanceTypes } from '../nouns/instance-types.ts'
import { stableId } from '../stable-id.ts'
import type { KeptInstance, World, ZoneStore } from '../world.ts'

type BootOf = (instanceId: string) => Promise<BootState>

type Scene = {
  /** Changes a fresh copy of the demo; `now` is in epoch ms. */
  prepare(world: World, now: number): void
  reached(world: World, bootOf: BootOf): Promise<boolean>
}

const hourMs = 3_600_000

const zoneOf = (world: World, name: string): ZoneStore => {
  const zone = world.zones.get(name)
  if (!zone) throw new Error(`the world has no ${name}`)
  return zone
}

const find = (zone: ZoneStore, name: string): KeptInstance | undefined =>
  [...zone.instances.values()].find((one) => one.name === name)

/** An instance of the demo. */
function named(zone: ZoneStore, name: string): KeptInstance {
  const found = find(zone, name)
  if (!found) throw new Error(`the demo has no ${name}`)
  return found
}

const runs = (instance: KeptInstance | undefined) => instance?.state === 'running'

const memoryOf = (typeId: string | undefined): number =>
  instanceTypes.find(({ id }) => id === typeId)?.memory ?? 0

/** Successful requests of Vedette for an instance, oldest first. */
const requestsFor = (world: World, handler: string, id: string) =>
  world.events.filter(
    (one) =>
      one['iam-api-key']?.name === 'vedette' &&
      one.handler === handler &&
      (one.status ?? 0) < 400 &&
      Object.values(one['path-params'] ?? {}).includes(id),
  )

const damage =
  (zone: string, name: string, fault: 'no-kernel' | 'bad-update') => (world: World) => {
    const instance = named(zoneOf(world, zone), name)
    instance.fault = fault
    instance.simulated = true
  }

const scaleAndBack: Scene = {
  prepare() {},
  async reached(world) {
    const instance = find(zoneOf(world, 'ch-gva-2'), 'web-01')
    const medium = instanceTypes.find((one) => typeName(one) === 'standard.medium')
    if (!instance || !medium || !runs(instance)) return false
    const sizes = requestsFor(world, 'scale-instance', instance.id).map((one) =>
      memoryOf(
        // The body of scale-instance, as the contract requires it.
        (one['body-params'] as { 'instance-type'?: { id: string } })['instance-type']?.id,
      ),
    )
    const was = sizes.some((bytes) => bytes > (medium.memory ?? 0))
    return was && instance['instance-type']?.id === medium.id
  },
}

const updateBrokeIt: Scene = {
  prepare: damage('ch-gva-2', 'web-01', 'bad-update'),
  async reached(world) {
    const instance = find(zoneOf(world, 'ch-gva-2'), 'web-01')
    if (!instance || instance.fault || !runs(instance)) return false
    return requestsFor(world, 'revert-instance-to-snapshot', instance.id).length > 0
  },
}

const doesNotBoot: Scene = {
  prepare: damage('ch-gva-2', 'web-02', 'no-kernel'),
  async reached(world, bootOf) {
    const instance = find(zoneOf(world, 'ch-gva-2'), 'web-02')
    if (!instance || instance.fault || !runs(instance)) return false
    return (await bootOf(instance.id)) === 'booted'
  },
}

const wrongOneDeleted: Scene = {
  prepare(world, now) {
    const zone = zoneOf(world, 'ch-dk-2')
    const { id } = named(zone, 'web-03')
    zone.instances.delete(id)
    for (const network of zone.privateNetworks.values())
      if (network.leases)
        network.leases = network.leases.filter((one) => one['instance-id'] !== id)
    world.events.push({
      timestamp: timestamp(now - hourMs),
      'request-id': stableId(`event deletion of ${id}`),
      handler: 'delete-instance',
      message: 'delete-instance succeeded',
      status: 200,
      'elapsed-ms': 140,
      zone: zone.name,
      uri: `/v2/instance/${id}`,
      'source-ip': '203.0.113.20',
      'iam-user': {
        email: 'ben@example.com',
        role: { id: stableId('role operators'), name: 'operators' },
      },
      'path-params': { id },
      'body-params': {},
    })
  },
  async reached(world) {
    return runs(find(zoneOf(world, 'ch-dk-2'), 'web-03'))
  },
}

const zoneDark: Scene = {
  prepare(world) {
    const zone = zoneOf(world, 'de-fra-1')
    const like = named(zone, 'web-staging')
    const id = stableId(`standby of ${like.id}`)
    zone.instances.set(id, {
      ...structuredClone(like),
      id,
      name: 'web-standby',
      state: 'stopped',
      labels: { env: 'production', app: 'shop' },
      'public-ip': '194.182.170.60',
    })
    world.first.add(id)
    world.dark.add('ch-dk-2')
  },
  async reached(world) {
    return runs(find(zoneOf(world, 'de-fra-1'), 'web-standby'))
  },
}

const limitFull: Scene = {
  prepare(world, now) {
    const zone = zoneOf(world, 'ch-gva-2')
    const wiki = named(zone, 'old-wiki')
    const all = () =>
      [...world.zones.values()].reduce((sum, { snapshots }) => sum + snapshots.size, 0)
    for (let days = 40; all() < world.limits.snapshot; days += 30) {
      const at = timestamp(now - days * 24 * hourMs)
      const id = stableId(`snapshot ${wiki.id} ${days}`)
      zone.snapshots.set(id, {
        id,
        name: `old-wiki_${at}`,
        'created-at': at,
        state: 'ready',
        size: 10,
        instance: { id: wiki.id },
        'application-consistent': false,
        templateId: wiki.template?.id ?? '',
      })
      wiki.snapshots = [...(wiki.snapshots ?? []), { id }]
      world.first.add(id)
    }
  },
  async reached(world) {
    const zone = zoneOf(world, 'ch-gva-2')
    const { id } = find(zone, 'shop-db-01') ?? {}
    return [...zone.snapshots.values()].some(
      (one) => one.instance?.id === id && one.state === 'ready' && !world.first.has(one.id),
    )
  },
}

const firstServer: Scene = {
  prepare() {},
  async reached(world) {
    return [...world.zones.values()].some(({ instances }) =>
      [...instances.values()].some((one) => runs(one) && !world.first.has(one.id)),
    )
  },
}

export const scenes: Record<ScenarioId, Scene> = {
  'first-server': firstServer,
  'scale-and-back': scaleAndBack,
  'update-broke-it': updateBrokeIt,
  'does-not-boot': doesNotBoot,
  'wrong-one-deleted': wrongOneDeleted,
  'zone-dark': zoneDark,
  'limit-full': limitFull,
}
