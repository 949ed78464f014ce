/**
 * Serves anti-affinity groups: chosen only at creation, with at most eight members in all; each zone
 * returns its own members (docs/platform.md#anti-affinity-groups).
 */
import { ANTI_AFFINITY_MAX } from '#contract/limits.ts'
import type { AntiAffinityGroup } from '#contract/types.ts'

import { notFound, Refused } from '../refusal.ts'
import type { World, ZoneStore } from '../world.ts'

function membersIn(zone: ZoneStore, groupId: string): { id: string }[] {
  return [...zone.instances.values()]
    .filter((one) => one['anti-affinity-groups']?.some(({ id }) => id === groupId))
    .map(({ id }) => ({ id }))
}

const view = (zone: ZoneStore, group: AntiAffinityGroup): AntiAffinityGroup => ({
  ...group,
  instances: membersIn(zone, group.id),
})

export function listAntiAffinityGroups(world: World, zone: ZoneStore) {
  const groups = [...world.antiAffinityGroups.values()]
  return { 'anti-affinity-groups': groups.map((group) => view(zone, group)) }
}

export function findAntiAffinityGroup(world: World, zone: ZoneStore, id: string) {
  const group = world.antiAffinityGroups.get(id)
  if (!group) throw notFound()
  return view(zone, group)
}

/** Throws if a group is unknown (404) or already has eight members (400). */
export function requireSpread(world: World, ids: string[]): void {
  for (const id of ids) {
    const group = world.antiAffinityGroups.get(id)
    if (!group) throw new Refused(404, 'Anti-affinity group not found')
    const members = [...world.zones.values()].flatMap((zone) => membersIn(zone, id))
    if (members.length < ANTI_AFFINITY_MAX) continue
    const message = `The anti-affinity group ${group.name} already has ${ANTI_AFFINITY_MAX} instances`
    throw new Refused(400, message, [{ message, path: 'anti-affinity-groups' }])
  }
}
