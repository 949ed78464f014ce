/**
 * The machine behind an instance: what its console needs to know, and switching it on and
 * off. That goes on beside the operation; a machine that does not come up costs its screen,
 * never the zone.
 */
import { complain } from './complain.ts'
import type { Consoles } from './console/consoles.ts'
import type { Boot, MachineSpec } from './console/machine.ts'
import { instanceTypes } from './instance-types.ts'
import type { KeptInstance, ZoneStore } from './world.ts'

/** The machine behind an instance, as its console needs to know it. */
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
  }
}

type At = { zone: ZoneStore; consoles: Consoles }

function watch(doing: string, work: Promise<void>): void {
  work.catch((error: unknown) => complain(doing, error))
}

export function switchOn({ zone, consoles }: At, instance: KeptInstance, boot: Boot = {}) {
  const starting = consoles.start(machineSpec(zone, instance), boot)
  watch(`the machine of ${instance.id} does not start`, starting)
}

export function switchOff({ consoles }: At, id: string) {
  watch(`the machine of ${id} does not stop`, consoles.stop(id))
}

/** The machine comes back under what the instance is by now: its name, its password. */
export function restart({ zone, consoles }: At, instance: KeptInstance) {
  const rebooting = consoles.reboot(instance.id, machineSpec(zone, instance))
  watch(`the machine of ${instance.id} does not reboot`, rebooting)
}

export function scrap({ consoles }: At, id: string) {
  watch(`the machine of ${id} is not gone`, consoles.destroy(id))
}
