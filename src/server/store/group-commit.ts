/**
 * Adds group commit to any of Kysely's dialects. Even a small commit takes long to reach the disk, so
 * writes of the same moment share one. Each returns only when its commit is on the disk
 * (docs/decisions/0006). Reads and transactions bypass it, and callers don't notice it.
 *
 * If one write of a group is rejected, all of them run again one by one, so that only its own
 * author sees the error. If the store fails, everything that waits fails at once: each would wait as
 * long for the same. Errors are named by outage.ts, and values are checked by kinds.ts.
 */
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely'

import { checkKinds } from './kinds.ts'
import { named, StoreOutage } from './outage.ts'

/** Limits how long one group blocks the process. */
const most = 500
const writes: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
])

type Write = {
  query: CompiledQuery
  done(result: QueryResult<unknown>): void
  failed(error: unknown): void
}

/** Called after every commit, with its number of writes. */
export type Committed = (count: number) => void

/** Called with every statement that isn't a plain read, once it has ended or its transaction has. */
export type Written = (query: CompiledQuery) => void

type Ways = {
  committed?: Committed | undefined
  written?: Written | undefined
  /** Whether the database's reads take booleans. */
  readsBooleans?: boolean
}

class Group {
  readonly #inner: Driver
  readonly #committed: Committed | undefined
  readonly written: Written
  readonly readsBooleans: boolean
  #waiting: Write[] = []
  #running: Promise<void> | undefined

  constructor(inner: Driver, { committed, written, readsBooleans = false }: Ways) {
    this.#inner = inner
    this.#committed = committed
    this.written = written ?? (() => {})
    this.readsBooleans = readsBooleans
  }

  add(query: CompiledQuery): Promise<QueryResult<unknown>> {
    return new Promise((done, failed) => {
      this.#waiting.push({ query, done, failed })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // Writes of the same turn of the event loop join the group.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, most))
    this.#running = undefined
  }

  async #commit(group: Write[]): Promise<void> {
    let connection: DatabaseConnection
    try {
      connection = await this.#inner.acquireConnection()
    } catch (error) {
      return this.#fail(group, error)
    }
    let fault: unknown
    try {
      const results = await this.#inTransaction(connection, group)
      this.#committed?.(group.length)
      for (const [index, { done }] of group.entries()) done(results[index] ?? { rows: [] })
      return
    } catch (error) {
      fault = named(error)
    } finally {
      for (const { query } of group) this.written(query)
      await this.#inner.releaseConnection(connection)
    }
    if (fault instanceof StoreOutage) return this.#fail(group, fault)
    const [first, ...others] = group
    if (others.length === 0) first?.failed(fault)
    else for (const write of group) await this.#commit([write])
  }

  #fail(group: readonly Write[], error: unknown): void {
    const fault = named(error)
    const others = fault instanceof StoreOutage ? this.#waiting.splice(0) : []
    for (const { failed } of [...group, ...others]) failed(fault)
  }

  async #inTransaction(connection: DatabaseConnection, group: readonly Write[]) {
    await this.#inner.beginTransaction(connection, {})
    try {
      const results: QueryResult<unknown>[] = []
      for (const { query } of group) results.push(await connection.executeQuery(query))
      await this.#inner.commitTransaction(connection)
      return results
    } catch (error) {
      // After a lost connection a rollback isn't possible. If the commit succeeded nevertheless,
      // repeating it is harmless, because the store's writes describe the state to reach.
      await this.#inner.rollbackTransaction(connection).catch(() => {})
      throw error
    }
  }
}

/** The connection that Kysely gets; it has a real one only while it is used. */
class Loose implements DatabaseConnection {
  readonly #inner: Driver
  readonly #group: Group
  /** Held during a transaction. */
  #held: DatabaseConnection | undefined
  /** Of the transaction. */
  #wrote: CompiledQuery[] = []

  constructor(inner: Driver, group: Group) {
    this.#inner = inner
    this.#group = group
  }

  get held(): DatabaseConnection {
    if (!this.#held) throw new Error('no transaction is open')
    return this.#held
  }

  async hold(settings: TransactionSettings): Promise<void> {
    try {
      this.#held = await this.#inner.acquireConnection()
      await this.#inner.beginTransaction(this.#held, settings)
    } catch (error) {
      throw named(error)
    }
  }

  async letGo(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    for (const query of this.#wrote.splice(0)) this.#group.written(query)
    if (held) await this.#inner.releaseConnection(held)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const isWrite = writes.has(query.query.kind)
    checkKinds(query.parameters, this.#group.readsBooleans && !isWrite)
    if (!this.#held && isWrite)
      // Kysely's caller names R, but only the query determines it.
      return this.#group.add(query) as Promise<QueryResult<R>>
    if (query.query.kind !== 'SelectQueryNode') this.#wrote.push(query)
    try {
      return await (this.#held?.executeQuery<R>(query) ?? this.#read<R>(query))
    } catch (error) {
      throw named(error)
    }
  }

  async #read<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const connection = await this.#inner.acquireConnection()
    try {
      return await connection.executeQuery<R>(query)
    } finally {
      await this.#inner.releaseConnection(connection)
    }
  }

  streamQuery(): never {
    throw new Error('the store does not stream')
  }
}

class GroupDriver implements Driver {
  readonly #inner: Driver
  readonly #group: Group

  constructor(inner: Driver, ways: Ways) {
    this.#inner = inner
    this.#group = new Group(inner, ways)
  }

  init() {
    return this.#inner.init()
  }

  acquireConnection() {
    return Promise.resolve(new Loose(this.#inner, this.#group))
  }

  beginTransaction(connection: Loose, settings: TransactionSettings) {
    return connection.hold(settings)
  }

  async commitTransaction(connection: Loose) {
    try {
      await this.#inner.commitTransaction(connection.held)
    } catch (error) {
      throw named(error)
    }
  }

  async rollbackTransaction(connection: Loose) {
    // What can't be rolled back is gone already, with its connection or by SQLite itself; the author
    // needs the error that came first.
    await this.#inner.rollbackTransaction(connection.held).catch(() => {})
  }

  releaseConnection(connection: Loose) {
    return connection.letGo()
  }

  async destroy() {
    await this.#group.idle()
    await this.#inner.destroy()
  }
}

/** The same dialect, with writes outside of transactions committed together. */
export const groupCommits = (dialect: Dialect, ways: Ways = {}): Dialect => ({
  createDriver: () => new GroupDriver(dialect.createDriver(), ways),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (store) => dialect.createIntrospector(store),
})
