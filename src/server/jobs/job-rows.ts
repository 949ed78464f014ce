/** Stores jobs, and a row for each of their items: what was confirmed, and what became of it. */
import { sql, type RawBuilder } from 'kysely'

import { countItems, type Job, type JobDetail, type JobItem } from '#contract/job.ts'

import { alone, requireOwn, type Replica } from '../replicas/replica.ts'
import type { Store } from '../store/store.ts'

/** SQLite takes 32,766 values in one statement. */
const rowsAtOnce = 5_000

const jobRow = (job: Job, askedAt: number, { owner }: Replica) => ({
  id: job.id,
  asked_at: askedAt,
  ended_at: job.endedAt ?? null,
  body: JSON.stringify(job),
  owner,
  stop_asked: 0,
})

function itemRow({ zone, instanceId, name, seen, labels, state, ...result }: JobItem) {
  const target = { zone, instanceId, name, seen, ...(labels ? { labels } : {}) }
  return { target: JSON.stringify(target), state, result: JSON.stringify(result) }
}

type ItemRow = { target: string; state: string; result: string }

/** `itemRow` wrote it. */
const readItem = ({ target, state, result }: ItemRow) =>
  ({ ...JSON.parse(target), state, ...JSON.parse(result) }) as JobItem

const readJob = ({ body }: { body: string }) => JSON.parse(body) as Job // jobRow wrote it

/** A job that is found unfinished, and when a person asked for it. */
export type Unfinished = { id: string; askedAt: number; isStopped: boolean }

