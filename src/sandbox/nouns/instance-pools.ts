/**
 * Serves instance pools, also those inside SKS node pools: each keeps its number of members. Evicting
 * makes it smaller; a member that is deleted in another way is replaced, which is an assumption
 * (docs/platform.md#instance-pools).
 */
import { randomBytes, randomUUID } from 'node:crypto'

import type { InstancePool, Operation } from '#contract/types.ts'

import { requireAllowed, takes, type Here } from '../change.ts'
import { timestamp } from '../clock.ts'
import { switchOn } from '../machines.ts'
import { begin, referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import type { KeptInstance, KeptPool, ZoneStore } from '../world.ts'
import { beginDestroying, destroy, goesWith, requireUnprotected } from './destroy.ts'
import { newPassword } from './passwords.ts'
import { aMacAddress } from './private-networks.ts'

/** A pool inside an SKS node pool, which is the manager of its members. */
const managerOf = (pool: KeptPool) => pool.manager?.id ?? pool.id

function membersOf(zone: ZoneStore, pool: KeptPool): KeptInstance[] {
  return [...zone.instances.values()].filter(
    ({ manager }) => manager?.id === managerOf(pool),
  )
}

function viewPool(zone: ZoneStore, pool: KeptPool): InstancePool {
  return { ...pool, instances: membersOf(zone, pool).map(({ id }) => ({ id })) }
}

export function listPools(zone: ZoneStore) {
  const pools = [...zone.instancePools.values()].map((pool) => viewPool(zone, pool))
  return { 'instance-pools': pools }
}

function findPool(zone: ZoneStore, id: string): KeptPool {
  const pool = zone.instancePools.get(id)
  if (!pool) throw notFound()
  return pool
}

/** Throws a 404 for an id that the zone doesn't have, also for another zone's. */
export function getPool(zone: ZoneStore, id: string): InstancePool {
  return viewPool(zone, findPool(zone, id))
}

/** Destroys the named members and makes the pool smaller by their number. */
export function evictMembers(here: Here, poolId: string, ids: string[]): Operation {
  const { zone } = here
  const pool = findPool(zone, poolId)
  if (pool.manager) {
    const reason = `Managed by SKS nodepool ${pool.manager.id}`
    const message = `Operation evict-instance-pool-members on resource ${poolId} is forbidden - reason: ${reason}`
    throw new Refused(403, message)
  }
  const members = membersOf(zone, pool).filter(({ id }) => ids.includes(id))
  if (members.length < ids.length)
    throw new Refused(400, 'The instance is not a member of the instance pool')
  for (const member of members) {
    requireUnprotected(member, 'evict-instance-pool-members')
    if (!zone.busy.has(member.id)) requireAllowed('delete', member)
  }
  const operation = begin(here, {
    takesMs: takes.evict,
    busyIds: [poolId, ...ids, ...ids.flatMap((id) => goesWith(zone, id))],
    reference: referenceTo('instance-pool', poolId),
    effect() {
      for (const id of ids) destroy(here, id)
      pool.size -= ids.length
      pool.state = 'running'
      return undefined
    },
  })
  pool.state = 'scaling-down'
  for (const member of members) beginDestroying(here, member)
  return operation
}

/** A new member with the pool's own settings, not those of the deleted one. */
function replacementOf(here: Here, pool: KeptPool, gone: KeptInstance): KeptInstance {
  const {
    password,
    'public-ip': ip,
    'ipv6-address': _ipv6,
    // What belongs to the deleted disk and to its deletion.
    destroyed: _destroyed,
    fault: _fault,
    simulated: _simulated,
    publicKeys: _publicKeys,
    ...like
  } = gone
  const suffix = randomBytes(3).toString('hex').slice(0, 5)
  return {
    ...like,
    ...(pool['instance-type'] ? { 'instance-type': pool['instance-type'] } : {}),
    ...(pool.template ? { template: pool.template } : {}),
    ...(pool['disk-size'] ? { 'disk-size': pool['disk-size'] } : {}),
    labels: pool.labels ?? {},
    'public-ip-assignment': ip ? 'inet4' : 'none',
    id: randomUUID(),
    name: `${pool['instance-prefix'] ?? 'pool'}-${suffix}`,
    state: 'starting',
    'created-at': timestamp(here.clock.now()),
    'mac-address': aMacAddress(),
    ...(ip ? { 'public-ip': `194.182.191.${2 + ((randomBytes(1)[0] ?? 0) % 250)}` } : {}),
    'private-networks': (gone['private-networks'] ?? []).map(({ id }) => ({
      id,
      'mac-address': aMacAddress(),
    })),
    'elastic-ips': [],
    'block-storage-volumes': [],
    snapshots: [],
    ...(password ? { password: newPassword(here.clock) } : {}),
    protected: false,
  }
}

function grow(here: Here, pool: KeptPool, gone: KeptInstance): void {
  const instance = replacementOf(here, pool, gone)
  pool.state = 'scaling-up'
  here.zone.busy.add(instance.id)
  here.zone.instances.set(instance.id, instance)
  switchOn(here, instance)
  here.clock.later(takes.create, () => {
    here.zone.busy.delete(instance.id)
    instance.state = 'running'
    pool.state = 'running'
  })
}

/** After a moment, replaces a member that was deleted without being evicted. */
export function refillPool(here: Here, gone: KeptInstance): void {
  const { world, zone, clock } = here
  const pool = [...zone.instancePools.values()].find(
    (one) => managerOf(one) === gone.manager?.id,
  )
  if (!pool) return
  clock.later(takes.poolNotices, () => {
    if (world.isReplaced) return
    if (membersOf(zone, pool).length < pool.size) grow(here, pool, gone)
  })
}
