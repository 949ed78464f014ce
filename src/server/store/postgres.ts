/**
 * Connects the store with PostgreSQL. Each wait is bounded, and a connection that didn't answer is
 * given up: the pool would hand it out again, and the next query would wait behind the one before.
 */
import {
  PostgresDialect,
  type Dialect,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely'

import { isFromPostgres } from './outage.ts'

const connectMs = 3_000
const queryMs = 5_000
const mostConnections = 10
const bigintType = 20

type Client = {
  query(text: string, values: readonly unknown[]): Promise<unknown>
  release(error?: Error): void
}

/** The client, until it fails in a way that PostgreSQL itself didn't report. */
function untilBroken(client: Client): PostgresPoolClient {
  let broken: Error | undefined
  const bounded: Client = {
    async query(text, values) {
      if (broken) throw broken
      try {
        return await client.query(text, values)
      } catch (error) {
        if (!isFromPostgres(error))
          broken = error instanceof Error ? error : new Error(String(error))
        throw error
      }
    },
    release: () => client.release(broken),
  }
  // Kysely calls it only in this way: cursors are for streams, which the store doesn't have.
  return bounded as PostgresPoolClient
}

/** The dialect of the database at a `postgres://` address. */
export async function postgres(url: string): Promise<Dialect> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    types: {
      // The store's integers are milliseconds and counts, which fit into a number.
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === bigintType ? Number : pg.types.getTypeParser(type, format),
    },
  })
  // A connection that breaks emits an error; without a listener, that would end the
  // process.
  const ignore = () => {}
  pool.on('error', ignore)
  pool.on('connect', (client) => void client.on('error', ignore))
  const bounded: PostgresPool = {
    // pg's own type allows more ways to query than are needed.
    connect: async () => untilBroken((await pool.connect()) as unknown as Client),
    end: () => pool.end(),
  }
  return new PostgresDialect({ pool: bounded })
}
