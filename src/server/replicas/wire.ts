/**
 * Carries what servers that share a PostgreSQL have to tell each other, as rows with numbers that have no gap. A
 * `NOTIFY` says only that there are new ones; every server reads them, its own too, so that all have
 * the same order. A read every two seconds finds what a lost notification was about. No other transaction notifies,
 * because its commit can wait for those of all databases (findings/postgresql-notify-waits-for-all.sh).
 */
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'

import { databaseNow, type Lease } from '../store/leases.ts'
import type { Store } from '../store/store.ts'
import { Listener } from './listener.ts'

const pollMs = 2_000
/** A store that couldn't be read for so long is away. */
const awayMs = 10_000
const keptMs = 10 * 60_000
const keptRows = 10_000
const pruneMs = 60_000
const readAtOnce = 100
const writtenAtOnce = 50
/** What waits to be written while the store is away: rows, and the characters of all of them. */
const mostWaiting = 2_000
const mostWaitingLength = 16 * 1024 * 1024

/**
 * `event` is for browsers (contract/feed.ts); `reset` has them read everything again. A `snapshot` has all of a
 * zone for a server that has nothing of it and said `want`, a `renewal` for all. `look` has the zone's leader look at
 * it, `here` says that people are, `note` and `sessions` that a note or sessions have changed.
 */
export type Kind =
  | 'event'
  | 'reset'
  | 'snapshot'
  | 'renewal'
  | 'want'
  | 'look'
  | 'here'
  | 'note'
  | 'sessions'

export type WireRow = {
  seq: number
  kind: Kind
  zone: string
  isOwn: boolean
  /** Empty of a snapshot or a renewal, which `bodyOf` reads. */
  body: string
}

type Waiting = { kind: Kind; zone: string; body: string; lease?: Lease | undefined }

type WireDeps = {
  store: Store
  /** The PostgreSQL to listen to. */
  url: string
  owner: string
  log: Pick<FastifyBaseLogger, 'warn'>
}

/** Who takes the rows. */
export type Hearer = {
  /** Called with the number after which the rows begin. */
  begin(seq: number): void
  /** Called with each row in the order of the numbers. */
  hear(row: WireRow): void | Promise<void>
  /** Rows that were never read are gone, or one wasn't taken: all has to be had again. */
  missed(): void
}

