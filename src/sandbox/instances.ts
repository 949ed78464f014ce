/**
 * Instances: what the zone tells of them, what it refuses and what its operations do. The
 * refusals and their words are the measured ones of exoscale-api.md 3 and 6; the states
 * come from the contract's life of a machine.
 */
import { randomBytes, randomUUID } from 'node:crypto'

import { refusal, type Action } from '#contract/lifecycle.ts'
import { mayScaleBetween, templateMinGib } from '#contract/limits.ts'
import type {
  CreateInstance,
  Instance,
  InstanceListItem,
  Operation,
  UpdateInstance,
} from '#contract/types.ts'

import type { Clock } from './clock.ts'
import type { Consoles } from './console/consoles.ts'
import type { MachineSpec } from './console/machine.ts'
import { instanceTypes, stableId } from './instance-types.ts'
import { begin, type Failure } from './operations.ts'
import { notFound, Refused } from './refusal.ts'
import type { KeptInstance, ZoneStore } from './world.ts'

export type Here = { zone: ZoneStore; clock: Clock; consoles: Consoles }

/** How long each takes, in ms of sandbox time. */
const takes = {
  create: 8_000,
  start: 4_000,
  stop: 3_000,
  reboot: 5_000,
  scale: 3_000,
  resize: 2_000,
  reset: 9_000,
  update: 800,
  delete: 4_000,
  snapshot: 6_000,
}

export function findInstance(zone: ZoneStore, id: string): KeptInstance {
  const instance = zone.instances.get(id)
  if (!instance) throw notFound()
  return instance
}

/** What get-instance answers: all but what the zone keeps to itself (3.3). */
export function viewInstance(kept: KeptInstance): Instance {
  const { protected: _protected, password: _password, ...instance } = kept
  return instance
}

