/**
 * Follows the operations that were started through this server until they end, as often as official
 * clients do, and keeps the last ones.
 */
import type { FollowedOperation } from '#contract/operation.ts'
import type { Operation } from '#contract/types.ts'

import type { Scrub } from '../scrub.ts'
import { ProblemError } from '../zone/refusals.ts'
import { readJson, type ZoneClient } from '../zone/zone.ts'
import { isRefusal, judge } from './judge.ts'

const failingLimitMs = 60 * 60_000
const keptOperations = 200
/** Of jobs, besides those that are still to end. */
const keptOfJobs = 200

type Following = {
  operation: FollowedOperation
  failingSince?: number
  /** When it was last seen in progress; before that, it was when it began. */
  seenAt?: number
  /** The API key may not read operations: its instance is looked at instead. */
  denied?: boolean
}

type OperationHooks = {
  /** The zone's client; undefined as long as the zone isn't known. */
  clientOf: (zone: string) => ZoneClient | undefined
  /** Is called with every operation when it changes, before anyone who waits for its end. */
  changed: (operation: FollowedOperation) => void
  /** Is called when the zone shows something new: an operation was begun or has ended. */
  look: (operation: FollowedOperation) => void
  /** Removes what a zone may have repeated of a request. */
  scrub: Scrub
}

/** How much longer than its pause a look may take until an end is no longer taken for new. */
const lateMs = 30_000

/** The intervals of official clients, shorter at first (docs/platform.md#polling). */
export function followPauseMs(elapsedMs: number): number {
  const seconds = elapsedMs / 1000
  if (seconds < 20) return 1_000
  if (seconds < 30) return 3_000
  return Math.min(60_000, ((57 / 870) * seconds + 3 - (30 * 57) / 870) * 1000)
}

/** Says of an operation that ends now whether it may have ended long before. */
function endedBefore({ operation, seenAt = operation.startedAt }: Following) {
  const pauseMs = followPauseMs(seenAt - operation.startedAt)
  return Date.now() - seenAt > pauseMs + lateMs ? { endedBefore: true as const } : {}
}

export class Operations {
  readonly #hooks: OperationHooks
  #all: FollowedOperation[] = []
  /** Pending ones that are followed here; others are by another server. */
  readonly #own = new Set<string>()
  /** Who waits for the end of an operation. */
  readonly #waiting = new Map<string, (ended: FollowedOperation) => void>()
  #closed = false

  constructor(hooks: OperationHooks) {
    this.#hooks = hooks
  }

  /** The last operations, the newest first. */
  get all(): FollowedOperation[] {
    return this.#all
  }

  /** Whether the zone has an operation that hasn't ended. */
  arePendingIn(zone: string): boolean {
    return this.#all.some((one) => one.zone === zone && one.state === 'pending')
  }

  /** Shows an earlier process's operations. */
  recall(operations: readonly FollowedOperation[]): void {
    // What other servers have said since is newer.
    const known = new Set(this.#all.map(({ id }) => id))
    const others = operations.filter(({ id }) => !known.has(id))
    this.#all = [...this.#all, ...others].toSorted((a, b) => b.startedAt - a.startedAt)
  }

  /** Takes an operation that another server follows. */
  show(operation: FollowedOperation): void {
    this.#keep(operation)
  }

  /** Continues to follow operations of another process, except those that a chain follows. */
  adopt(operations: readonly FollowedOperation[]): void {
    for (const operation of operations) {
      if (operation.state !== 'pending' || operation.chainId) continue
      this.#own.add(operation.id)
      this.#ask({ operation })
    }
  }

  /** Follows the operations of a zone that was down at the start from now on. */
  found(zone: string): void {
    for (const operation of this.#all) {
      if (operation.zone !== zone || operation.state !== 'pending') continue
      if (this.#own.has(operation.id)) this.#ask({ operation })
    }
  }

  /** Follows a change's operation until it ends. */
  follow(operation: FollowedOperation): void {
    this.#change(operation)
    this.#hooks.look(operation)
    if (operation.state !== 'pending') return
    this.#own.add(operation.id)
    this.#ask({ operation })
  }

  /** Follows as `follow` does; resolves with the operation as it ended, never when closed. */
  followToEnd(operation: FollowedOperation): Promise<FollowedOperation> {
    if (operation.state !== 'pending') {
      const ended = { ...operation, endedAt: Date.now() }
      this.follow(ended)
      return Promise.resolve(ended)
    }
    return new Promise((resolve) => {
      this.#waiting.set(operation.id, resolve)
      this.follow(operation)
    })
  }

  #change(operation: FollowedOperation): void {
    this.#keep(operation)
    this.#hooks.changed(operation)
  }

  #keep(operation: FollowedOperation): void {
    const others = this.#all.filter(({ id }) => id !== operation.id)
    let own = 0
    let ofJobs = 0
    // A job has more of them than everybody's others together, and leaves those alone.
    this.#all = [operation, ...others].filter(({ jobId, state }) =>
      jobId
        ? (ofJobs += 1) <= keptOfJobs || state === 'pending'
        : (own += 1) <= keptOperations,
    )
  }

  #ask(following: Following): void {
    const { operation } = following
    const client = this.#hooks.clientOf(operation.zone)
    if (this.#closed || !client) return
    const again = () => void this.#askOnce(client, following)
    setTimeout(again, followPauseMs(Date.now() - operation.startedAt)).unref()
  }

  /** Without the operation, the instance tells how it ended, and the end what was lacking. */
  async #judge(client: ZoneClient, following: Following): Promise<void> {
    const { operation } = following
    const elapsed = Date.now() - operation.startedAt
    const state = await judge(client, operation, elapsed)
    if (state === 'pending')
      return this.#ask({ operation, denied: true, seenAt: Date.now() })
    const code = state === 'unknown' ? 'operation-not-readable' : 'judged-by-instance'
    const cause = { code, lacks: 'get-operation' } as const
    this.#end({ ...operation, state, cause, ...endedBefore(following) })
  }

  async #askOnce(client: ZoneClient, following: Following): Promise<void> {
    const { operation, failingSince } = following
    const { scrub } = this.#hooks
    if (following.denied) return this.#judge(client, following)
    try {
      const path = `/operation/${operation.id}`
      const answer = await client.request({ method: 'GET', path })
      const { state, reason, message } = await readJson<Operation>(client.name, answer)
      if (state === 'pending') return this.#ask({ operation, seenAt: Date.now() })
      this.#end({
        ...operation,
        state,
        ...endedBefore(following),
        ...(reason ? { reason: scrub(String(reason)) } : {}),
        ...(message ? { message: scrub(String(message)) } : {}),
      })
    } catch (error) {
      if (isRefusal(error)) return this.#judge(client, following)
      const status = error instanceof ProblemError ? error.problem.status : 0
      const since = failingSince ?? Date.now()
      // The zone no longer knows the operation, or couldn't be reached for too long: its result is
      // unknown (docs/platform.md#operations).
      if (status === 404 || Date.now() - since > failingLimitMs)
        return this.#end({ ...operation, state: 'unknown' })
      this.#ask({ ...following, failingSince: since })
    }
  }

  #end(operation: FollowedOperation): void {
    const ended = { ...operation, endedAt: Date.now() }
    this.#own.delete(ended.id)
    this.#change(ended)
    this.#waiting.get(ended.id)?.(ended)
    this.#waiting.delete(ended.id)
    this.#hooks.look(ended)
  }

  /** Asks nothing more. May be called twice. */
  close(): void {
    this.#closed = true
  }
}
