/**
 * Is this server among those that share a PostgreSQL. What a server works on has its name in the row's `owner`;
 * a lease says that the server lives. Another server takes over the rows of one that doesn't, and every write of the
 * work demands that the row still is its writer's. A server without others is `alone`, and owns everything.
 */
import type { FastifyBaseLogger } from 'fastify'
import { sql, type RawBuilder } from 'kysely'

import { databaseNow, LeaseLost, type Lease, type Leases } from '../store/leases.ts'
import type { Store } from '../store/store.ts'

const presence = 'replica/'
/** The owner of a row that a server gave back when it stopped. */
const noOne = ''
/** Leases of servers that ended are forgotten after this time. */
const forgottenMs = 3_600_000

/** What the code that works on rows knows of the servers. */
export type Replica = {
  /** What rows have of it; null where there are no others. */
  readonly owner: string | null
  /** Whether others may be sure that it lives; otherwise it sends nothing. */
  isHeld(): boolean
  /** Condition of SQL: the row is this server's. */
  mine(column: string): RawBuilder<boolean>
  /** Condition of SQL: no server that lives works on the row. */
  free(column: string): RawBuilder<boolean>
  /** Takes a name for itself as long as it lives; false where a living server has it. Throws as the store. */
  claim(name: string): Promise<boolean>
  /** Gives the name back, now or a little later. Never throws. */
  unclaim(name: string): Promise<void>
}

/** A server that shares its store with none. */
export const alone: Replica = {
  owner: null,
  isHeld: () => true,
  mine: () => sql<boolean>`1 = 1`,
  free: () => sql<boolean>`1 = 1`,
  claim: async () => true,
  unclaim: async () => {},
}

/** Throws a `LeaseLost` where a write changed no row, because another server has taken it over. */
export function requireOwn({ owner }: Replica, changed: bigint | undefined, what: string) {
  if (owner !== null && changed === 0n) throw new LeaseLost(what)
}

export class SharedReplica implements Replica {
  readonly owner: string
  readonly #store: Store
  readonly #leases: Leases
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  #lease: Lease | undefined
  /** Since when it has been held without a break, by `performance.now()`. */
  #heldSince: number | undefined
  readonly #claimed = new Set<string>()

  constructor(store: Store, leases: Leases, log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#store = store
    this.#leases = leases
    this.#log = log
    this.owner = leases.owner
  }

  /** Says that this server lives, again if its lease was deleted while it was paused for long. Throws as the store. */
  async start(): Promise<void> {
    if (this.#lease && !this.#lease.lost.aborted) return
    this.#lease = await this.#leases.take(`${presence}${this.owner}`, { patient: true })
  }

  isHeld(): boolean {
    const isHeld = this.#lease?.isHeld() ?? false
    if (!isHeld) this.#heldSince = undefined
    else this.#heldSince ??= performance.now()
    return isHeld
  }

  /**
   * Whether it may say that another server is gone. After the database was away, all of them look so until each has
   * renewed its lease.
   */
  #mayJudge(): boolean {
    if (!this.isHeld() || this.#heldSince === undefined) return false
    return performance.now() - this.#heldSince >= this.#leases.lasts
  }

  mine(column: string): RawBuilder<boolean> {
    return sql<boolean>`${sql.ref(column)} = ${this.owner}`
  }

  free(column: string): RawBuilder<boolean> {
    const owner = sql.ref(column)
    if (!this.#mayJudge()) return sql<boolean>`(${owner} is null or ${owner} = ${noOne})`
    return sql<boolean>`(${owner} is null or ${owner} = ${noOne}
      or (${owner} <> ${this.owner} and ${owner} not in (
        select living.owner from lease as living
        where living.name like ${`${presence}%`} and living.expires > ${databaseNow})))`
  }

  async claim(name: string): Promise<boolean> {
    this.#claimed.add(name)
    const { rows } = await sql`
      insert into busy as old (name, owner) values (${name}, ${this.owner})
      on conflict (name) do update set owner = excluded.owner
        where old.owner = excluded.owner or ${this.free('old.owner')}
      returning name`.execute(this.#store)
    if (rows.length === 0) this.#claimed.delete(name)
    return rows.length > 0
  }

  async unclaim(name: string): Promise<void> {
    this.#claimed.delete(name)
    try {
      await sql`delete from busy where name = ${name} and owner = ${this.owner}`.execute(
        this.#store,
      )
    } catch {
      // `tidy` does it as soon as the store is back.
    }
  }

  /** Deletes what was left: names given back while the store was away, and leases of servers that ended. */
  async tidy(): Promise<void> {
    const { rows } = await sql<{ name: string }>`
      select name from busy where owner = ${this.owner}`.execute(this.#store)
    for (const { name } of rows) if (!this.#claimed.has(name)) await this.unclaim(name)
    await sql`delete from lease where name like ${`${presence}%`}
      and expires < ${databaseNow} - ${forgottenMs} and expires > 0`.execute(this.#store)
  }

  /** Gives back what it works on, so that others take it over at once. Never throws. */
  async close(): Promise<void> {
    try {
      for (const table of ['chain', 'job', 'moment'])
        await sql`update ${sql.table(table)} set owner = ${noOne}
          where owner = ${this.owner}`.execute(this.#store)
      await sql`delete from busy where owner = ${this.owner}`.execute(this.#store)
      // Its name is never used again.
      await sql`delete from lease where name = ${presence + this.owner}`.execute(
        this.#store,
      )
    } catch (error) {
      this.#log.warn({ err: error }, 'could not give back what others may take over')
    }
    await this.#leases.close()
  }
}
