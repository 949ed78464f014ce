/** The tables by which servers that share a PostgreSQL divide their work. A file of SQLite's has them empty. */
import { sql, type Kysely, type Migration } from 'kysely'

import type { ApprovalTables } from './approval-tables.ts'
import type { AuditTables } from './audit-tables.ts'

export type SharedTables = AuditTables &
  ApprovalTables & {
    /** What one of several servers does for all of them, by name (leases.ts); `expires` is by the database's clock. */
    lease: { name: string; owner: string; epoch: number; expires: number }
    /** Instances with a change under way, as `zone/id`, and the server that has it (replicas/replica.ts). */
    busy: { name: string; owner: string }
    /** What servers say to each other (replicas/wire.ts), kept for some minutes; `origin` is the owner of leases. */
    feed: {
      seq: number
      at: number
      kind: string
      zone: string
      origin: string
      body: string
    }
    /** One row: the number of the last row of `feed`. */
    feed_head: { id: number; seq: number }
  }

export const replicaTables: Record<string, Migration> = {
  '0014-leases': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('lease')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('epoch', 'bigint', (column) => column.notNull())
        .addColumn('expires', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
  '0015-owners': {
    async up(db: Kysely<unknown>) {
      for (const table of ['chain', 'job', 'moment', 'audit'])
        await db.schema.alterTable(table).addColumn('owner', 'text').execute()
      await db.schema
        .alterTable('job')
        .addColumn('stop_asked', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
      // Few moments have an owner: those whose operation is still followed.
      await sql`create index moment_by_owner on moment (owner) where owner is not null`.execute(
        db,
      )
      await db.schema
        .createTable('busy')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('owner', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0016-feed': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('feed')
        .addColumn('seq', 'bigint', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('origin', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('feed_head')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .execute()
      // Higher than the numbers that an earlier server of this store has sent to browsers.
      await sql`insert into feed_head (id, seq) values (1, ${Date.now() * 1000})`.execute(
        db,
      )
    },
  },
}