/** What list-instances answers: without what only get-instance tells (3.2). */
export function listInstance(kept: KeptInstance): InstanceListItem {
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

/** The machine behind an instance, as its console needs to know it. */
export function machineSpec(zone: ZoneStore, instance: KeptInstance): MachineSpec {
  const template = zone.templates.get(instance.template?.id ?? '')
  const type = instanceTypes.find(({ id }) => id === instance['instance-type']?.id)
  return {
    instanceId: instance.id,
    name: instance.name ?? instance.id,
    templateName: template?.name ?? 'unknown template',
    templateFamily: template?.family ?? 'linux',
    bootMode: template?.['boot-mode'] === 'uefi' ? 'uefi' : 'legacy',
    cpus: type?.cpus ?? 1,
    memoryBytes: type?.memory ?? 2 ** 30,
    diskGib: instance['disk-size'] ?? 10,
    zone: zone.name,
    defaultUser: template?.['default-user'] ?? 'root',
    ...(instance['public-ip'] ? { publicIp: instance['public-ip'] } : {}),
    ...(instance.password ? { password: instance.password } : {}),
  }
}

function requireAllowed(action: Action, instance: KeptInstance): void {
  const reason = refusal(action, instance.state)
  if (!reason) return
  if (action === 'stop') throw new Refused(400, 'Only running instances can be stopped.')
  if (reason === 'needs-stopped')
    throw new Refused(400, 'The instance needs to be stopped.')
  throw new Refused(400, `Not possible while the instance is ${instance.state}.`)
}

const referenceTo = (id: string) => ({
  id,
  link: `/v2/instance/${id}`,
  command: 'get-instance',
})

/** An operation on one instance whose state passes through `via`. */
function change(
  { zone, clock }: Here,
  instance: KeptInstance,
  how: {
    takesMs: number
    via?: string
    effect(): Failure | undefined
    asResource?: boolean
  },
): Operation {
  const operation = begin(zone, clock, {
    takesMs: how.takesMs,
    instanceId: instance.id,
    effect: how.effect,
    ...(how.asResource
      ? { resource: { id: instance.id, type: 'instance' } }
      : { reference: referenceTo(instance.id) }),
  })
  if (how.via) instance.state = how.via
  return operation
}

export function createInstance(here: Here, body: CreateInstance): Operation {
  const { zone, clock, consoles } = here
  const type = instanceTypes.find(({ id }) => id === body['instance-type'].id)
  const template = zone.templates.get(body.template.id)
  if (!type || !type.zones?.includes(zone.name))
    throw new Refused(404, 'Instance type not found')
  if (!template) throw new Refused(404, 'Template not found')
  if (!type.authorized) throw new Refused(403, 'Instance type is not authorized')
  if (body['disk-size'] < templateMinGib(template)) {
    const message = `Disk size must be at least ${templateMinGib(template)} GiB`
    throw new Refused(400, message, [{ message, path: 'disk-size' }])
  }
  const id = randomUUID()
  const keys = body['ssh-keys'] ?? (body['ssh-key'] ? [body['ssh-key']] : [])
  const assignment = body['public-ip-assignment'] ?? 'inet4'
  const instance: KeptInstance = {
    id,
    name: body.name ?? `instance-${id.slice(0, 8)}`,
    state: 'starting',
    'created-at': new Date(clock.now()).toISOString().replace(/\.\d+/, ''),
    'instance-type': body['instance-type'],
    template: body.template,
    labels: body.labels ?? {},
    'mac-address': `06:${[...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
    'public-ip-assignment': assignment,
    ...(assignment === 'none'
      ? {}
      : { 'public-ip': `194.182.190.${2 + ((randomBytes(1)[0] ?? 0) % 250)}` }),
    'private-networks': [],
    // 3.1: who names no group wears the one called default.
    'security-groups': body['security-groups'] ?? [
      { id: stableId('security-group default') },
    ],
    ...(keys[0] ? { 'ssh-key': keys[0] } : {}),
    'ssh-keys': keys,
    'disk-size': body['disk-size'],
    'disk-encrypted': true,
    'anti-affinity-groups': body['anti-affinity-groups'] ?? [],
    'elastic-ips': [],
    'block-storage-volumes': [],
    snapshots: [],
    'secureboot-enabled': body['secureboot-enabled'] ?? false,
    'tpm-enabled': body['tpm-enabled'] ?? false,
    'application-consistent-snapshot-enabled':
      body['application-consistent-snapshot-enabled'] ?? false,
    ...(body['user-data'] ? { 'user-data': body['user-data'] } : {}),
    ...(template['password-enabled']
      ? { password: randomBytes(9).toString('base64url') }
      : {}),
    protected: false,
  }
  zone.instances.set(id, instance)
  const starts = body['auto-start'] ?? true
  if (starts) void consoles.start(machineSpec(zone, instance))
  return change(here, instance, {
    takesMs: takes.create,
    effect() {
      instance.state = starts ? 'running' : 'stopped'
      return undefined
    },
  })
}

export function updateInstance(here: Here, id: string, body: UpdateInstance): Operation {
  const instance = findInstance(here.zone, id)
  const assignment = body['public-ip-assignment']
  const current = instance['public-ip-assignment']
  if (
    assignment &&
    assignment !== current &&
    !(current === 'inet4' && assignment === 'dual')
  ) {
    throw new Refused(
      400,
      `The public address can't change from ${current} to ${assignment}`,
    )
  }
  requireAllowed('update', instance)
  return change(here, instance, {
    takesMs: takes.update,
    effect() {
      Object.assign(instance, body)
      return undefined
    },
  })
}

export function startInstance(
  here: Here,
  id: string,
  body: { 'rescue-profile'?: 'netboot' | 'netboot-efi' },
): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('start', instance)
  const fails = instance.name === 'fails-on-start'
  const rescue = body['rescue-profile']
  const operation = change(here, instance, {
    takesMs: takes.start,
    via: 'starting',
    asResource: true,
    effect() {
      instance.state = fails ? 'stopped' : 'running'
      return fails
        ? {
            reason: 'unavailable',
            message: 'No host of this zone has room for the instance',
          }
        : undefined
    },
  })
  if (!fails)
    void here.consoles.start(machineSpec(here.zone, instance), rescue ? { rescue } : {})
  return operation
}

export function stopInstance(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('stop', instance)
  const operation = change(here, instance, {
    takesMs: takes.stop,
    via: 'stopping',
    asResource: true,
    effect() {
      instance.state = 'stopped'
      return undefined
    },
  })
  void here.consoles.stop(id)
  return operation
}

