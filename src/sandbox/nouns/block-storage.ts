/**
 * Block storage volumes of a zone; they outlive their instance
 * (docs/platform.md#block-storage).
 */
import { randomUUID } from 'node:crypto'

import type {
  CreateBlockStorageVolume,
  Operation,
  ResizeBlockStorageVolume,
  UpdateBlockStorageVolume,
} from '#contract/types.ts'
import {
  growRefusal,
  isTooSmallForVolumes,
  VOLUME_MAX_GIB,
  VOLUME_MIN_GIB,
  volumeRefusal,
  VOLUMES_PER_INSTANCE,
  type VolumeAction,
} from '#contract/volumes.ts'

import { findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { timestamp } from '../clock.ts'
import { begin, referenceTo } from '../operations.ts'
import { notFound, Refused } from '../refusal.ts'
import { failureByName, failureOf } from '../sentinels.ts'
import type { KeptVolume, ZoneStore } from '../world.ts'
import { instanceTypes } from './instance-types.ts'
import { requireRoom, requireStorage } from './quotas.ts'

/** Throws a 404 for an id that the zone doesn't have, also for another zone's. */
export function findVolume(zone: ZoneStore, id: string): KeptVolume {
  const volume = zone.volumes.get(id)
  if (!volume) throw notFound()
  return volume
}

export function volumesOf(zone: ZoneStore, instanceId: string): KeptVolume[] {
  return [...zone.volumes.values()].filter(({ instance }) => instance?.id === instanceId)
}

/** All of the zone, or one instance's: Exoscale has a filter for this. */
export function listVolumes(zone: ZoneStore, query: URLSearchParams) {
  const instanceId = query.get('instance-id')
  const volumes =
    instanceId === null ? [...zone.volumes.values()] : volumesOf(zone, instanceId)
  return { 'block-storage-volumes': volumes }
}

/** Throws if a volume's state doesn't allow the change. */
function requirePossible(
  { zone }: Here,
  action: VolumeAction,
  volume: KeptVolume,
  instanceId?: string,
): void {
  // `begin` rejects a change in progress as a conflict.
  if (zone.busy.has(volume.id)) return
  const why = volumeRefusal(action, volume, instanceId)
  if (why === undefined) return
  if (why === 'not-attached') throw new Refused(404, 'Volume not attached')
  if (why === 'attached-here' || why === 'attached-elsewhere')
    throw new Refused(409, 'Volume already attached')
  if (why === 'still-attached') throw new Refused(409, 'Volume is attached to an instance')
  throw new Refused(400, `Not possible while the volume is ${volume.state}.`)
}

/**
 * The instance lists its volumes in an undeclared member (docs/platform.md#get-instance).
 */
function tellInstance(zone: ZoneStore, instanceId: string): void {
  const instance = zone.instances.get(instanceId)
  if (!instance) return
  instance['block-storage-volumes'] = volumesOf(zone, instanceId).map(({ id }) => ({ id }))
}

function requireSize(size: number, least = VOLUME_MIN_GIB): void {
  if (size >= least && size <= VOLUME_MAX_GIB) return
  const message = `must be from ${least} to ${VOLUME_MAX_GIB}`
  throw new Refused(400, 'bad request', [{ message, in: ['size'], path: 'size' }])
}

/** Creates an empty, detached volume; its id is in the operation's reference. */
export function createVolume(here: Here, body: CreateBlockStorageVolume): Operation {
  const { zone, clock } = here
  requireSize(body.size)
  requireRoom(here.world, 'block-storage-volume')
  requireStorage(here.world, body.size)
  const volume: KeptVolume = {
    id: randomUUID(),
    name: body.name,
    size: body.size,
    state: 'creating',
    labels: body.labels ?? {},
    blocksize: 4096,
    'created-at': timestamp(clock.now()),
    encrypted: true,
    'block-storage-snapshots': [],
  }
  const failure = failureByName(body.name)
  const operation = begin(here, {
    takesMs: takes.createVolume,
    busyIds: [volume.id],
    reference: referenceTo('block-storage', volume.id),
    effect() {
      volume.state = failure ? 'error' : 'detached'
      return failure
    },
  })
  zone.volumes.set(volume.id, volume)
  return operation
}

/** Rejected below size `small`, with Exoscale's text, and beyond five volumes of an instance. */
export function attachVolume(here: Here, id: string, instanceId: string): Operation {
  const { zone } = here
  const volume = findVolume(zone, id)
  const instance = findInstance(zone, instanceId)
  requirePossible(here, 'attach', volume, instanceId)
  const type = instanceTypes.find((one) => one.id === instance['instance-type']?.id)
  if (isTooSmallForVolumes(type))
    throw new Refused(400, 'Request restricted: Instance size must be at least small')
  if (volumesOf(zone, instanceId).length >= VOLUMES_PER_INSTANCE) {
    const message = `Request restricted: Instance already has ${VOLUMES_PER_INSTANCE} volumes`
    throw new Refused(400, message)
  }
  requireAllowed('attach', instance)
  const failure = failureOf('attach', volume.name)
  const operation = begin(here, {
    takesMs: takes.attachVolume,
    busyIds: [id, instanceId],
    reference: referenceTo('block-storage', id),
    effect() {
      volume.state = failure ? 'detached' : 'attached'
      if (failure) delete volume.instance
      tellInstance(zone, instanceId)
      return failure
    },
  })
  volume.state = 'attaching'
  volume.instance = { id: instanceId }
  return operation
}

/** Also from a running instance, without a check whether its operating system uses it. */
export function detachVolume(here: Here, id: string): Operation {
  const { zone } = here
  const volume = findVolume(zone, id)
  requirePossible(here, 'detach', volume)
  const instanceId = volume.instance?.id ?? ''
  requireAllowed('attach', findInstance(zone, instanceId))
  const failure = failureByName(volume.name)
  const operation = begin(here, {
    takesMs: takes.attachVolume,
    busyIds: [id, instanceId],
    reference: referenceTo('block-storage', id),
    effect() {
      volume.state = failure ? 'attached' : 'detached'
      if (!failure) delete volume.instance
      tellInstance(zone, instanceId)
      return failure
    },
  })
  volume.state = 'detaching'
  return operation
}

/** Sets a new name, new labels, or both; its state doesn't change. */
export function updateVolume(
  here: Here,
  id: string,
  { name, labels }: UpdateBlockStorageVolume,
): Operation {
  const volume = findVolume(here.zone, id)
  return begin(here, {
    takesMs: takes.update,
    busyIds: [id],
    reference: referenceTo('block-storage', id),
    effect() {
      // Null keeps what is there, as absence does.
      if (name) volume.name = name
      if (labels) volume.labels = labels
      return undefined
    },
  })
}

/**
 * Makes a volume larger at once, without an operation, unless a running instance has it
 * (docs/platform.md#block-storage).
 */
export function resizeVolume(
  { world, zone }: Here,
  id: string,
  { size }: ResizeBlockStorageVolume,
): KeptVolume {
  const volume = findVolume(zone, id)
  if (zone.busy.has(id)) throw new Refused(409, 'Volume is busy')
  const why = growRefusal(volume, zone.instances.get(volume.instance?.id ?? '')?.state)
  if (why === 'holder-runs')
    throw new Refused(400, 'Volume is attached to an instance that is not stopped')
  if (why) throw new Refused(400, `Not possible while the volume is ${volume.state}.`)
  const had = volume.size ?? 0
  requireSize(size, had + 1)
  requireStorage(world, size, had)
  volume.size = size
  return volume
}

export function deleteVolume(here: Here, id: string): Operation {
  const { zone } = here
  const volume = findVolume(zone, id)
  requirePossible(here, 'delete', volume)
  const before = volume.state
  const failure = failureByName(volume.name)
  const operation = begin(here, {
    takesMs: takes.delete,
    busyIds: [id],
    reference: referenceTo('block-storage', id),
    effect() {
      if (failure) volume.state = before
      else zone.volumes.delete(id)
      return failure
    },
  })
  volume.state = 'deleting'
  return operation
}

/** Detaches a destroyed instance's volumes, which keep their data. */
export function freeVolumes(zone: ZoneStore, instanceId: string): void {
  for (const volume of volumesOf(zone, instanceId)) {
    volume.state = 'detached'
    delete volume.instance
  }
}