async function insert(
  store: Store,
  replica: Replica,
  job: Job,
  items: readonly JobItem[],
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: inserted } = await store
    .insertInto('job')
    .values(jobRow(job, job.startedAt, replica))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (inserted !== 1n) return false
  const rows = items.map((item, position) => ({
    job_id: job.id,
    position,
    ...itemRow(item),
  }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await store
      .insertInto('job_item')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  return true
}

async function discardRow(store: Store, replica: Replica, job: Job): Promise<void> {
  await store
    .insertInto('job')
    .values(jobRow(job, job.startedAt, replica))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const { numDeletedRows: removed } = await store
    .deleteFrom('job')
    .where('id', '=', job.id)
    .where('ended_at', 'is', null)
    .where(replica.mine('owner'))
    .executeTakeFirstOrThrow()
  if (removed > 0n)
    await store.deleteFrom('job_item').where('job_id', '=', job.id).execute()
}

export class JobRows {
  readonly #store: Store
  readonly #replica: Replica

  constructor(store: Store, replica: Replica = alone) {
    this.#store = store
    this.#replica = replica
  }

  /**
   * Condition of SQL: the job is this server's, and stays so until the transaction ends. Without the lock another server
   * could read an item before what is being written of it.
   */
  #owns(jobId: string): RawBuilder<boolean> {
    const { owner } = this.#replica
    if (owner === null) return sql<boolean>`1 = 1`
    return sql<boolean>`exists (select 1 from job
      where id = ${jobId} and owner = ${owner} for share)`
  }

  /** Stores a new job with all of its items; false where there is one of its id. */
  add(job: Job, items: readonly JobItem[]): Promise<boolean> {
    return this.#store
      .transaction()
      .execute((within) => insert(within, this.#replica, job, items))
  }

  /**
   * Removes a job that nobody has begun, unless it has ended. A database that didn't answer may be about
   * to store it: the row that is inserted first waits for that.
   */
  discard(job: Job): Promise<void> {
    return this.#store
      .transaction()
      .execute((within) => discardRow(within, this.#replica, job))
  }

  /** The same of a job that was to take back another, which is told so no longer, whichever server has run it. */
  discardUndo(undone: Job, job: Job): Promise<void> {
    return this.#store.transaction().execute(async (within) => {
      await discardRow(within, this.#replica, job)
      await within
        .updateTable('job')
        .set({ body: JSON.stringify(undone) })
        .where('id', '=', undone.id)
        .where('body', 'like', `%"undoneBy":"${job.id}"%`)
        .execute()
    })
  }

  /**
   * Stores a job and all of its items as they were, if this server has taken it up; `asked_at` only counts while
   * it runs.
   */
  restore({ items, ...job }: JobDetail): Promise<void> {
    return this.#store.transaction().execute(async (within) => {
      const rows = new JobRows(within, this.#replica)
      // Of a row that isn't its own, a write with that condition wouldn't wait for the one that takes it up.
      await within
        .updateTable('job')
        .set(({ ref }) => ({ stop_asked: ref('stop_asked') }))
        .where('id', '=', job.id)
        .execute()
      await rows.save(job)
      for (const [position, item] of items.entries())
        await rows.saveItem(job.id, position, item)
    })
  }

  /** The same of a job that takes back another, which is told so; false where another job does already, or it goes on. */
  addUndo(undone: Job, job: Job, items: readonly JobItem[]): Promise<boolean> {
    return this.#store.transaction().execute(async (within) => {
      const { numUpdatedRows } = await within
        .updateTable('job')
        .set({ body: JSON.stringify(undone) })
        .where('id', '=', undone.id)
        .where('ended_at', 'is not', null)
        .where('body', 'not like', '%"undoneBy":%')
        .executeTakeFirst()
      return numUpdatedRows > 0n && insert(within, this.#replica, job, items)
    })
  }

  /** A job with its items, in the order in which they were confirmed. */
  async find(id: string): Promise<JobDetail | undefined> {
    const row = await this.#store
      .selectFrom('job')
      .select('body')
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) return undefined
    const rows = await this.#store
      .selectFrom('job_item')
      .select(['target', 'state', 'result'])
      .where('job_id', '=', id)
      .orderBy('position')
      .execute()
    const job = readJob(row)
    const items = rows.map(readItem)
    // Its counts are stored with its end; until then, its items say more.
    return { ...job, ...(job.endedAt ? {} : { counts: countItems(items) }), items }
  }

  /** Takes those of which something is still to happen and on which no server works. */
  async adopt(): Promise<Unfinished[]> {
    const rows = await this.#store
      .updateTable('job')
      .set({ owner: this.#replica.owner })
      .where('ended_at', 'is', null)
      .where(this.#replica.free('owner'))
      .returning(['id', 'asked_at', 'stop_asked'])
      .execute()
    return rows.map(({ id, asked_at: askedAt, stop_asked: asked }) => ({
      id,
      askedAt,
      isStopped: Number(asked) === 1,
    }))
  }

  /** This server's that another was asked to stop. */
  async toStop(): Promise<string[]> {
    const rows = await this.#store
      .selectFrom('job')
      .select('id')
      .where('stop_asked', '=', 1)
      .where('ended_at', 'is', null)
      .where(this.#replica.mine('owner'))
      .execute()
    return rows.map(({ id }) => id)
  }

  /** Has the server that works on a job stop it. */
  async askToStop(id: string): Promise<void> {
    await this.#store
      .updateTable('job')
      .set({ stop_asked: 1 })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .execute()
  }

  /** All that haven't ended, whichever server works on them. */
  async running(): Promise<Job[]> {
    const rows = await this.#store
      .selectFrom('job')
      .select('body')
      .where('ended_at', 'is', null)
      .execute()
    return rows.map(readJob)
  }

  /** The last of those that have ended since, the oldest first. */
  async endedSince(since: number, most: number): Promise<Job[]> {
    const rows = await this.#store
      .selectFrom('job')
      .select('body')
      .where('ended_at', '>', since)
      .orderBy('ended_at', 'desc')
      .limit(most)
      .execute()
    return rows.map(readJob).toReversed()
  }

  /** Stores a job as it is now. Throws a `LeaseLost` where another server has taken it over, as all that follow. */
  async save(job: Job): Promise<void> {
    const { numUpdatedRows } = await this.#store
      .updateTable('job')
      .set({ ended_at: job.endedAt ?? null, body: JSON.stringify(job) })
      .where('id', '=', job.id)
      .where(this.#replica.mine('owner'))
      .executeTakeFirst()
    requireOwn(this.#replica, numUpdatedRows, job.id)
  }

  /** Stores a job that has ended and goes on, with those of its items that wait again; false if it goes on already. */
  async takeUp(
    job: Job,
    items: ReadonlyMap<number, JobItem>,
    askedAt: number,
  ): Promise<boolean> {
    return this.#store.transaction().execute(async (within) => {
      const { numUpdatedRows } = await within
        .updateTable('job')
        .set(jobRow(job, askedAt, this.#replica))
        .where('id', '=', job.id)
        .where('ended_at', 'is not', null)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      for (const [position, item] of items)
        await new JobRows(within, this.#replica).saveItem(job.id, position, item)
      return true
    })
  }

  /** Stores an item as it is now. */
  async saveItem(jobId: string, position: number, item: JobItem): Promise<void> {
    const { state, result } = itemRow(item)
    const { numUpdatedRows } = await this.#store
      .updateTable('job_item')
      .set({ state, result })
      .where('job_id', '=', jobId)
      .where('position', '=', position)
      .where(this.#owns(jobId))
      .executeTakeFirst()
    requireOwn(this.#replica, numUpdatedRows, jobId)
  }

  /**
   * Stores a job with every item that still waits as skipped; `result` says why. `others` have more
   * to tell, each by its position.
   */
  async skipWaiting(
    job: Job,
    result: Pick<JobItem, 'cause' | 'message'>,
    others: ReadonlyMap<number, JobItem>,
  ): Promise<void> {
    await this.#store.transaction().execute(async (within) => {
      for (const [position, item] of others)
        await new JobRows(within, this.#replica).saveItem(job.id, position, item)
      const { numUpdatedRows } = await within
        .updateTable('job')
        .set({ body: JSON.stringify(job) })
        .where('id', '=', job.id)
        .where(this.#replica.mine('owner'))
        .executeTakeFirst()
      requireOwn(this.#replica, numUpdatedRows, job.id)
      await within
        .updateTable('job_item')
        .set({ state: 'skipped', result: JSON.stringify(result) })
        .where('job_id', '=', job.id)
        .where('state', '=', 'waiting')
        .execute()
    })
  }
}
