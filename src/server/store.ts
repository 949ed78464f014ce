/**
 * What has to outlive the process: running chains, notes, and each instance's timeline. SQLite
 * through Kysely, in words that PostgreSQL understands too (server.md 4.3): text, whole numbers,
 * JSON as text. A write is answered when it is on the disk.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import {
  Kysely,
  Migrator,
  SqliteDialect,
  type Migration,
  type SqliteDatabase,
} from 'kysely'
import Database from 'libsql'

export type Tables = {
  /** `body` is the `Chain` of contract/chain.ts; the others are what is looked for. */
  chain: { id: string; zone: string; state: string; started_at: number; body: string }
  /** `body` is the `FollowedOperation` of contract/feed.ts. */
  moment: { id: string; zone: string; instance_id: string; at: number; body: string }
  /** `subject` is the id of an instance or a snapshot. */
  note: { zone: string; subject: string; text: string; by: string; at: number }
}

export type Store = Kysely<Tables>

const migrations: Record<string, Migration> = {
  '0001-chains-moments-notes': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('chain')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('moment')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('instance_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('moment_of_instance')
        .on('moment')
        .columns(['zone', 'instance_id', 'at'])
        .execute()
      await db.schema
        .createTable('note')
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('by', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('note_of_subject', ['zone', 'subject'])
        .execute()
    },
  },
}

/**
 * Opens the store in `file`, or in memory for `:memory:`, with its tables brought up to date.
 * Throws when the file can't be used.
 */
export async function openStore(file: string): Promise<Store> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new Database(file)
  // Survives a power cut, and readers never wait for a writer (server.md 4.2).
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'busy_timeout = 5000'])
    database.exec(`PRAGMA ${setting}`)
  // libsql has better-sqlite3's interface, which is the one Kysely asks for.
  const dialect = new SqliteDialect({ database: database as unknown as SqliteDatabase })
  const store = new Kysely<Tables>({ dialect })
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  const { error } = await new Migrator({ db: store, provider }).migrateToLatest()
  if (error) throw error
  return store
}