export function rebootInstance(here: Here, id: string): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('reboot', instance)
  const operation = change(here, instance, {
    takesMs: takes.reboot,
    effect: () => undefined,
  })
  void here.consoles.reboot(id)
  return operation
}

export function scaleInstance(here: Here, id: string, typeId: string): Operation {
  const instance = findInstance(here.zone, id)
  const to = instanceTypes.find((one) => one.id === typeId)
  const from = instanceTypes.find((one) => one.id === instance['instance-type']?.id)
  if (!to || !from || !to.zones?.includes(here.zone.name)) {
    throw new Refused(404, 'Instance type not found')
  }
  if (!to.authorized) throw new Refused(403, 'Instance type is not authorized')
  if (!mayScaleBetween(from, to))
    throw new Refused(400, 'Instance type is of another family')
  requireAllowed('scale', instance)
  return change(here, instance, {
    takesMs: takes.scale,
    effect() {
      instance['instance-type'] = { id: to.id }
      return undefined
    },
  })
}

export function resizeInstanceDisk(here: Here, id: string, gib: number): Operation {
  const instance = findInstance(here.zone, id)
  if (gib <= (instance['disk-size'] ?? 0)) throw new Refused(400, 'Disks can only grow')
  requireAllowed('resize-disk', instance)
  return change(here, instance, {
    takesMs: takes.resize,
    effect() {
      instance['disk-size'] = gib
      return undefined
    },
  })
}

export function resetInstance(
  here: Here,
  id: string,
  body: { 'disk-size'?: number; template?: { id: string } },
): Operation {
  const instance = findInstance(here.zone, id)
  requireAllowed('reset', instance)
  const template = here.zone.templates.get(body.template?.id ?? instance.template?.id ?? '')
  if (!template) throw new Refused(404, 'Template not found')
  const gib = body['disk-size'] ?? instance['disk-size'] ?? 0
  if (gib < templateMinGib(template))
    throw new Refused(400, 'Disk is too small for the template')
  return change(here, instance, {
    takesMs: takes.reset,
    effect() {
      Object.assign(instance, { template: { id: template.id }, 'disk-size': gib })
      return undefined
    },
  })
}

export function deleteInstance(here: Here, id: string): Operation {
  const { zone, consoles } = here
  const instance = findInstance(zone, id)
  if (instance.protected) {
    throw new Refused(
      403,
      `Operation delete-instance on resource ${id} is forbidden - reason: manual instance protection`,
    )
  }
  requireAllowed('delete', instance)
  const operation = change(here, instance, {
    takesMs: takes.delete,
    via: 'destroying',
    effect() {
      zone.instances.delete(id)
      for (const [key, snapshot] of zone.snapshots) {
        if (snapshot.instance?.id === id) zone.snapshots.delete(key)
      }
      return undefined
    },
  })
  // After the refusals: one that is busy keeps its screen.
  void consoles.destroy(id)
  return operation
}

/** Adding and removing are idempotent, and nothing reads the setting back (3.14, 3.15). */
export function protectInstance(here: Here, id: string, on: boolean): Operation {
  const instance = findInstance(here.zone, id)
  return change(here, instance, {
    takesMs: takes.update,
    effect() {
      instance.protected = on
      return undefined
    },
  })
}

export function createSnapshot(here: Here, id: string): Operation {
  const { zone, clock } = here
  const instance = findInstance(zone, id)
  requireAllowed('create-snapshot', instance)
  const snapshotId = randomUUID()
  const at = new Date(clock.now()).toISOString().replace(/\.\d+/, '')
  const snapshot = {
    id: snapshotId,
    name: `${instance.name}_${at}`,
    'created-at': at,
    state: 'snapshotting',
    size: instance['disk-size'] ?? 10,
    instance: { id },
  }
  const operation = begin(zone, clock, {
    takesMs: takes.snapshot,
    instanceId: id,
    reference: {
      id: snapshotId,
      link: `/v2/snapshot/${snapshotId}`,
      command: 'get-snapshot',
    },
    effect() {
      zone.snapshots.set(snapshotId, { ...snapshot, state: 'ready' })
      return undefined
    },
  })
  zone.snapshots.set(snapshotId, snapshot)
  instance.snapshots = [...(instance.snapshots ?? []), { id: snapshotId }]
  return operation
}
