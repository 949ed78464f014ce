/** What the organisation may have and has, over all zones (exoscale-api.md 4.12). */
import type { Quota } from '#contract/types.ts'

import { Refused } from './refusal.ts'
import type { World, ZoneStore } from './world.ts'

function count(world: World, sizeIn: (zone: ZoneStore) => number): number {
  return [...world.zones.values()].reduce((sum, zone) => sum + sizeIn(zone), 0)
}

const used = {
  instance: (world: World) => count(world, (zone) => zone.instances.size),
  snapshot: (world: World) => count(world, (zone) => zone.snapshots.size),
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
  return {
    quotas: [
      { resource: 'instance', limit: limits.instance, usage: used.instance(world) },
      { resource: 'snapshot', limit: limits.snapshot, usage: used.snapshot(world) },
      { resource: 'template', limit: 20, usage: templates },
      { resource: 'elastic-ip', limit: 10, usage: elasticIps },
      { resource: 'private-network', limit: 20, usage: networks },
      { resource: 'memory', limit: -1, usage: 0 },
      { resource: 'gpu', limit: 0, usage: 0 },
    ],
  }
}

/** Throws where one more would be too many: a 403, as the sheet infers (5.4). */
export function requireRoom(world: World, resource: keyof World['limits']): void {
  const limit = world.limits[resource]
  if (used[resource](world) < limit) return
  throw new Refused(403, `Quota exceeded: the organisation may have ${limit} ${resource}s`)
}
