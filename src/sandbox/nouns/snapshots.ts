/**
 * Serves snapshots of instances' disks (docs/platform.md#taking-a-snapshot,
 * docs/platform.md#reverting-to-a-snapshot).
 */
import { createHash, randomUUID } from 'node:crypto'

import type { Operation, Snapshot } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { timestamp } from '../clock.ts'
import { begin, referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import { failureOf } from '../sentinels.ts'
import type { KeptSnapshot, ZoneStore } from '../world.ts'
import { requireRoom } from './quotas.ts'

/** A snapshot as the zone returns it. */
export function viewSnapshot({
  templateId: _templateId,
  fault: _fault,
  ...snapshot
}: KeptSnapshot): Snapshot {
  return snapshot
}

/** Throws a 404 for an id that the zone doesn't have, also for another zone's. */
export function findSnapshot(zone: ZoneStore, id: string): KeptSnapshot {
  const snapshot = zone.snapshots.get(id)
  if (!snapshot) throw notFound()
  return snapshot
}

/**
 * Exoscale names it, and the operation's reference is the snapshot
 * (docs/platform.md#taking-a-snapshot).
 */
export function createSnapshot(here: Here, instanceId: string): Operation {
  const { world, zone, clock } = here
  const instance = findInstance(zone, instanceId)
  requireAllowed('create-snapshot', instance)
  requireRoom(world, 'snapshot')
  const failure = failureOf('snapshot', instance.name)
  const at = timestamp(clock.now())
  const snapshot: KeptSnapshot = {
    id: randomUUID(),
    name: `${instance.name}_${at}`,
    'created-at': at,
    state: 'snapshotting',
    size: instance['disk-size'] ?? 10,
    instance: { id: instanceId },
    'application-consistent': instance['application-consistent-snapshot-enabled'] ?? false,
    templateId: instance.template?.id ?? '',
    fault: instance.fault,
  }
  const operation = begin(here, {
    takesMs: takes.snapshot,
    busyIds: [instanceId, snapshot.id],
    reference: referenceTo('snapshot', snapshot.id),
    ...(failure
      ? {}
      : { work: () => here.consoles.disks.snapshot(instanceId, snapshot.id) }),
    effect() {
      snapshot.state = failure ? 'error' : 'ready'
      return failure
    },
  })
  zone.snapshots.set(snapshot.id, snapshot)
  instance.snapshots = [...(instance.snapshots ?? []), { id: snapshot.id }]
  return operation
}

function requireUsable({ state }: KeptSnapshot): void {
  if (state === 'ready' || state === 'exported') return
  throw new Refused(400, `Not possible while the snapshot is ${state}.`)
}

/**
 * Restores the disk's content; a disk that has been made larger keeps its size
 * (docs/platform.md#reverting-to-a-snapshot).
 */
export function revertToSnapshot(
  here: Here,
  instanceId: string,
  snapshotId: string,
): Operation {
  const instance = findInstance(here.zone, instanceId)
  const snapshot = findSnapshot(here.zone, snapshotId)
  if (snapshot.instance?.id !== instanceId)
    throw new Refused(400, 'The snapshot belongs to another instance.')
  requireAllowed('revert-snapshot', instance)
  requireUsable(snapshot)
  const gib = Math.max(instance['disk-size'] ?? 0, snapshot.size)
  return change(here, instance, {
    takesMs: takes.revert,
    work: () => here.consoles.disks.revert(instanceId, snapshotId, gib),
    alsoBusy: [snapshotId],
    effect() {
      instance['disk-size'] = gib
      instance.template = { id: snapshot.templateId }
      instance.fault = snapshot.fault
    },
  })
}

export function deleteSnapshot(here: Here, id: string): Operation {
  const { zone } = here
  const snapshot = findSnapshot(zone, id)
  const operation = begin(here, {
    takesMs: takes.delete,
    busyIds: [id],
    work: () => here.consoles.disks.deleteSnapshot(snapshot.instance?.id ?? '', id),
    reference: referenceTo('snapshot', id),
    effect() {
      zone.snapshots.delete(id)
      const instance = zone.instances.get(snapshot.instance?.id ?? '')
      if (instance)
        instance.snapshots = instance.snapshots?.filter((one) => one.id !== id) ?? []
      return undefined
    },
  })
  snapshot.state = 'deleting'
  return operation
}

/**
 * Makes it downloadable; the address is an example that doesn't work
 * (docs/platform.md#snapshots).
 */
export function exportSnapshot(here: Here, id: string): Operation {
  const snapshot = findSnapshot(here.zone, id)
  if (!here.zone.busy.has(id)) requireUsable(snapshot)
  const operation = begin(here, {
    takesMs: takes.export,
    busyIds: [id],
    reference: referenceTo('snapshot', id),
    effect() {
      snapshot.state = 'exported'
      snapshot.export = {
        'presigned-url': `https://snapshots.sandbox.invalid/${here.zone.name}/${id}.qcow2`,
        md5sum: createHash('md5').update(id).digest('hex'),
      }
      return undefined
    },
  })
  snapshot.state = 'exporting'
  return operation
}
