/** Stores jobs, and a row for each of their items: what was confirmed, and what became of it. */
import type { Job, JobDetail, JobItem } from '#contract/job.ts'

import type { Store } from '../store/store.ts'

/** SQLite takes 32,766 values in one statement. */
const rowsAtOnce = 5_000

const jobRow = (job: Job, askedAt: number) => ({
  id: job.id,
  asked_at: askedAt,
  ended_at: job.endedAt ?? null,
  body: JSON.stringify(job),
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

async function insert(store: Store, job: Job, items: readonly JobItem[]): Promise<boolean> {
  const { numInsertedOrUpdatedRows: inserted } = await store
    .insertInto('job')
    .values(jobRow(job, job.startedAt))
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

export class JobRows {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Stores a new job with all of its items; false where there is one of its id. */
  add(job: Job, items: readonly JobItem[]): Promise<boolean> {
    return this.#store.transaction().execute((within) => insert(within, job, items))
  }

  /**
   * Removes a job that nobody has begun, unless it has ended. A database that didn't answer may be about
   * to store it: the row that is inserted first waits for that.
   */
  discard(job: Job): Promise<void> {
    return this.#store.transaction().execute(async (within) => {
      await within
        .insertInto('job')
        .values(jobRow(job, job.startedAt))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      const { numDeletedRows: removed } = await within
        .deleteFrom('job')
        .where('id', '=', job.id)
        .where('ended_at', 'is', null)
        .executeTakeFirstOrThrow()
      if (removed > 0n)
        await within.deleteFrom('job_item').where('job_id', '=', job.id).execute()
    })
  }

  /** Stores a job and all of its items as they were; `asked_at` only counts while it runs. */
  restore({ items, ...job }: JobDetail): Promise<void> {
    return this.#store.transaction().execute(async (within) => {
      const rows = new JobRows(within)
      await rows.save(job)
      for (const [position, item] of items.entries())
        await rows.saveItem(job.id, position, item)
    })
  }

  /** The same of a job that takes back another, which is told so. */
  addUndo(undone: Job, job: Job, items: readonly JobItem[]): Promise<boolean> {
    return this.#store.transaction().execute(async (within) => {
      await within
        .updateTable('job')
        .set({ body: JSON.stringify(undone) })
        .where('id', '=', undone.id)
        .execute()
      return insert(within, job, items)
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
    return { ...readJob(row), items: rows.map(readItem) }
  }

  /** Those of which something is still to happen, and when a person asked for each. */
  async unfinished(): Promise<{ id: string; askedAt: number }[]> {
    const rows = await this.#store
      .selectFrom('job')
      .select(['id', 'asked_at'])
      .where('ended_at', 'is', null)
      .execute()
    return rows.map(({ id, asked_at: askedAt }) => ({ id, askedAt }))
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

  /** Stores a job as it is now. */
  async save(job: Job): Promise<void> {
    await this.#store
      .updateTable('job')
      .set({ ended_at: job.endedAt ?? null, body: JSON.stringify(job) })
      .where('id', '=', job.id)
      .execute()
  }

  /** Stores a job that has ended and goes on, with those of its items that wait again. */
  async takeUp(
    job: Job,
    items: ReadonlyMap<number, JobItem>,
    askedAt: number,
  ): Promise<void> {
    await this.#store.transaction().execute(async (within) => {
      await within
        .updateTable('job')
        .set(jobRow(job, askedAt))
        .where('id', '=', job.id)
        .execute()
      for (const [position, item] of items)
        await new JobRows(within).saveItem(job.id, position, item)
    })
  }

  /** Stores an item as it is now. */
  async saveItem(jobId: string, position: number, item: JobItem): Promise<void> {
    const { state, result } = itemRow(item)
    await this.#store
      .updateTable('job_item')
      .set({ state, result })
      .where('job_id', '=', jobId)
      .where('position', '=', position)
      .execute()
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
        await new JobRows(within).saveItem(job.id, position, item)
      await within
        .updateTable('job')
        .set({ body: JSON.stringify(job) })
        .where('id', '=', job.id)
        .execute()
      await within
        .updateTable('job_item')
        .set({ state: 'skipped', result: JSON.stringify(result) })
        .where('job_id', '=', job.id)
        .where('state', '=', 'waiting')
        .execute()
    })
  }
}
