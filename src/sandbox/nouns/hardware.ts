/**
 * Changes an instance's size, disk, template and TPM. All of these need a stopped instance
 * (docs/platform.md#what-is-possible-in-which-state,
 * docs/platform.md#changing-the-size, docs/platform.md#disk-limits).
 */
import {
  DISK_MAX_GIB,
  diskCeilingGib,
  mayScaleBetween,
  templateMinGib,
} from '#contract/limits.ts'
import type { InstanceType, Operation, ResetInstance, Template } from '#contract/types.ts'

import { change, findInstance, requireAllowed, takes, type Here } from '../change.ts'
import { Refused } from '../refusal.ts'
import type { ZoneStore } from '../world.ts'
import { instanceTypes } from './instance-types.ts'
import { newPassword } from './passwords.ts'

/**
 * A type that the zone has and the organization may use, else a 404 or a 403
 * (docs/platform.md#instance-types).
 */
export function usableType(zone: ZoneStore, id: string): InstanceType {
  const type = instanceTypes.find((one) => one.id === id)
  if (!type?.zones?.includes(zone.name)) throw new Refused(404, 'Instance type not found')
  if (!type.authorized) throw new Refused(403, 'Instance type is not authorized')
  return type
}

/**
 * A template of this zone; anything else, also another zone's, is a 404
 * (docs/platform.md#creating-an-instance).
 */
export function usableTemplate(zone: ZoneStore, id: string | undefined): Template {
  const template = zone.templates.get(id ?? '')
  if (!template) throw new Refused(404, 'Template not found')
  return template
}

function refuseDisk(message: string): never {
  throw new Refused(400, message, [{ message, path: 'disk-size' }])
}

/**
 * A disk in GiB must fit its template and its type, else a 400
 * (docs/platform.md#disk-limits).
 */
export function requireDiskFits(
  gib: number,
  template: Template | undefined,
  type: InstanceType | undefined,
): void {
  const least = templateMinGib(template)
  const most = diskCeilingGib(type) ?? DISK_MAX_GIB
  if (gib < least) refuseDisk(`Disk size must be at least ${least} GiB`)
  if (gib > most) refuseDisk(`Disk size must be at most ${most} GiB for the instance type`)
}

const typeOf = (instance: { 'instance-type'?: { id: string } }) =>
  instanceTypes.find(({ id }) => id === instance['instance-type']?.id)

export function scaleInstance(here: Here, id: string, typeId: string): Operation {
  const instance = findInstance(here.zone, id)
  const to = usableType(here.zone, typeId)
  const from = typeOf(instance)
  if (from && !mayScaleBetween(from, to))
    throw new Refused(400, 'Instance type is of another family')
  requireAllowed('scale', instance)
  // The disk has to fit the new size; its template doesn't matter
  // (docs/platform.md#disk-limits).
  requireDiskFits(instance['disk-size'] ?? 0, undefined, to)
  return change(here, instance, {
    takesMs: takes.scale,
    effect() {
      instance['instance-type'] = { id: to.id }
    },
  })
}

export function resizeInstanceDisk(here: Here, id: string, gib: number): Operation {
  const instance = findInstance(here.zone, id)
  if (gib <= (instance['disk-size'] ?? 0)) refuseDisk('Disks can only grow')
  requireDiskFits(gib, undefined, typeOf(instance))
  requireAllowed('resize-disk', instance)
  return change(here, instance, {
    takesMs: takes.resize,
    work: () => here.consoles.disks.grow(id, gib),
    effect() {
      instance['disk-size'] = gib
    },
  })
}

/**
 * Reinstalls: the defaults are the present template and size. Whether the disk may shrink
 * is undocumented (docs/platform.md#reinstalling), so it may not.
 */
export function resetInstance(here: Here, id: string, body: ResetInstance): Operation {
  const { zone, clock } = here
  const instance = findInstance(zone, id)
  requireAllowed('reset', instance)
  const template = usableTemplate(zone, body.template?.id ?? instance.template?.id)
  const current = instance['disk-size'] ?? 0
  const gib = body['disk-size'] ?? current
  if (gib < current) refuseDisk('Disks can only grow')
  requireDiskFits(gib, template, typeOf(instance))
  return change(here, instance, {
    takesMs: takes.reset,
    work: () => here.consoles.disks.reset(id, gib),
    effect() {
      Object.assign(instance, { template: { id: template.id }, 'disk-size': gib })
      delete instance.password
      delete instance.fault
      if (template['password-enabled']) instance.password = newPassword(clock)
    },
  })
}

/** Adds a TPM, which can't be removed; needs UEFI firmware (docs/platform.md#tpm). */
export function enableTpm(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('enable-tpm', instance)
  if (instance['tpm-enabled']) throw new Refused(409, 'TPM is already enabled')
  if (here.zone.templates.get(instance.template?.id ?? '')?.['boot-mode'] !== 'uefi')
    throw new Refused(400, 'TPM needs a template that boots with UEFI')
  return change(here, instance, {
    takesMs: takes.tpm,
    effect() {
      instance['tpm-enabled'] = true
    },
  })
}
