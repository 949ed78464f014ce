/** The tables by which servers that share a PostgreSQL divide their work. A file of SQLite's has them empty. */
import type { Kysely, Migration } from 'kysely'

export type ReplicaTables = {
  /** What one of several servers does for all of them, by name (leases.ts); `expires` is by the database's clock. */
  lease: { name: string; owner: string; epoch: number; expires: number }
}

export const replicaTables: Record<string, Migration> = {
  '0013-leases': {
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
}
