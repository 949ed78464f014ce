/**
 * Keeps the audit log: nothing is changed or revealed before its intent is on the disk. An outcome that
 * can't be stored waits in memory for the store; when too many wait, nothing more is begun.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'

import type { AuditBody, AuditResult, AuditRow } from '#contract/audit/audit.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { Operation } from '#contract/types.ts'

import { alone, type Replica } from '../replicas/replica.ts'
import { StoreOutage } from '../store/outage.ts'
import type { Store } from '../store/store.ts'
import { storePauseMs } from '../store/until-stored.ts'
import { ProblemError } from '../zone/refusals.ts'
import { AuditRows } from './audit-rows.ts'

/** Outcomes that wait for the store. */
const mostOwed = 10_000
/** A call of a zone ends earlier; an intent without an outcome after that is of a process that ended. */
const abandonedMs = 5 * 60_000
const sweepMs = 60_000
/** How far back is looked: at first for what ended long ago, then only for what was begun lately. */
const firstSweepMs = 30 * 24 * 3_600_000
const laterSweepMs = 3_600_000
const mostSwept = 500
/** The same refusal of the same person is stored once in this time, so that none fills the disk. */
const repeatedMs = 60_000

/** What is known before it is done. */
export type Intent = Omit<AuditBody, 'entry' | 'phase' | 'result'> & {
  /** Its own id where something else has it, too: a chain's or a job's. */
  entry?: string
}

/** How it ended. */
export type Outcome = Pick<
  AuditBody,
  'status' | 'cause' | 'message' | 'operationId' | 'changed' | 'target'
> & { result: AuditResult }

/** What was begun, and when (epoch ms). */
export type Open = { entry: string; event: string; began: number }

const resultOf: Record<string, AuditResult> = {
  pending: 'accepted',
  success: 'done',
  failure: 'failed',
  timeout: 'timed-out',
}

/** What an operation that a zone returned says of how its change ended. */
export const outcomeOfOperation = ({ id, state }: Operation): Outcome => ({
  result: resultOf[state] ?? 'unknown',
  ...(id ? { operationId: id } : {}),
})

/** The same of a creation, with what was created. */
export const outcomeOfCreation = (operation: Operation): Outcome => ({
  ...outcomeOfOperation(operation),
  ...(operation.reference?.id ? { target: { id: operation.reference.id } } : {}),
})

/** What an error says of how it ended. */
export function outcomeOfError(error: unknown): Outcome {
  if (error instanceof StoreOutage)
    return { result: 'refused', status: 503, cause: { code: 'store-unavailable' } }
  if (!(error instanceof ProblemError)) return { result: 'unknown', status: 500 }
  const { status, cause, message, unknownOutcome } = error.problem
  return {
    result: unknownOutcome ? 'unknown' : 'refused',
    status,
    ...(cause ? { cause } : { message }),
  }
}

/** The outcome of what has this entry and has ended; undefined for anything else. Throws as the store. */
export type KnownOutcome = (entry: string) => Promise<Outcome | undefined>

export class Audit {
  readonly #store: Store
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #rows: AuditRows
  readonly #replica: Replica
  /** What this process has begun. */
  readonly #open = new Map<string, Open>()
  readonly #owed = new Map<string, () => Promise<unknown>>()
  #paying: Promise<void> | undefined
  /** Entries whose operation goes on, by its id; and operations that ended before that was known. */
  readonly #going = new LRUCache<string, Open>({ max: 50_000 })
  readonly #early = new LRUCache<string, FollowedOperation>({ max: 1_000 })
  readonly #refused = new LRUCache<string, true>({ max: 10_000, ttl: repeatedMs })
  readonly #closing = new AbortController()
  readonly #sweeping: NodeJS.Timeout
  #swept = false
  #known: KnownOutcome = async () => undefined

  /** `appended` is told of each row when it is stored. */
  constructor(
    store: Store,
    log: Pick<FastifyBaseLogger, 'warn'>,
    appended: (row: AuditRow) => void = () => {},
    replica: Replica = alone,
  ) {
    this.#store = store
    this.#log = log
    this.#replica = replica
    this.#rows = new AuditRows(store, appended, replica)
    this.#sweeping = setInterval(() => void this.sweep(), sweepMs)
    this.#sweeping.unref()
  }

