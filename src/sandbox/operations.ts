/**
 * Asynchronous operations: pending for a realistic time, then done
 * (docs/platform.md#operations). What an operation changes is busy until then, and a second
 * change of it is a conflict. Exoscale forgets old operations after an unknown time; here
 * the oldest finished ones are removed when there are too many, so that a zone that runs
 * for weeks doesn't grow.
 */
import { randomUUID } from 'node:crypto'

import type { Operation } from '#contract/types.ts'

import type { Clock } from './clock.ts'
import { complain } from './complain.ts'
import { notFound, Refused } from './refusal.ts'
import type { ZoneStore } from './world.ts'

/**
 * How an operation ends badly; `timeout` leaves open what became of it
 * (docs/platform.md#open-enumerations).
 */
export type Failure = { state?: 'failure' | 'timeout'; reason: string; message: string }

type Begun = {
  /** Sandbox milliseconds until it ends. */
  takesMs: number
  reference?: Operation['reference']
  resource?: Operation['resource']
  /** The instances, snapshots, volumes and pools that can't take another change meanwhile. */
  busyIds: string[]
  /**
   * What really has to happen meanwhile, begun when nothing stands in the way; the operation
   * lasts until it is done, and fails with it.
   */
  work?(): Promise<unknown>
  /** Its effect, at the end; a returned failure is how it ends instead. */
  effect(): Failure | undefined
}

const keptOperations = 1_000

type Noun =
  | 'instance'
  | 'snapshot'
  | 'security-group'
  | 'elastic-ip'
  | 'private-network'
  | 'block-storage'
  | 'instance-pool'
  | 'reverse-dns/instance'

/**
 * What an operation is about, and the endpoint that reads it (docs/platform.md#operations).
 */
export function referenceTo(noun: Noun, id: string): Operation['reference'] {
  const read = noun === 'block-storage' ? 'block-storage-volume' : noun.replace('/', '-')
  return { id, link: `/v2/${noun}/${id}`, command: `get-${read}` }
}

/**
 * Throws a 404 for an operation that never was, was forgotten, or is another zone's
 * (docs/platform.md#operations).
 */
export function findOperation(zone: ZoneStore, id: string): Operation {
  const operation = zone.operations.get(id)
  if (!operation) throw notFound()
  return operation
}

function forgetOldest({ operations }: ZoneStore): void {
  for (const [id, { state }] of operations) {
    if (operations.size <= keptOperations) return
    if (state !== 'pending') operations.delete(id)
  }
}

function finish(effect: Begun['effect']): Failure | undefined {
  try {
    return effect()
  } catch (error) {
    complain('an operation broke', error)
    return { reason: 'fault', message: 'Internal error' }
  }
}

/**
 * Begins an operation and answers it as the zone would: pending. Throws a 409 where
 * something it works on is busy (docs/platform.md#status-codes).
 */
export function begin(
  { zone, clock }: { zone: ZoneStore; clock: Clock },
  begun: Begun,
): Operation {
  if (begun.busyIds.some((id) => zone.busy.has(id))) {
    throw new Refused(409, 'Another operation is in progress on this resource')
  }
  for (const id of begun.busyIds) zone.busy.add(id)
  const operation: Operation = {
    id: randomUUID(),
    state: 'pending',
    ...(begun.reference ? { reference: begun.reference } : {}),
    ...(begun.resource ? { resource: begun.resource } : {}),
  }
  zone.operations.set(operation.id, operation)
  forgetOldest(zone)
  const work = begun.work?.()
  // Told at its end; a rejection before that is not one that nobody handles.
  work?.catch(() => {})
  const end = (broken?: Failure) => {
    for (const id of begun.busyIds) zone.busy.delete(id)
    const failure = broken ?? finish(begun.effect)
    const state = failure ? { state: 'failure', ...failure } : { state: 'success' }
    zone.operations.set(operation.id, { ...operation, ...state })
  }
  clock.later(begun.takesMs, () => {
    if (!work) return end()
    work.then(
      () => end(),
      (error: unknown) => {
        complain('an operation broke', error)
        end({ reason: 'fault', message: 'Internal error' })
      },
    )
  })
  return operation
}
