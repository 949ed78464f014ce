/**
 * Serves security groups, the same in every zone; they filter no traffic
 * (docs/platform.md#security-groups).
 */
import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'

import type {
  AddRuleToSecurityGroup,
  CreateSecurityGroup,
  Operation,
  SecurityGroup,
  SecurityGroupRule,
} from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { begin, referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import { failureByName } from '../sentinels.ts'
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
 * (docs/platform.md#status-codes). The operation fails if the group is deleted in the meantime.
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
  return change(here, instance, {
    takesMs: takes.attach,
    reference: referenceTo('security-group', groupId),
    effect() {
      if (!here.world.securityGroups.has(groupId))
        return { reason: 'conflict', message: 'The security group was deleted' }
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
  return change(here, instance, {
    takesMs: takes.attach,
    reference: referenceTo('security-group', groupId),
    effect() {
      instance['security-groups'] = worn.filter(({ id }) => id !== groupId)
    },
  })
}

const maxPort = 65_535

/** Throws a 400 for a network that is none, as `203.0.113.0/24` and `2001:db8::/32` are. */
function requireNetwork(network: string): void {
  const [address = '', prefix = '', ...rest] = network.split('/')
  const family = isIP(address)
  const bits = family === 4 ? 32 : 128
  const fits = /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits
  if (family === 0 || !fits || rest.length > 0)
    throw new Refused(400, 'Invalid network', [
      { message: 'is not a CIDR', in: ['network'], path: 'network' },
    ])
}

/** Throws a 400 for a rule that can't be: ports of what has none, or several sources. */
function requireRule(world: World, rule: AddRuleToSecurityGroup): void {
  const { protocol, 'start-port': start, 'end-port': end, network } = rule
  const { 'security-group': source, icmp } = rule
  const hasPorts = start !== undefined || end !== undefined
  if (network !== undefined && source) throw new Refused(400, 'A rule has only one source')
  if (network !== undefined) requireNetwork(network)
  if (source?.id && !world.securityGroups.has(source.id)) throw notFound()
  if (hasPorts && !['tcp', 'udp'].includes(protocol))
    throw new Refused(400, 'Ports are only possible for TCP and UDP')
  if ((end ?? start ?? maxPort) < (start ?? 1))
    throw new Refused(400, 'The end port is below the start port')
  if (icmp && !protocol.startsWith('icmp'))
    throw new Refused(400, 'ICMP types are only possible for ICMP')
}

/** Creates a group without rules; a taken name is a 409, which is an assumption (docs/sandbox.md). */
export function createSecurityGroup(
  here: Here,
  { name, description }: CreateSecurityGroup,
): Operation {
  const { securityGroups } = here.world
  if ([...securityGroups.values()].some((one) => one.name === name))
    throw new Refused(409, 'A security group with this name already exists')
  const id = randomUUID()
  const failure = failureByName(name)
  return begin(here, {
    takesMs: takes.group,
    busyIds: [`security-group ${name}`],
    reference: referenceTo('security-group', id),
    effect() {
      if (failure) return failure
      const about = description ? { description } : {}
      securityGroups.set(id, { id, name, ...about, visibility: 'private' })
      return undefined
    },
  })
}

/** Whether any zone has an instance in the group. */
const hasMembers = ({ zones }: World, id: string) =>
  [...zones.values()].some(({ instances }) =>
    [...instances.values()].some((one) =>
      one['security-groups']?.some((worn) => worn.id === id),
    ),
  )

/**
 * Throws a 409 for a group that an instance is in (docs/platform.md#security-groups). If one gets it in the meantime,
 * the operation fails; a rule that has the group as its source keeps an id that leads nowhere.
 */
export function deleteSecurityGroup(here: Here, id: string): Operation {
  const { world } = here
  const group = findSecurityGroup(world, id)
  const message = "Cannot delete group when it's in use by virtual machines"
  if (group.name === 'default')
    throw new Refused(400, 'The default security group can’t be deleted')
  if (hasMembers(world, id)) throw new Refused(409, message)
  return begin(here, {
    takesMs: takes.group,
    busyIds: [id],
    reference: referenceTo('security-group', id),
    effect() {
      if (hasMembers(world, id)) return { reason: 'conflict', message }
      world.securityGroups.delete(id)
      return undefined
    },
  })
}

/** What a rule allows, in one order, without its id and description. */
const wordsOf = (rule: AddRuleToSecurityGroup | SecurityGroupRule) => [
  rule['flow-direction'],
  rule.protocol,
  rule['start-port'],
  rule['end-port'],
  rule.network,
  rule['security-group']?.id,
  rule.icmp?.type,
  rule.icmp?.code,
]

/** Adds a rule; the operation refers to the group (docs/platform.md#security-groups). */
export function addRule(here: Here, id: string, rule: AddRuleToSecurityGroup): Operation {
  const group = findSecurityGroup(here.world, id)
  requireRule(here.world, rule)
  const written = JSON.stringify(wordsOf(rule))
  if (group.rules?.some((one) => JSON.stringify(wordsOf(one)) === written))
    throw new Refused(409, 'The rule already exists')
  const failure = failureByName(group.name)
  return begin(here, {
    takesMs: takes.group,
    busyIds: [id],
    reference: referenceTo('security-group', id),
    effect() {
      if (failure) return failure
      const { icmp, ...members } = rule
      const { type, code } = icmp ?? {}
      group.rules = [
        ...(group.rules ?? []),
        {
          id: randomUUID(),
          ...members,
          ...(icmp
            ? {
                icmp: {
                  ...(typeof type === 'number' ? { type } : {}),
                  ...(typeof code === 'number' ? { code } : {}),
                },
              }
            : {}),
        },
      ]
      return undefined
    },
  })
}

/** Removes a rule; a group without rules has no such member (docs/platform.md#security-groups). */
export function deleteRule(here: Here, id: string, ruleId: string): Operation {
  const group = findSecurityGroup(here.world, id)
  if (!group.rules?.some((rule) => rule.id === ruleId)) throw notFound()
  return begin(here, {
    takesMs: takes.group,
    busyIds: [id],
    reference: referenceTo('security-group', id),
    effect() {
      const left = group.rules?.filter((rule) => rule.id !== ruleId) ?? []
      if (left.length > 0) group.rules = left
      else delete group.rules
      return undefined
    },
  })
}
