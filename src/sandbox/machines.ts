/**
 * Turns the machine behind an instance on and off, and describes it to its console. Operations wait
 * for it. If a machine fails to start, only its screen is missing; the zone keeps working.
 */
import { complain } from './complain.ts'
import type { Consoles } from './console/consoles.ts'
import type { Boot, MachineSpec } from './console/machine.ts'
import { instanceTypes } from './nouns/instance-types.ts'
import { installerId } from './seed/templates.ts'
import type { KeptInstance, ZoneStore } from './world.ts'

/** Describes the machine behind an instance for its console. */
function machineSpec(zone: ZoneStore, instance: KeptInstance): MachineSpec {
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
    ...(instance.password ? { password: instance.password.text } : {}),
    ...(instance['user-data'] ? { userData: instance['user-data'] } : {}),
    ...(instance.publicKeys ? { sshKeys: instance.publicKeys } : {}),
    ...(instance['tpm-enabled'] ? { tpm: true } : {}),
    ...(instance['secureboot-enabled'] ? { secureBoot: true } : {}),
    ...(instance.fault ? { fault: instance.fault } : {}),
    ...(instance.simulated ? { simulated: true } : {}),
    ...(template?.id === installerId(zone.name) ? { installer: true } : {}),
  }
}

type At = { zone: ZoneStore; consoles: Consoles }

/** Always resolves: if a machine fails to start, only its screen is missing. */
function watch(doing: string, work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => complain(doing, error))
}

export function switchOn(
  { zone, consoles }: At,
  instance: KeptInstance,
  boot: Boot = {},
): Promise<void> {
  const starting = consoles.start(machineSpec(zone, instance), boot)
  return watch(`the machine of ${instance.id} does not start`, starting)
}

export function switchOff({ consoles }: At, id: string): Promise<void> {
  return watch(`the machine of ${id} does not stop`, consoles.stop(id))
}

/** The machine restarts with the instance's present name and password. */
export function restart({ zone, consoles }: At, instance: KeptInstance): Promise<void> {
  const rebooting = consoles.reboot(instance.id, machineSpec(zone, instance))
  return watch(`the machine of ${instance.id} does not reboot`, rebooting)
}

export function scrap({ consoles }: Pick<At, 'consoles'>, id: string): Promise<void> {
  return watch(`the machine of ${id} is not gone`, consoles.destroy(id))
}

/** Sets the password in the running operating system, if it supports this. */
export function givePassword({ zone, consoles }: At, instance: KeptInstance, text: string) {
  const giving = consoles.setPassword(machineSpec(zone, instance), text)
  return watch(`the machine of ${instance.id} takes no password`, giving)
}