  /**
   * Stores that something is about to be done; returns the entry. Throws a `StoreOutage` where that can't
   * be stored: then it must not be done.
   */
  async begin({ entry = randomUUID(), ...intent }: Intent): Promise<string> {
    if (this.#owed.size >= mostOwed)
      throw new StoreOutage(new Error('too many outcomes wait for the audit log'))
    const { event } = intent
    const open = { entry, event, began: Date.now() }
    this.#open.set(entry, open)
    try {
      await this.#rows.append(bodyOf({ entry, phase: 'intent', ...intent }))
    } catch (error) {
      this.#open.delete(entry)
      // A database that didn't answer may have it.
      this.#owe(entry, () => this.#endIfThere(open))
      throw error
    }
    return entry
  }

  /** Lets `sweep` find how something ended whose process could store that only where it was done. */
  knowsBy(known: KnownOutcome): void {
    this.#known = known
  }

  /** How many outcomes wait for the store. */
  get waiting(): number {
    return this.#owed.size
  }

  /**
   * Stores something that is over already, such as a refusal. `once`: the same again only after a minute;
   * `each` is for what the caller bounds. Never throws.
   */
  async note(
    body: Omit<AuditBody, 'entry' | 'phase'> & { result: AuditResult },
    often: 'once' | 'each' = 'once',
  ): Promise<void> {
    const { event, by, zone, target, changed, cause } = body
    const key = JSON.stringify([
      event,
      by?.id,
      by?.name,
      by?.from,
      zone,
      target,
      changed,
      cause,
    ])
    if (often === 'once' && this.#refused.has(key)) return
    // While the store is away, people who are refused must not fill the memory.
    if (this.#owed.size >= mostOwed) return
    this.#refused.set(key, true)
    const entry = randomUUID()
    await this.#write(entry, { entry, phase: 'intent', ...body })
  }

  /** Stores how it ended, now or as soon as the store is back. Never throws; a second call does nothing. */
  async settle(entry: string, outcome: Outcome): Promise<void> {
    const open = this.#open.get(entry)
    if (!open) return
    this.#open.delete(entry)
    const { operationId, result } = outcome
    if (operationId && result === 'accepted') this.#going.set(operationId, open)
    await this.#end(open, 'outcome', outcome)
    const ended = operationId === undefined ? undefined : this.#early.get(operationId)
    if (ended && result === 'accepted') await this.ended(ended)
  }

  /** The same for what goes on for long, also after a restart: a chain or a job. Never throws. */
  async finish(begun: Open, outcome: Outcome): Promise<void> {
    this.#open.delete(begun.entry)
    await this.#end(begun, 'outcome', outcome)
  }

  /** Stores how an operation ended that a zone had accepted. Never throws. */
  async ended(operation: FollowedOperation): Promise<void> {
    const { id, state, endedAt, reason, message, cause } = operation
    if (endedAt === undefined) return
    const open = this.#going.get(id) ?? (await this.#accepted(id))
    if (!open) return void this.#early.set(id, operation)
    this.#going.delete(id)
    this.#early.delete(id)
    const words = message ?? reason
    await this.#end(open, 'end', {
      result: resultOf[state] ?? 'unknown',
      ...(state === 'success' || !words ? {} : { message: words }),
      ...(cause ? { cause } : {}),
      operationId: id,
    })
  }

  /** Stores that something that goes on for a while is over, such as a screen. Never throws. */
  async over(entry: string, event: string, ms: number): Promise<void> {
    await this.#end({ entry, event, began: Date.now() - ms }, 'end', { result: 'done' })
  }

  #end(open: Open, phase: 'outcome' | 'end', outcome: Outcome): Promise<void> {
    const { entry, event, began } = open
    const ms = Date.now() - began
    return this.#write(`${entry} ${phase}`, { entry, phase, event, ...outcome, ms })
  }

