/**
 * Looks after the audit log while the server runs: checks the last rows at the start and all of them every
 * day, also where no server runs for a day, signs its state every hour, and deletes what is older than it has to be kept.
 */
import type { FastifyBaseLogger } from 'fastify'

import type { AuditCheck } from '#contract/audit/audit.ts'

import type { Store } from '../store/store.ts'
import { checkAudit, type AuditSigner } from './audit-check.ts'
import type { Audit } from './audit.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** It is looked every hour, which isn't exact. */
const wholeEveryMs = dayMs - hourMs / 2
const checkedAtStart = 10_000
/** Where it is kept when all rows were checked last: no person has this id, so that no page reads it. */
const checkedAt = { person: '', name: 'audit-checked' }
/** Deleted at once, so that nothing waits long for it. */
const pieces = 2_000

type Care = {
  store: Store
  audit: Pick<Audit, 'note'>
  signer: AuditSigner
  /** How many days rows are kept. */
  days: number
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>
}

/**
 * Deletes the oldest rows, of days that are older than `days`, and keeps the hash of the last one, from which the rest
 * follows. Returns their number.
 */
export async function pruneAudit(store: Store, days: number): Promise<number> {
  // Whole days, so that it isn't done for each row.
  const before = Math.floor((Date.now() - days * dayMs) / dayMs) * dayMs
  // Only up to the first row that has to be kept: the clock may have been wrong in between.
  const kept = await store
    .selectFrom('audit')
    .select('seq')
    .where('at', '>=', before)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  if (!kept) return 0
  const last = await store
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('seq', '<', kept.seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last) return 0
  const seq = Number(last.seq)
  await store
    .updateTable('audit_head')
    .set({ pruned_seq: seq, pruned_hash: last.hash })
    .where('id', '=', 1)
    .where('pruned_seq', '<', seq)
    .execute()
  let deleted = 0
  for (;;) {
    const some = store
      .selectFrom('audit')
      .select('seq')
      .where('seq', '<=', seq)
      .orderBy('seq')
      .limit(pieces)
    const { numDeletedRows } = await store
      .deleteFrom('audit')
      .where('seq', 'in', some)
      .executeTakeFirst()
    deleted += Number(numDeletedRows)
    if (Number(numDeletedRows) < pieces) break
  }
  await store.deleteFrom('audit_signature').where('seq', '<=', seq).execute()
  return deleted
}

export class AuditCare {
  readonly #care: Care
  readonly #startedAt = performance.now()
  #timer: NodeJS.Timeout | undefined
  /** When this process has checked all rows, by `performance.now()`. */
  #wholeAt: number | undefined
  /** What the last check found. */
  check: AuditCheck | undefined

  constructor(care: Care) {
    this.#care = care
  }

  /** How many days rows are kept. */
  get days(): number {
    return this.#care.days
  }

  /** Begins with the last rows, or with all if they are due; it doesn't wait for them. */
  start(): void {
    void this.#begin()
    this.#timer = setInterval(() => void this.#hourly(), hourMs)
    this.#timer.unref()
  }

  async #begin(): Promise<void> {
    await this.#look((await this.#isDue()) ? Infinity : checkedAtStart)
    await this.#prune()
  }

  async #hourly(): Promise<void> {
    await this.sign()
    if (!(await this.#isDue())) return
    await this.#look(Infinity)
    await this.#prune()
  }

  /**
   * Whether all rows have to be checked. What is stored counts on the first day of a process only, so that changing it
   * in the database doesn't postpone the check for ever.
   */
  async #isDue(): Promise<boolean> {
    const now = performance.now()
    if (this.#wholeAt !== undefined) return now - this.#wholeAt >= wholeEveryMs
    if (now - this.#startedAt >= wholeEveryMs) return true
    try {
      const row = await this.#care.store
        .selectFrom('kept')
        .select('at')
        .where('person', '=', checkedAt.person)
        .where('name', '=', checkedAt.name)
        .executeTakeFirst()
      const age = Date.now() - Number(row?.at ?? 0)
      return age < 0 || age >= wholeEveryMs
    } catch {
      // It is looked again in an hour.
      return false
    }
  }

  /** Signs the state as it is now. */
  async sign(): Promise<void> {
    const { store, signer, log } = this.#care
    try {
      await signer.sign(store)
    } catch (error) {
      log.warn({ err: error }, 'could not sign the audit log')
    }
  }

  async #look(last: number): Promise<void> {
    const { store, signer, log } = this.#care
    const began = performance.now()
    try {
      this.check = await checkAudit(store, signer, last)
      const { broken, rows } = this.check
      if (last === Infinity) this.#wholeAt = began
      if (broken) log.error(broken, 'the audit log is not as it was written')
      // A log that was changed is checked again at the next start, so that the page goes on saying so.
      else if (last === Infinity && rows > 0) await this.#remember()
    } catch (error) {
      log.warn({ err: error }, 'could not check the audit log')
    }
  }

  async #remember(): Promise<void> {
    const checked = { body: 'null', at: Date.now() }
    await this.#care.store
      .insertInto('kept')
      .values({ ...checkedAt, ...checked })
      .onConflict((conflict) => conflict.columns(['person', 'name']).doUpdateSet(checked))
      .execute()
  }

  async #prune(): Promise<void> {
    const { store, audit, days, log } = this.#care
    // A log that was changed is evidence.
    if (this.check?.broken) return
    try {
      const count = await pruneAudit(store, days)
      if (count > 0)
        await audit.note({ event: 'prune-audit', result: 'done', changed: { count, days } })
    } catch (error) {
      log.warn({ err: error }, 'could not delete old rows of the audit log')
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.sign()
  }
}
