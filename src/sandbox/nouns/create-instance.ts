/**
 * Creates an instance after all checks (docs/platform.md#creating-an-instance).
 */
import { randomBytes, randomUUID } from 'node:crypto'

import type { CreateInstance, Operation, Template } from '#contract/types.ts'

import { change, takes, type Here } from '../change.ts'
import { timestamp } from '../clock.ts'
import { scrap, switchOn } from '../machines.ts'
import { Refused } from '../refusal.ts'
import { failureOf } from '../sentinels.ts'
import type { KeptInstance, World } from '../world.ts'
import { requireSpread } from './anti-affinity-groups.ts'
import { requireDiskFits, usableTemplate, usableType } from './hardware.ts'
import { anIpv6Address } from './instances.ts'
import { newPassword } from './passwords.ts'
import { aMacAddress } from './private-networks.ts'
import { requireRoom } from './quotas.ts'

const keysOf = (body: CreateInstance) =>
  body['ssh-keys'] ?? (body['ssh-key'] ? [body['ssh-key']] : [])

/** Throws if the request can't be accepted; otherwise returns its template. */
function requirePossible({ world, zone }: Here, body: CreateInstance): Template {
  const type = usableType(zone, body['instance-type'].id)
  const template = usableTemplate(zone, body.template.id)
  requireDiskFits(body['disk-size'], template, type)
  if (!keysOf(body).every(({ name }) => world.sshKeys.has(name)))
    throw new Refused(404, 'SSH key not found')
  if (!(body['security-groups'] ?? []).every(({ id }) => world.securityGroups.has(id)))
    throw new Refused(404, 'Security group not found')
  const target = body['deploy-target']
  if (target && !zone.deployTargets.has(target.id))
    throw new Refused(404, 'Deploy target not found')
  // Both need a UEFI template, which is assumed.
  const secured = body['secureboot-enabled'] || body['tpm-enabled']
  if (secured && template['boot-mode'] !== 'uefi')
    throw new Refused(400, 'Secure boot and TPM need a template that boots with UEFI')
  requireSpread(
    world,
    (body['anti-affinity-groups'] ?? []).map(({ id }) => id),
  )
  requireRoom(world, 'instance')
  return template
}

function addresses(assignment: string) {
  if (assignment === 'none') return {}
  const ipv4 = { 'public-ip': `194.182.190.${2 + ((randomBytes(1)[0] ?? 0) % 250)}` }
  return assignment === 'dual' ? { ...ipv4, 'ipv6-address': anIpv6Address() } : ipv4
}

/**
 * Without a group an instance gets the group default
 * (docs/platform.md#creating-an-instance).
 */
function defaultGroups(world: World) {
  return [...world.securityGroups.values()]
    .filter(({ name }) => name === 'default')
    .map(({ id }) => ({ id }))
}

function build({ world, clock }: Here, body: CreateInstance, template: Template) {
  const id = randomUUID()
  const keys = keysOf(body)
  const assignment = body['public-ip-assignment'] ?? 'inet4'
  const instance: KeptInstance = {
    id,
    name: body.name ?? `instance-${id.slice(0, 8)}`,
    state: 'starting',
    'created-at': timestamp(clock.now()),
    'instance-type': body['instance-type'],
    template: body.template,
    labels: body.labels ?? {},
    'mac-address': aMacAddress(),
    'public-ip-assignment': assignment,
    ...addresses(assignment),
    'private-networks': [],
    'security-groups': body['security-groups'] ?? defaultGroups(world),
    ...(keys[0] ? { 'ssh-key': keys[0] } : {}),
    'ssh-keys': keys,
    'disk-size': body['disk-size'],
    'disk-encrypted': true,
    'anti-affinity-groups': (body['anti-affinity-groups'] ?? []).map(
      (group) => world.antiAffinityGroups.get(group.id) ?? group,
    ),
    ...(body['deploy-target'] ? { 'deploy-target': body['deploy-target'] } : {}),
    'elastic-ips': [],
    'block-storage-volumes': [],
    snapshots: [],
    'secureboot-enabled': body['secureboot-enabled'] ?? false,
    'tpm-enabled': body['tpm-enabled'] ?? false,
    'application-consistent-snapshot-enabled':
      body['application-consistent-snapshot-enabled'] ??
      template['application-consistent-snapshot-enabled'] ??
      false,
    ...(body['user-data'] ? { 'user-data': body['user-data'] } : {}),
    ...(template['password-enabled'] ? { password: newPassword(clock) } : {}),
    protected: false,
    publicKeys: keys.flatMap(({ name }) => world.publicKeys.get(name) ?? []),
  }
  return instance
}

/** The new id is in the operation's reference, and the instance can be read at once. */
export function createInstance(here: Here, body: CreateInstance): Operation {
  const template = requirePossible(here, body)
  const instance = build(here, body, template)
  here.zone.instances.set(instance.id, instance)
  const starts = body['auto-start'] ?? true
  if (starts) switchOn(here, instance)
  return change(here, instance, {
    takesMs: takes.create,
    neverFails: true,
    effect() {
      const failure = failureOf('create', instance.name)
      if (failure) {
        scrap(here, instance.id)
        here.zone.instances.delete(instance.id)
        return failure
      }
      instance.state = starts ? 'running' : 'stopped'
      return undefined
    },
  })
}
