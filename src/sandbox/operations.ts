/**
 * Runs asynchronous operations: pending for a realistic time, then done (docs/platform.md#operations).
 * What an operation changes is busy until then, and a second change of it is a conflict. Exoscale
 * deletes old operations after an unknown time; here the oldest finished ones are deleted when there
 * are too many, so that a zone can run for weeks.
 */
import { randomUUID } from 'node:crypto'

import type { Operation } from '#contract/types.ts'

import type { Clock } from './clock.ts'
import { complain } from './complain.ts'
import { notFound, Refused } from './refusal.ts'
import type { ZoneStore } from './world.ts'

/**
 * How an operation fails; after `timeout` its result is unknown
 * (docs/platform.md#open-enumerations).
 */
export type Failure = { state?: 'failure' | 'timeout'; reason: string; message: string }

type Begun = {
  /** Sandbox milliseconds until it ends. */
  takesMs: number
  reference?: Operation['reference']
  resource?: Operation['resource']
  /** The instances, snapshots, volumes and pools that reject other changes until it ends. */
  busyIds: string[]
  /**
   * The actual work, which starts unless the operation is a conflict; the operation lasts until the
   * work is done, and fails if it fails.
   */
  work?(): Promise<unknown>
  /** Makes the change at the end; a returned failure ends the operation with it. */
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
 * The object that an operation concerns, and the endpoint that reads it (docs/platform.md#operations).
 */
export function referenceTo(noun: Noun, id: string): Operation['reference'] {
  const read = noun === 'block-storage' ? 'block-storage-volume' : noun.replace('/', '-')
  return { id, link: `/v2/${noun}/${id}`, command: `get-${read}` }
}

/**
 * Throws a 404 for an operation that never existed, was deleted, or is another zone's
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
 * Starts an operation and returns it as pending, like a zone. Throws a 409 if an object that it
 * changes is busy (docs/platform.md#status-codes).
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
  // Handled at the operation's end; until then, a rejection must not count as unhandled.
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
