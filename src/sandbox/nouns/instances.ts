/**
 * Reads instances, and makes changes that don't concern their machine. Power is in power.ts, disk and
 * type are in hardware.ts, creating is in create-instance.ts.
 */
import { randomBytes } from 'node:crypto'

import { isId } from '#contract/endpoints.ts'
import { updated } from '#contract/plan.ts'
import type {
  Instance,
  InstanceListItem,
  Operation,
  UpdateInstance,
} from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { Refused } from '../refusal.ts'
import { lockFailure } from '../sentinels.ts'
import type { KeptInstance, ZoneStore } from '../world.ts'
import { beginDestroying, destroy, goesWith, requireUnprotected } from './destroy.ts'
import { refillPool } from './instance-pools.ts'

/**
 * The response of get-instance: without members that the zone never returns
 * (docs/platform.md#get-instance).
 */
export function viewInstance(kept: KeptInstance): Instance {
  const {
    protected: _protected,
    password: _password,
    publicKeys: _keys,
    destroyed: _destroyed,
    fault: _fault,
    simulated: _simulated,
    ...instance
  } = kept
  return instance
}

/**
 * A row of list-instances: without members that only get-instance returns
 * (docs/platform.md#bare-references).
 */
function listInstance(kept: KeptInstance): InstanceListItem {
  const {
    'disk-size': _size,
    'disk-encrypted': _encrypted,
    'elastic-ips': _ips,
    'anti-affinity-groups': _groups,
    'block-storage-volumes': _volumes,
    snapshots: _snapshots,
    'secureboot-enabled': _secureboot,
    'tpm-enabled': _tpm,
    'user-data': _userData,
    'application-consistent-snapshot-enabled': _consistent,
    'deploy-target': _target,
    ...item
  } = viewInstance(kept)
  return item
}

function hasAddress(instance: KeptInstance, address: string): boolean {
  const elastic = instance['elastic-ips'] ?? []
  const own = [instance['public-ip'], instance['ipv6-address']]
  return own.includes(address) || elastic.some(({ ip }) => ip === address)
}

/**
 * Whether an instance has all of `key=value,key=value`; a key without a value matches any value. The
 * parameter's format isn't documented, so this is an assumption
 * (docs/sandbox.md#assumptions-about-exoscale).
 */
function hasLabels({ labels = {} }: KeptInstance, wanted: string): boolean {
  return wanted.split(',').every((pair) => {
    const at = pair.indexOf('=')
    const has = Object.hasOwn(labels, at < 0 ? pair : pair.slice(0, at))
    return has && (at < 0 || labels[pair.slice(0, at)] === pair.slice(at + 1))
  })
}

/**
 * The zone's instances that match every filter of the query; a malformed one is a 400
 * (docs/platform.md#bare-references).
 */
export function listInstances(zone: ZoneStore, query: URLSearchParams) {
  const managerId = query.get('manager-id')
  const managerType = query.get('manager-type')
  const address = query.get('ip-address')
  const labels = query.get('labels')
  if (managerId !== null && !isId(managerId))
    throw new Refused(400, 'bad request', [
      { message: 'is not a UUID', path: 'manager-id' },
    ])
  if (managerType !== null && managerType !== 'instance-pool')
    throw new Refused(400, 'bad request', [{ message: 'is unknown', path: 'manager-type' }])
  const fitting = [...zone.instances.values()].filter(
    (one) =>
      (managerId === null || one.manager?.id === managerId) &&
      (managerType === null || one.manager?.type === managerType) &&
      (address === null || hasAddress(one, address)) &&
      (labels === null || hasLabels(one, labels)),
  )
  return { instances: fitting.map(listInstance) }
}

/** A made-up address of the kind that `dual` adds (docs/platform.md#public-addresses). */
export function anIpv6Address(): string {
  const groups = randomBytes(8).toString('hex').match(/..../g) ?? []
  return `2a04:c43:e00:${groups.map((one) => one.replace(/^0+(?=.)/, '')).join(':')}:1`
}

/**
 * Absent members and null labels stay, labels are replaced, and only inet4 → dual changes the address
 * (docs/platform.md#updating-an-instance).
 */
export function updateInstance(here: Here, id: string, body: UpdateInstance): Operation {
  const instance = findInstance(here.zone, id)
  const wanted = body['public-ip-assignment']
  const current = instance['public-ip-assignment']
  const promotes = current === 'inet4' && wanted === 'dual'
  if (wanted && wanted !== current && !promotes) {
    throw new Refused(
      400,
      `The public IP assignment can't change from ${current} to ${wanted}`,
    )
  }
  requireAllowed('update', instance)
  return change(here, instance, {
    takesMs: takes.update,
    neverFails: true,
    effect() {
      Object.assign(instance, updated(instance, body))
      if (promotes) instance['ipv6-address'] = anIpv6Address()
    },
  })
}

/**
 * The only field that Exoscale can reset is `labels`
 * (docs/platform.md#updating-an-instance).
 */
export function resetInstanceField(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('update', instance)
  return change(here, instance, {
    takesMs: takes.update,
    neverFails: true,
    effect() {
      instance.labels = {}
    },
  })
}

/**
 * A protected one is a 403; a pool replaces its member
 * (docs/platform.md#deleting-an-instance, docs/platform.md#instance-pools).
 */
export function deleteInstance(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireUnprotected(instance, 'delete-instance')
  requireAllowed('delete', instance)
  const operation = change(here, instance, {
    takesMs: takes.delete,
    neverFails: true,
    alsoBusy: goesWith(here.zone, id),
    effect() {
      destroy(here, id)
      refillPool(here, instance)
    },
  })
  // After the checks, because a rejected deletion must keep the screen.
  beginDestroying(here, instance)
  return operation
}

/**
 * Adding and removing are idempotent, and no request returns the setting
 * (docs/platform.md#protection).
 */
export function protectInstance(here: Here, id: string, on: boolean): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('protect', instance)
  return change(here, instance, {
    takesMs: takes.update,
    neverFails: true,
    effect() {
      const failure = on ? lockFailure(instance.name) : undefined
      if (!failure) instance.protected = on
      return failure
    },
  })
}
