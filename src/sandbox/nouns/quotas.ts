/**
 * Serves the organization's limits and usage in all zones together (docs/platform.md#quotas).
 */
import type { Quota } from '#contract/types.ts'

import { Refused } from '../refusal.ts'
import type { Limited, World, ZoneStore } from '../world.ts'
import { instanceTypes } from './instance-types.ts'

/** The largest volume, in GiB. */
const volumeMaxGib = 2_000

function count(world: World, sizeIn: (zone: ZoneStore) => number): number {
  return [...world.zones.values()].reduce((sum, zone) => sum + sizeIn(zone), 0)
}

const used: Record<Limited, (world: World) => number> = {
  instance: (world) => count(world, (zone) => zone.instances.size),
  snapshot: (world) => count(world, (zone) => zone.snapshots.size),
  'block-storage-volume': (world) => count(world, (zone) => zone.volumes.size),
  'block-storage': (world) =>
    count(world, (zone) =>
      [...zone.volumes.values()].reduce((sum, { size }) => sum + size, 0),
    ),
}

/** Graphics cards are counted by family, and most organizations have a limit of 0. */
function gpuQuotas(): Quota[] {
  const families = new Set(
    instanceTypes.flatMap(({ family, gpus }) => (gpus && family ? [family] : [])),
  )
  return ['gpu', ...families].map((resource) => ({ resource, limit: 0, usage: 0 }))
}

/** 0 is not available, -1 unlimited. */
export function listQuotas(world: World): { quotas: Quota[] } {
  const { limits } = world
  const templates = count(
    world,
    (zone) =>
      [...zone.templates.values()].filter((one) => one.visibility === 'private').length,
  )
  const elasticIps = count(world, (zone) => zone.elasticIps.size)
  const networks = count(world, (zone) => zone.privateNetworks.size)
  const limited = (resource: Limited): Quota => ({
    resource,
    limit: limits[resource],
    usage: used[resource](world),
  })
  return {
    quotas: [
      limited('instance'),
      limited('snapshot'),
      { resource: 'template', limit: 20, usage: templates },
      { resource: 'elastic-ip', limit: 10, usage: elasticIps },
      { resource: 'private-network', limit: 20, usage: networks },
      limited('block-storage-volume'),
      limited('block-storage'),
      { resource: 'block-storage-max-size', limit: volumeMaxGib, usage: 0 },
      { resource: 'memory', limit: -1, usage: 0 },
      ...gpuQuotas(),
    ],
  }
}

/**
 * Throws a 403 if one more would exceed the quota, which is an assumption
 * (docs/platform.md#status-codes).
 */
export function requireRoom(
  world: World,
  resource: Exclude<Limited, 'block-storage'>,
): void {
  const limit = world.limits[resource]
  if (used[resource](world) < limit) return
  throw new Refused(403, `Quota exceeded: the organization may have ${limit} ${resource}s`)
}

/** Throws if a volume of `had` GiB (0 for a new one) can't get this size, for itself or within the quota. */
export function requireStorage(world: World, gib: number, had = 0): void {
  const limit = world.limits['block-storage']
  if (gib > volumeMaxGib)
    throw new Refused(403, `Quota exceeded: a volume may have ${volumeMaxGib} GiB`)
  if (used['block-storage'](world) + gib - had <= limit) return
  const message = `Quota exceeded: the organization may have ${limit} GiB of block storage`
  throw new Refused(403, message)
}
