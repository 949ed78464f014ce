/** Declares the table of what roles may do (people/policy.ts). */
import { sql, type Kysely, type Migration } from 'kysely'

export type PolicyTables = {
  /** One row; `body` is the `Policy` of contract/people/policy.ts, or empty until an admin has changed it. */
  policy: { id: number; body: string }
}

export const policyTables: Record<string, Migration> = {
  '0017-policy': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('policy')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await sql`insert into policy (id, body) values (1, '')`.execute(db)
    },
  },
}
