/** Declares the table of changes that wait for a second person (contract/people/approval.ts). */
import type { Kysely, Migration } from 'kysely'

export type ApprovalTables = {
  approval: {
    id: string
    /** The person who asked. */
    asker: string
    asked_at: number
    expires_at: number
    state: string
    /** What of the `Approval` never changes, as JSON (approvals/approval-rows.ts). */
    body: string
    /** The instances that it concerns, as JSON: of a bulk action they are many. */
    instances: string
    /** The encrypted order (seal.ts); null once it doesn't wait any more. */
    sealed: string | null
    /** Who answered, when and why, as JSON. */
    answer: string | null
    /** The entry of the audit log under which the order was begun; null until it is. */
    entry: string | null
    /** The `ApprovalOutcome`, as JSON. */
    outcome: string | null
    /** The server that sends it (replicas/replica.ts). */
    owner: string | null
  }
}

export const approvalTables: Record<string, Migration> = {
  '0018-approvals': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('approval')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('asker', 'text', (column) => column.notNull())
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('instances', 'text', (column) => column.notNull())
        .addColumn('sealed', 'text')
        .addColumn('answer', 'text')
        .addColumn('entry', 'text')
        .addColumn('outcome', 'text')
        .addColumn('owner', 'text')
        .execute()
      await db.schema
        .createIndex('approval_by_state')
        .on('approval')
        .columns(['state', 'expires_at'])
        .execute()
    },
  },
}