export class Wire {
  readonly #deps: WireDeps
  readonly #listener: Listener
  #hearer: Hearer | undefined
  /** The last row that was read. */
  #last = 0
  #waiting: Waiting[] = []
  #waitingLength = 0
  #failing = false
  #writing: Promise<void> | undefined
  #reading: Promise<void> | undefined
  #again = false
  #readAt = performance.now()
  #prunedAt = performance.now()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(deps: WireDeps) {
    this.#deps = deps
    this.#listener = new Listener(deps.url, () => void this.read())
  }

  /** The number of the last row that was read. */
  get seq(): number {
    return this.#last
  }

  /** Whether the store hasn't been read for so long that other servers can't be heard. */
  get isAway(): boolean {
    return performance.now() - this.#readAt > awayMs
  }

  /** Reads the rows that are kept, and from then on each new one. Throws as the store. */
  async start(hearer: Hearer): Promise<void> {
    this.#hearer = hearer
    const { rows } = await sql<{ first: number | null; head: number }>`
      select (select min(seq) from feed) as first, seq as head from feed_head`.execute(
      this.#deps.store,
    )
    const [at] = rows
    this.#last = at?.first ? Number(at.first) - 1 : Number(at?.head ?? 0)
    hearer.begin(this.#last)
    this.#listener.start()
    await this.read()
    this.#timer = setInterval(() => void this.#tick(), pollMs)
    this.#timer.unref()
  }

  /** Says something to all servers. Under a `lease`, only as long as this server has it. */
  say(kind: Kind, zone: string, body = '', lease?: Lease): void {
    if (this.#closed) return
    this.#waiting.push({ kind, zone, body, lease })
    this.#waitingLength += body.length
    if (this.#waiting.length > mostWaiting || this.#waitingLength > mostWaitingLength) {
      this.#waiting = [{ kind: 'reset', zone: '', body: '' }]
      this.#waitingLength = 0
    }
    this.#writing ??= this.#write()
  }

  /** Resolves when what is there was read. Never throws. */
  read(): Promise<void> {
    if (this.#reading) this.#again = true
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  /** Resolves when the row of this number was read, or after one attempt. */
  async reach(seq: number): Promise<void> {
    if (seq <= this.#last || !Number.isSafeInteger(seq)) return
    // A read that is under way may have begun before the row was there.
    await this.#reading
    await this.read()
  }

  /** What a snapshot or a renewal says; undefined if it isn't kept any more. */
  async bodyOf(seq: number): Promise<string | undefined> {
    const { rows } = await sql<{ body: string }>`
      select body from feed where seq = ${seq}`.execute(this.#deps.store)
    return rows[0]?.body
  }

  async #tick(): Promise<void> {
    if (this.#waiting.length > 0) this.#writing ??= this.#write()
    await this.read()
    if (performance.now() - this.#prunedAt < pruneMs) return
    this.#prunedAt = performance.now()
    await sql`delete from feed where at < ${databaseNow} - ${keptMs}
      or seq <= (select seq from feed_head) - ${keptRows}`
      .execute(this.#deps.store)
      .catch(() => {})
  }

  async #readAll(): Promise<void> {
    try {
      do {
        this.#again = false
        while (await this.#readSome());
        this.#readAt = performance.now()
      } while (this.#again && !this.#closed)
    } catch (error) {
      if (!this.#closed && !this.isAway)
        this.#deps.log.warn({ err: error }, 'could not read what other servers say')
    }
  }

  /** Reads some rows; returns whether there may be more. */
  async #readSome(): Promise<boolean> {
    type Row = { seq: number; kind: Kind; zone: string; origin: string; body: string }
    const { rows } = await sql<Row>`
      select seq, kind, zone, origin,
        case when kind in ('snapshot', 'renewal') then '' else body end as body
      from feed where seq > ${this.#last} order by seq limit ${readAtOnce}`.execute(
      this.#deps.store,
    )
    for (const { seq, kind, zone, origin, body } of rows) {
      if (this.#closed) return false
      const isNext = Number(seq) === this.#last + 1
      this.#last = Number(seq)
      // They were deleted while this server was paused, or couldn't read.
      if (!isNext) this.#hearer?.missed()
      const isOwn = origin === this.#deps.owner
      try {
        await this.#hearer?.hear({ seq: this.#last, kind, zone, isOwn, body })
      } catch (error) {
        // It isn't heard again, so that one that fails each time doesn't hold up all others.
        this.#hearer?.missed()
        throw error
      }
    }
    return rows.length === readAtOnce
  }

  async #write(): Promise<void> {
    // What is said in the same turn is written together.
    await new Promise((resolve) => setImmediate(resolve))
    try {
      while (this.#waiting.length > 0 && !this.#closed) {
        const [first] = this.#waiting
        const end = this.#waiting.findIndex(({ lease }) => lease !== first?.lease)
        const most = Math.min(end < 0 ? this.#waiting.length : end, writtenAtOnce)
        const some = this.#waiting.slice(0, most)
        await this.#insert(some, first?.lease)
        const written = new Set(some)
        this.#waiting = this.#waiting.filter((one) => !written.has(one))
        this.#waitingLength = this.#waiting.reduce((sum, { body }) => sum + body.length, 0)
        this.#failing = false
      }
    } catch (error) {
      // The next tick writes it.
      if (!this.#failing)
        this.#deps.log.warn({ err: error }, 'could not say something to other servers')
      this.#failing = true
    }
    this.#writing = undefined
  }

  /** What is said under a lease that another server has by now is written by none: that one has seen it itself. */
  async #insert(some: readonly Waiting[], lease: Lease | undefined): Promise<void> {
    const { store, owner } = this.#deps
    const entries = JSON.stringify(
      some.map(({ kind, zone, body }) => ({ kind, zone, body })),
    )
    const fence = lease
      ? sql`select 1 from lease where name = ${lease.name} and epoch = ${lease.epoch} for share`
      : sql`select 1`
    // The head's lock makes the order of the numbers that in which rows appear.
    await sql`
      with fence as materialized (${fence}),
      head as (
        update feed_head set seq = seq + ${some.length}
        where id = 1 and exists (select 1 from fence) returning seq
      ),
      said as (
        insert into feed (seq, at, kind, zone, origin, body)
        select head.seq - ${some.length} + one.place, ${databaseNow},
          one.value->>'kind', one.value->>'zone', ${owner}, one.value->>'body'
        from head, jsonb_array_elements(${entries}::jsonb) with ordinality as one(value, place)
        returning seq
      )
      select pg_notify('feed', max(seq)::text) from said having count(*) > 0`.execute(store)
  }

  /** Writes what waits, if the store takes it. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
    if (this.#waiting.length > 0) await this.#write()
    this.#closed = true
    await this.#reading
    await this.#listener.close()
  }
}