  /** Whether the entry of an operation of an earlier process still waits for its end. */
  async #accepted(operationId: string): Promise<Open | undefined> {
    try {
      const row = await this.#store
        .selectFrom('audit')
        .select(['entry', 'event', 'at'])
        .where('operation_id', '=', operationId)
        .where('phase', '=', 'outcome')
        .where('result', '=', 'accepted')
        .executeTakeFirst()
      if (!row) return undefined
      const { entry, event, at } = row
      const end = await this.#store
        .selectFrom('audit')
        .select('seq')
        .where('entry', '=', entry)
        .where('phase', '=', 'end')
        .executeTakeFirst()
      return end ? undefined : { entry, event, began: Number(at) }
    } catch {
      // The sweep finds it.
      return undefined
    }
  }

  async #endIfThere(open: Open): Promise<void> {
    const rows = await this.#store
      .selectFrom('audit')
      .select('seq')
      .where('entry', '=', open.entry)
      .execute()
    if (rows.length !== 1) return
    const outcome = { result: 'refused', cause: { code: 'store-unavailable' } } as const
    const body = { entry: open.entry, phase: 'outcome', event: open.event } as const
    await this.#rows.append(bodyOf({ ...body, ...outcome }))
  }

  /** Appends a row, now or when the store is back. */
  async #write(key: string, body: AuditBody): Promise<void> {
    const write = () => this.#rows.append(bodyOf(body))
    try {
      await write()
    } catch {
      this.#owe(key, write)
    }
  }

  #owe(key: string, write: () => Promise<unknown>): void {
    this.#owed.set(key, write)
    this.#paying ??= this.#pay()
  }

  async #pay(): Promise<void> {
    this.#log.warn({ waiting: this.#owed.size }, 'the audit log waits for the store')
    while (this.#owed.size > 0 && !this.#closing.signal.aborted) {
      const { signal } = this.#closing
      await wait(storePauseMs, undefined, { signal }).catch(() => {})
      await this.#payOnce()
    }
    this.#paying = undefined
  }

  async #payOnce(): Promise<void> {
    for (const [key, write] of this.#owed) {
      try {
        await write()
      } catch {
        return
      }
      if (this.#owed.get(key) === write) this.#owed.delete(key)
    }
  }

  /**
   * Ends what a process began that was killed: whether it was done is unknown, except of a chain or a job that had ended.
   * Those that go on end theirs themselves, also after a restart.
   */
  async sweep(): Promise<void> {
    const now = Date.now()
    const since = now - (this.#swept ? laterSweepMs : firstSweepMs)
    try {
      const rows = await this.#store
        .selectFrom('audit as begun')
        .select(['begun.entry', 'begun.event', 'begun.at'])
        .where('begun.phase', '=', 'intent')
        .where('begun.result', 'is', null)
        .where('begun.at', '<', now - abandonedMs)
        // Another server's may be about to end, however late: its outcome may wait for the store.
        .where(({ or }) =>
          or([this.#replica.mine('begun.owner'), this.#replica.free('begun.owner')]),
        )
        .where('begun.at', '>=', since)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('audit as said')
                .select('said.seq')
                .whereRef('said.entry', '=', 'begun.entry')
                .where('said.phase', '!=', 'intent'),
            ),
          ),
        )
        .where('begun.entry', 'not in', ({ selectFrom }) =>
          selectFrom('chain').select('id').where('state', '=', 'running'),
        )
        .where('begun.entry', 'not in', ({ selectFrom }) =>
          selectFrom('job').select('id').where('ended_at', 'is', null),
        )
        .orderBy('begun.seq', 'desc')
        .limit(mostSwept)
        .execute()
      for (const { entry, event, at } of rows)
        if (!this.#open.has(entry) && !this.#owed.has(`${entry} outcome`))
          await this.#end(
            { entry, event, began: Number(at) },
            'outcome',
            (await this.#known(entry)) ?? { result: 'unknown' },
          )
      this.#swept ||= rows.length < mostSwept
    } catch (error) {
      this.#log.warn({ err: error }, 'could not look for open entries of the audit log')
    }
  }

  /** Stores what waits, if the store takes it. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    this.#closing.abort()
    await this.#paying
    await this.#payOnce()
    await this.#rows.idle()
  }
}

/** The body in the order of its hash, without members that say nothing. */
function bodyOf(body: AuditBody): AuditBody {
  const { entry, phase, event, by, zone, target, parent, changed, result, status } = body
  const { cause, message, operationId, ms, requestId } = body
  const isEmpty = changed === undefined || Object.keys(changed).length === 0
  // As stored: without what is undefined.
  return JSON.parse(
    JSON.stringify({
      entry,
      phase,
      event,
      by,
      zone,
      target,
      parent,
      changed: isEmpty ? undefined : changed,
      result,
      status,
      cause,
      message: message?.slice(0, 1_000),
      operationId,
      ms,
      requestId,
    }),
  ) as AuditBody
}
