/** Declares the tables of the audit log (audit/audit-rows.ts), whose rows no statement can change. */
import { PostgresAdapter, sql, type Kysely, type Migration } from 'kysely'

export type AuditTables = {
  /** `body` is an `AuditBody`, from which most other columns follow (audit-rows.ts). */
  audit: {
    seq: number
    at: number
    entry: string
    phase: string
    event: string
    person: string | null
    zone: string | null
    target: string | null
    parent: string | null
    result: string | null
    operation_id: string | null
    words: string
    body: string
    hash: string
    /** The server that wrote it, which may still be about to write how it ended. */
    owner: string | null
  }
  /**
   * One row: the number and the hash of the last row, and of the last one that retention has deleted.
   */
  audit_head: {
    id: number
    seq: number
    hash: string
    pruned_seq: number
    pruned_hash: string
  }
  /** States that this server has signed; `key_id` tells which key it had. */
  audit_signature: {
    seq: number
    hash: string
    at: number
    key_id: string
    signature: string
  }
}

/** The hash before the first row. */
export const GENESIS = '0'.repeat(64)

const isPostgres = (db: Kysely<unknown>) =>
  db.getExecutor().adapter instanceof PostgresAdapter

/** Refuses to change a row, or to delete one that retention hasn't given up. */
async function protect(db: Kysely<unknown>): Promise<void> {
  if (!isPostgres(db)) {
    await sql`create trigger audit_is_final before update on audit
      begin select raise(abort, 'rows of the audit log are final'); end`.execute(db)
    await sql`create trigger audit_is_kept before delete on audit
      when old.seq > (select pruned_seq from audit_head)
      begin select raise(abort, 'rows of the audit log are kept'); end`.execute(db)
    return
  }
  await sql`create function audit_is_final() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and old.seq <= (select pruned_seq from audit_head) then
        return old;
      end if;
      raise exception 'rows of the audit log are final';
    end $$`.execute(db)
  await sql`create trigger audit_is_final before update or delete on audit
    for each row execute function audit_is_final()`.execute(db)
}

const indexes = ['at', 'entry', 'target', 'person', 'operation_id'] as const

export const auditTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit')
      // In SQLite only this very type is the number by which rows are in order anyway.
      .addColumn('seq', isPostgres(db) ? 'bigint' : 'integer', (column) =>
        column.primaryKey(),
      )
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('entry', 'text', (column) => column.notNull())
      .addColumn('phase', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('person', 'text')
      .addColumn('zone', 'text')
      .addColumn('target', 'text')
      .addColumn('parent', 'text')
      .addColumn('result', 'text')
      .addColumn('operation_id', 'text')
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute()
    for (const column of indexes)
      await db.schema.createIndex(`audit_by_${column}`).on('audit').column(column).execute()
    await db.schema
      .createIndex('audit_by_parent')
      .on('audit')
      .columns(['parent', 'seq'])
      .execute()
    await db.schema
      .createTable('audit_head')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('pruned_seq', 'bigint', (column) => column.notNull())
      .addColumn('pruned_hash', 'text', (column) => column.notNull())
      .execute()
    await sql`insert into audit_head (id, seq, hash, pruned_seq, pruned_hash)
      values (1, 0, ${GENESIS}, 0, ${GENESIS})`.execute(db)
    await db.schema
      .createTable('audit_signature')
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('signature_of_row', ['seq', 'key_id'])
      .execute()
    await protect(db)
  },
}
