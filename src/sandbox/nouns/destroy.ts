/**
 * Destroys an instance: decides what is deleted with it and what is kept
 * (docs/platform.md#deleting-an-instance). Deleting is in instances.ts, evicting from a pool in
 * instance-pools.ts.
 */
import type { EndpointId } from '#contract/endpoints.ts'
import { isRunning } from '#contract/lifecycle.ts'

import type { Here } from '../change.ts'
import { scrap } from '../machines.ts'
import { Refused } from '../refusal.ts'
import type { KeptInstance, ZoneStore } from '../world.ts'
import { freeVolumes, volumesOf } from './block-storage.ts'
import { releaseLeases } from './private-networks.ts'

/** More than anyone deletes in a demo. */
const keptGone = 1_000

const snapshotsOf = (zone: ZoneStore, instanceId: string) =>
  [...zone.snapshots.values()].filter(({ instance }) => instance?.id === instanceId)

/** Throws the 403 of a protected instance, with Exoscale's text. */
export function requireUnprotected(instance: KeptInstance, asked: EndpointId): void {
  if (!instance.protected) return
  const reason = 'manual instance protection'
  const message = `Operation ${asked} on resource ${instance.id} is forbidden - reason: ${reason}`
  throw new Refused(403, message)
}

/** The instance's snapshots and volumes, which are busy until it is deleted. */
export function goesWith(zone: ZoneStore, instanceId: string): string[] {
  const hanging = [...snapshotsOf(zone, instanceId), ...volumesOf(zone, instanceId)]
  return hanging.map(({ id }) => id)
}

/** Marks it as being deleted; its screen ends at once. */
export function beginDestroying(here: Here, instance: KeptInstance): void {
  const wasRunning = isRunning(instance.state)
  instance.destroyed = { zone: here.zone.name, at: here.clock.now(), wasRunning }
  instance.state = 'destroying'
  scrap(here, instance.id)
}

/** Deletes its snapshots, leases and reverse DNS; its volumes are kept. */
export function destroy({ world, zone }: Here, instanceId: string): void {
  const instance = zone.instances.get(instanceId)
  if (instance) world.gone = [...world.gone, instance].slice(-keptGone)
  zone.instances.delete(instanceId)
  zone.reverseDns.delete(instanceId)
  releaseLeases(zone, instanceId)
  freeVolumes(zone, instanceId)
  for (const { id } of snapshotsOf(zone, instanceId)) zone.snapshots.delete(id)
}
