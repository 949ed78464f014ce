/**
 * Writes the rows of the audit log (contract/audit/audit.ts), each chained to the one before by its
 * hash. Those of the same moment share a transaction, whose first statement takes the head: it is the
 * lock that lets several servers append to one database.
 */
import { createHash } from 'node:crypto'

import type { AuditBody, AuditRow } from '#contract/audit/audit.ts'

import { alone, type Replica } from '../replicas/replica.ts'
import { StoreOutage } from '../store/outage.ts'
import type { Store } from '../store/store.ts'

/** Limits how long one transaction blocks the process. */
const most = 500

/** What links a row to the one before. */
export const hashOf = (prev: string, seq: number, at: number, body: string): string =>
  createHash('sha256').update(`${prev}\n${seq}\n${at}\n${body}`).digest('hex')

/** Text that both databases keep, whatever a zone or a browser has sent. */
const whole = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD')

/** What people look for in a row. */
function wordsOf({ event, by, zone, target, message, operationId, changed }: AuditBody) {
  const said = [event, by?.name, by?.id, by?.from, zone, target?.id, target?.name, message]
  const words = [...said, operationId, changed && JSON.stringify(changed)]
  return whole(words.filter(Boolean).join(' ').toLowerCase())
}

/** The columns by which rows are found; each follows from the body. */
export const columnsOf = (body: AuditBody) => ({
  entry: body.entry,
  phase: body.phase,
  event: whole(body.event),
  person: body.by ? whole(body.by.name) : null,
  zone: body.zone ? whole(body.zone) : null,
  target: body.target ? whole(body.target.id) : null,
  parent: body.parent ?? null,
  result: body.result ?? null,
  operation_id: body.operationId ? whole(body.operationId) : null,
  words: wordsOf(body),
})

type Waiting = {
  body: AuditBody
  done(row: AuditRow): void
  failed(error: unknown): void
}

export class AuditRows {
  readonly #store: Store
  readonly #owner: string | null
  readonly #appended: (row: AuditRow) => void
  readonly #waiting: Waiting[] = []
  #running: Promise<void> | undefined

  /** `appended` is told of each row when it is stored. */
  constructor(
    store: Store,
    appended: (row: AuditRow) => void,
    { owner }: Pick<Replica, 'owner'> = alone,
  ) {
    this.#store = store
    this.#owner = owner
    this.#appended = appended
  }

  /** Resolves with the row when it is on the disk. Throws a `StoreOutage` if the store doesn't take it. */
  append(body: AuditBody): Promise<AuditRow> {
    return new Promise((done, failed) => {
      this.#waiting.push({ body, done, failed })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // Rows of the same turn of the event loop join.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, most)
      try {
        const rows = await this.#write(group.map(({ body }) => body))
        for (const [index, row] of rows.entries()) {
          this.#appended(row)
          group[index]?.done(row)
        }
      } catch (error) {
        // The rows behind them would wait as long for the same.
        const all = [...group, ...this.#waiting.splice(0)]
        // Without its row nothing is done, whatever the reason.
        const outage = error instanceof StoreOutage ? error : new StoreOutage(error)
        for (const { failed } of all) failed(outage)
      }
    }
    this.#running = undefined
  }

  #write(bodies: readonly AuditBody[]): Promise<AuditRow[]> {
    return this.#store.transaction().execute(async (within) => {
      const head = await within
        .updateTable('audit_head')
        .set(({ eb }) => ({ seq: eb('seq', '+', bodies.length) }))
        .where('id', '=', 1)
        .returning(['seq', 'hash'])
        .executeTakeFirstOrThrow()
      const at = Date.now()
      let { hash } = head
      const first = Number(head.seq) - bodies.length + 1
      const rows = bodies.map((body, index) => {
        const seq = first + index
        const text = JSON.stringify(body)
        hash = hashOf(hash, seq, at, text)
        return { seq, at, hash, text, body }
      })
      await within
        .insertInto('audit')
        .values(
          rows.map(({ seq, at: moment, hash: own, text, body }) => ({
            seq,
            at: moment,
            ...columnsOf(body),
            body: text,
            hash: own,
            owner: this.#owner,
          })),
        )
        .execute()
      await within.updateTable('audit_head').set({ hash }).where('id', '=', 1).execute()
      return rows.map(({ seq, at: moment, hash: own, body }) => ({
        seq,
        at: moment,
        hash: own,
        ...body,
      }))
    })
  }
}

/** A stored row as it is read back. */
export const readRow = (row: {
  seq: number
  at: number
  hash: string
  body: string
}): AuditRow => ({
  seq: Number(row.seq),
  at: Number(row.at),
  hash: row.hash,
  ...(JSON.parse(row.body) as AuditBody), // AuditRows wrote it
})
