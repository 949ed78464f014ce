/**
 * Serves security groups, the same in every zone; they filter no traffic
 * (docs/platform.md#security-groups).
 */
import type { Operation, SecurityGroup } from '#contract/types.ts'

import { findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { begin, referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import type { World } from '../world.ts'

/** All groups, or those of one visibility. */
export function listSecurityGroups(world: World, query: URLSearchParams) {
  const visibility = query.get('visibility')
  const groups = [...world.securityGroups.values()].filter(
    (one) => visibility === null || one.visibility === visibility,
  )
  return { 'security-groups': groups }
}

export function findSecurityGroup(world: World, id: string): SecurityGroup {
  const group = world.securityGroups.get(id)
  if (!group) throw notFound()
  return group
}

/**
 * Adds an instance to the group; throws a 409 if it is already in the group
 * (docs/platform.md#status-codes).
 */
export function attachToSecurityGroup(
  here: Here,
  groupId: string,
  instanceId: string,
): Operation {
  const group = findSecurityGroup(here.world, groupId)
  const instance = findInstance(here.zone, instanceId)
  requireAllowed('attach', instance)
  const worn = instance['security-groups'] ?? []
  if (worn.some(({ id }) => id === group.id))
    throw new Refused(409, 'The instance is already in the security group')
  return begin(here, {
    takesMs: takes.attach,
    busyIds: [instanceId],
    reference: referenceTo('security-group', groupId),
    effect() {
      instance['security-groups'] = [...worn, { id: groupId }]
      return undefined
    },
  })
}

/** Removes it from the group; throws a 404 if it isn't in it (docs/platform.md#status-codes). */
export function detachFromSecurityGroup(
  here: Here,
  groupId: string,
  instanceId: string,
): Operation {
  findSecurityGroup(here.world, groupId)
  const instance = findInstance(here.zone, instanceId)
  requireAllowed('attach', instance)
  const worn = instance['security-groups'] ?? []
  if (!worn.some(({ id }) => id === groupId))
    throw new Refused(404, 'The instance is not in the security group')
  return begin(here, {
    takesMs: takes.attach,
    busyIds: [instanceId],
    reference: referenceTo('security-group', groupId),
    effect() {
      instance['security-groups'] = worn.filter(({ id }) => id !== groupId)
      return undefined
    },
  })
}
