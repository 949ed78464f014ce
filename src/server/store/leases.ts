/**
 * Leases by name, for servers that share a PostgreSQL: what one server does for all of them belongs to the
 * one that has the lease. It runs out by the database's clock, so that the servers' clocks may differ, and for
 * its holder a little earlier by a clock that can't be set. Each new holder gets a higher number: what is written
 * under an older one can be rejected, which a server that was paused can't know in time.
 */
import { randomUUID } from 'node:crypto'

import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'

import type { Store } from './store.ts'

/** How long a lease lasts after it was taken or renewed. */
export const leaseMs = 10_000
/** How often it is renewed. */
export const renewMs = 3_000
/** After a failure; a database that hangs adds what a query may take. */
const againMs = 1_000
/** By how much the holder stops before the lease runs out. */
const marginMs = 1_000

/** The database's clock in epoch ms; `now()` would be the start of a transaction. */
export const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** Thrown where something needs a lease that another server may have by now. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`another server may have the lease ${name}`)
  }
}

export type Lease = {
  readonly name: string
  /** Higher than that of every earlier holder. */
  readonly epoch: number
  /** Aborted when it has run out or another server has it: the holder stops at once. */
  readonly lost: AbortSignal
  /** Whether the holder may act now, by its own clock: a process that was paused hears of the loss only later. */
  isHeld(): boolean
  /** Gives it back, so that another server may take it at once. */
  release(): Promise<void>
}

type Held = {
  name: string
  epoch: number
  /** By `performance.now()`. */
  until: number
  /** Goes on when it is renewed late, unless another server has taken it. */
  isPatient: boolean
  ending: AbortController
  timer?: NodeJS.Timeout
}

type LeaseDeps = {
  store: Store
  log: Pick<FastifyBaseLogger, 'warn'>
  /** Ms, for tests: how long a lease lasts, and how often it is renewed. */
  lasts?: number
  renews?: number
}

export class Leases {
  /** Names this process. A process that is started again is another owner. */
  readonly owner = randomUUID()
  readonly #store: Store
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #lasts: number
  readonly #renews: number
  readonly #held = new Map<string, Held>()
  #timer: NodeJS.Timeout | undefined
  #renewing: Promise<void> | undefined
  #failing = false
  #closed = false

  constructor({ store, log, lasts = leaseMs, renews = renewMs }: LeaseDeps) {
    this.#store = store
    this.#log = log
    this.#lasts = lasts
    this.#renews = renews
    this.#plan(renews)
  }

  /** How long a lease lasts, in ms. */
  get lasts(): number {
    return this.#lasts
  }

  /**
   * Takes a lease that no other server has; undefined where one has it. A `patient` one that couldn't be renewed in
   * time isn't held until it is renewed, and is lost only when another server has taken it. Throws the
   * database's error.
   */
  async take(name: string, { patient = false } = {}): Promise<Lease | undefined> {
    if (this.#closed || this.#held.has(name)) return undefined
    const asked = performance.now()
    const { rows } = await sql<{ epoch: number }>`
      insert into lease as old (name, owner, epoch, expires)
      values (${name}, ${this.owner}, 1, ${databaseNow} + ${this.#lasts})
      on conflict (name) do update
        set owner = excluded.owner, epoch = old.epoch + 1, expires = excluded.expires
        where old.expires <= ${databaseNow}
      returning epoch`.execute(this.#store)
    const [taken] = rows
    if (!taken) return undefined
    const held: Held = {
      name,
      epoch: Number(taken.epoch),
      until: 0,
      isPatient: patient,
      ending: new AbortController(),
    }
    this.#extend(held, asked)
    // The server may have begun to close, or another request have come first, while the database answered.
    if (this.#closed || this.#held.has(name)) {
      await this.#giveBack([held])
      return undefined
    }
    this.#held.set(name, held)
    return {
      name,
      epoch: held.epoch,
      lost: held.ending.signal,
      isHeld: () => this.#isHeld(held),
      release: () => this.#release(held),
    }
  }

  /** Resolves after the leases were renewed once; never throws. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => {
      this.#renewing = undefined
    })
    return this.#renewing
  }

  /** Gives all of them back. May be called twice. Never throws. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#renewing
    const all = [...this.#held.values()]
    for (const held of all) this.#lose(held)
    try {
      await this.#giveBack(all)
    } catch (error) {
      this.#log.warn({ err: error }, 'could not give leases back, which run out')
    }
  }

  #isHeld(held: Held): boolean {
    if (held.ending.signal.aborted) return false
    if (performance.now() < held.until) return true
    if (!held.isPatient) this.#lose(held)
    return false
  }

  #extend(held: Held, asked: number): void {
    held.until = asked + this.#lasts - Math.min(marginMs, this.#lasts / 4)
    clearTimeout(held.timer)
    if (held.isPatient) return
    const restMs = Math.max(0, held.until - performance.now())
    held.timer = setTimeout(() => this.#lose(held), restMs).unref()
  }

  #lose(held: Held): void {
    clearTimeout(held.timer)
    if (this.#held.get(held.name) === held) this.#held.delete(held.name)
    held.ending.abort(new LeaseLost(held.name))
  }

  async #release(held: Held): Promise<void> {
    this.#lose(held)
    await this.#giveBack([held])
  }

  /** Only runs out now: its number has to stay, because the next one must be higher. */
  async #giveBack(all: readonly Held[]): Promise<void> {
    if (all.length === 0) return
    const names = all.map(({ name }) => name)
    await sql`
      update lease set expires = 0
      where owner = ${this.owner} and name in (${sql.join(names)})`.execute(this.#store)
  }

  #plan(ms: number): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      void this.renew().then(() => this.#plan(this.#failing ? againMs : this.#renews))
    }, ms).unref()
  }

  async #renewOnce(): Promise<void> {
    const all = [...this.#held.values()]
    if (all.length === 0) return
    const asked = performance.now()
    const names = all.map(({ name }) => name)
    try {
      const { rows } = await sql<{ name: string; epoch: number }>`
        update lease set expires = ${databaseNow} + ${this.#lasts}
        where owner = ${this.owner} and name in (${sql.join(names)})
        returning name, epoch`.execute(this.#store)
      const ours = new Map(rows.map(({ name, epoch }) => [name, Number(epoch)]))
      for (const held of all) {
        if (held.ending.signal.aborted) continue
        if (ours.get(held.name) === held.epoch) this.#extend(held, asked)
        else this.#lose(held)
      }
      this.#failing = false
    } catch (error) {
      if (!this.#failing) this.#log.warn({ err: error }, 'could not renew leases')
      this.#failing = true
    }
  }
}
