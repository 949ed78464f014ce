/** Asynchronous operations: pending for a believable while, then done (exoscale-api.md 5.1). */
import { randomUUID } from 'node:crypto'

import type { Operation } from '#contract/types.ts'

import type { Clock } from './clock.ts'
import { Refused } from './refusal.ts'
import type { ZoneStore } from './world.ts'

export type Failure = { reason: string; message: string }

export type Begun = {
  /** Sandbox milliseconds until it ends. */
  takesMs: number
  reference?: Operation['reference']
  resource?: Operation['resource']
  /** The instance that can't take another change meanwhile. */
  instanceId?: string
  /** Its effect, at the end; a returned failure is how it ends instead. */
  effect(): Failure | undefined
}

/** Begins an operation and answers it as the zone would: pending. */
export function begin(zone: ZoneStore, clock: Clock, begun: Begun): Operation {
  const { instanceId } = begun
  if (instanceId && zone.busy.has(instanceId)) {
    throw new Refused(409, 'Another operation is in progress on this instance')
  }
  if (instanceId) zone.busy.add(instanceId)
  const operation: Operation = {
    id: randomUUID(),
    state: 'pending',
    ...(begun.reference ? { reference: begun.reference } : {}),
    ...(begun.resource ? { resource: begun.resource } : {}),
  }
  zone.operations.set(operation.id, operation)
  clock.later(begun.takesMs, () => {
    if (instanceId) zone.busy.delete(instanceId)
    const failure = begun.effect()
    zone.operations.set(operation.id, {
      ...operation,
      state: failure ? 'failure' : 'success',
      ...failure,
    })
  })
  return operation
}
