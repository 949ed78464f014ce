/**
 * Holds what all changes of an instance have in common: their zone, their duration, rejections
 * because of its state, and the operation at whose end the change is made.
 */
import { refusal, type Action } from '#contract/lifecycle.ts'
import type { Operation } from '#contract/types.ts'

import type { Clock } from './clock.ts'
import type { Consoles } from './console/consoles.ts'
import { begin, referenceTo, type Failure } from './operations.ts'
import { notFound, Refused } from './refusal.ts'
import { failureByName } from './sentinels.ts'
import type { KeptInstance, World, ZoneStore } from './world.ts'

/** The zone that was called, in the world of the caller's key. */
export type Here = { world: World; zone: ZoneStore; clock: Clock; consoles: Consoles }

/** How long each takes, in ms of sandbox time. */
export const takes = {
  create: 8_000,
  start: 4_000,
  stop: 3_000,
  /** How long Exoscale waits for a guest that doesn't shut down. */
  stopTimeout: 20_000,
  reboot: 5_000,
  scale: 3_000,
  resize: 2_000,
  reset: 9_000,
  update: 800,
  delete: 4_000,
  snapshot: 6_000,
  revert: 8_000,
  export: 10_000,
  password: 1_500,
  tpm: 2_000,
  attach: 2_000,
  group: 1_000,
  // Reported as about 6 s.
  attachNetwork: 6_000,
  reverseDns: 1_000,
  createVolume: 3_000,
  attachVolume: 3_000,
  evict: 6_000,
  /** How long a pool takes to notice a missing member. */
  poolNotices: 2_000,
}

/**
 * Throws a 404 for an id that the zone doesn't have, also for another zone's
 * (docs/platform.md#status-codes).
 */
export function findInstance(zone: ZoneStore, id: string): KeptInstance {
  const instance = zone.instances.get(id)
  if (!instance) throw notFound()
  return instance
}

/** Throws the 400 of an action in a state that doesn't allow it, with Exoscale's own text. */
export function requireAllowed(action: Action, instance: KeptInstance): void {
  const reason = refusal(action, instance.state)
  if (!reason) return
  if (action === 'stop') throw new Refused(400, 'Only running instances can be stopped.')
  if (reason === 'needs-stopped')
    throw new Refused(400, 'The instance needs to be stopped.')
  if (reason === 'needs-running')
    throw new Refused(400, 'The instance needs to be running.')
  throw new Refused(400, `Not possible while the instance is ${instance.state}.`)
}

export type Change = {
  takesMs: number
  /** The state during the change. */
  via?: string
  /**
   * Start and stop return `resource` instead of `reference`
   * (docs/platform.md#resource-instead-of-reference).
   */
  asResource?: boolean
  /** What the operation concerns, if it isn't the instance. */
  reference?: Operation['reference']
  /** Also for an instance whose name triggers failures (sentinels.ts). */
  neverFails?: boolean
  /** Other objects that are busy during the change. */
  alsoBusy?: string[]
  /** The actual work to do during the operation (operations.ts). */
  work?(): Promise<unknown>
  effect(): Failure | undefined | void
}

/** Starts the change of one instance; throws a 409 if it is busy. */
export function change(here: Here, instance: KeptInstance, how: Change): Operation {
  const failure = how.neverFails ? undefined : failureByName(instance.name)
  const operation = begin(here, {
    takesMs: how.takesMs,
    busyIds: [instance.id, ...(how.alsoBusy ?? [])],
    ...(how.work && !failure ? { work: how.work } : {}),
    effect: () => failure ?? how.effect() ?? undefined,
    ...(how.asResource
      ? { resource: { id: instance.id, type: 'instance' } }
      : { reference: how.reference ?? referenceTo('instance', instance.id) }),
  })
  if (how.via) instance.state = how.via
  return operation
}
