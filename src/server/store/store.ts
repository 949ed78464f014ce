/**
 * Stores what has to outlive the process: running chains, notes, and each instance's timeline. It
 * uses SQLite or PostgreSQL through Kysely, with one schema and one set of queries
 * (docs/decisions/0006): text, integers, JSON as text. A write returns when it is on the disk
 * (group-commit.ts).
 */
import { Kysely, Migrator, sql, type Migration } from 'kysely'

import { approvalTables } from './approval-tables.ts'
import { auditTables } from './audit-tables.ts'
import { groupCommits, type Committed } from './group-commit.ts'
import { countPeople } from './people-version.ts'
import { policyTables, type PolicyTables } from './policy-tables.ts'
import { postgres } from './postgres.ts'
import { replicaTables, type SharedTables } from './replica-tables.ts'
import { readOnly, sqlite } from './sqlite.ts'
import { StoreUnusable, unusable } from './unusable.ts'

type Tables = SharedTables &
  PolicyTables & {
    /** `body` is the `Chain` of contract/chain.ts; the other columns are for queries. */
    chain: {
      id: string
      zone: string
      state: string
      started_at: number
      body: string
      /** The server that works on it (replicas/replica.ts). */
      owner: string | null
    }
    /** `body` is the `FollowedOperation` of contract/feed.ts. */
    moment: {
      id: string
      zone: string
      instance_id: string
      at: number
      endpoint: string
      /** Only of a successful operation. */
      took_ms: number | null
      /** The job that asked for it. */
      job_id: string | null
      body: string
      /** The server that follows it, until it ends. */
      owner: string | null
    }
    /** `body` is the `Job` of contract/job.ts. */
    job: {
      id: string
      /** When a person asked for it the last time. */
      asked_at: number
      /** Null while anything of it is still to happen. */
      ended_at: number | null
      body: string
      /** The server that works on it. */
      owner: string | null
      /** 1 if a server that doesn't work on it was asked to stop it. */
      stop_asked: number
    }
    /**
     * Its items in their order; `target` is what was confirmed of each and never changes, `result`
     * what became of it (jobs/job-rows.ts).
     */
    job_item: {
      job_id: string
      position: number
      target: string
      state: string
      result: string
    }
    /** `subject` is the id of an instance or a snapshot. */
    note: { zone: string; subject: string; text: string; by: string; at: number }
    /** The note of a requested snapshot until its id is known; `known` are older ids. */
    note_to_come: {
      id: string
      zone: string
      instance_id: string
      text: string
      by: string
      at: number
      known: string
    }
    /** `body` is an image of the MIME type `type`, as base64. */
    picture: {
      zone: string
      snapshot: string
      type: string
      body: string
      by: string
      at: number
    }
    /** The encrypted secret of a step that is still to be sent (seal.ts). */
    sealed: { chain_id: string; body: string }
    /** A person's drafts by name; `body` is JSON that only the pages read. */
    kept: { person: string; name: string; body: string; at: number }
    /** Who has an account; `name_key` is the name without capitals (people/people.ts). */
    person: {
      id: string
      name: string
      name_key: string
      role: string
      /** The hash; null until an invitation was used. */
      password: string | null
      /** 0 or 1. */
      disabled: number
      created_at: number
      /** By whom and as whom the identity provider knows them; both null for people with a password. */
      issuer: string | null
      subject: string | null
      /** What they are narrowed to, as JSON; null for those who aren't (people/area.ts). */
      area: string | null
    }
    /** Who is signed in (people/sessions.ts). */
    session: {
      id: string
      token_hash: string
      person_id: string
      started_at: number
      seen_at: number
      address: string
      browser: string
    }
    /** Links by which people choose a password; `person_id` is empty for the first person. */
    invitation: { token_hash: string; person_id: string; ends_at: number }
    /**
     * Attempts to guess something, by the hash of what and from where (people/throttle.ts), and sign-ins by the
     * provider that were used (people/transactions.ts).
     */
    attempt: { key: string; count: number; ends_at: number }
    /** Of requests that must not be sent twice (contract/once.ts). */
    request_key: {
      person: string
      key: string
      at: number
      outcome: 'unknown' | 'accepted'
    }
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
  '0002-sealed-and-kept': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('sealed')
        .addColumn('chain_id', 'text', (column) => column.primaryKey())
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('kept')
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('kept_of_person', ['person', 'name'])
        .execute()
    },
  },
  '0003-how-long-operations-take': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('moment')
        .addColumn('endpoint', 'text', (column) => column.notNull().defaultTo(''))
        .execute()
      await db.schema.alterTable('moment').addColumn('took_ms', 'bigint').execute()
    },
  },
  '0004-pictures': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('picture')
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('snapshot', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('by', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('picture_of_snapshot', ['zone', 'snapshot'])
        .execute()
    },
  },
  '0005-notes-to-come': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('note_to_come')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('instance_id', 'text', (column) => column.notNull())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('by', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('known', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '0006-request-keys': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('request_key')
        .addColumn('person', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('key_of_person', ['person', 'key'])
        .execute()
      await db.schema
        .createIndex('request_key_by_age')
        .on('request_key')
        .column('at')
        .execute()
    },
  },
  '0007-jobs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('asked_at', 'bigint', (column) => column.notNull())
        .addColumn('ended_at', 'bigint')
        .addColumn('body', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('job_item')
        .addColumn('job_id', 'text', (column) => column.notNull())
        .addColumn('position', 'bigint', (column) => column.notNull())
        .addColumn('target', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('result', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('item_of_job', ['job_id', 'position'])
        .execute()
      await db.schema.alterTable('moment').addColumn('job_id', 'text').execute()
    },
  },
  '0008-people': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('person')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('name_key', 'text', (column) => column.notNull().unique())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('password', 'text')
        .addColumn('disabled', 'bigint', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('session')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('token_hash', 'text', (column) => column.notNull().unique())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('started_at', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .addColumn('address', 'text', (column) => column.notNull())
        .addColumn('browser', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('session_of_person')
        .on('session')
        .column('person_id')
        .execute()
      await db.schema
        .createTable('invitation')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('person_id', 'text', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
  '0010-audit': auditTables,
  '0011-attempts': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('attempt')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .addColumn('ends_at', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
  // Kysely takes no migration that comes before one that a database has seen: new ones have a later number.
  '0012-single-sign-on': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('person').addColumn('issuer', 'text').execute()
      await db.schema.alterTable('person').addColumn('subject', 'text').execute()
      // Nulls are distinct from each other, so people with a password aren't in each other's way.
      await db.schema
        .createIndex('person_of_provider')
        .unique()
        .on('person')
        .columns(['issuer', 'subject'])
        .execute()
    },
  },
  '0013-narrowed-people': {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('person').addColumn('area', 'text').execute()
    },
  },
  ...replicaTables,
  ...policyTables,
  ...approvalTables,
}

/** Throws unless every migration that the database has seen is one of ours. */
async function checkVersion(store: Store): Promise<void> {
  const tables = await store.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(
    store,
  )
  const seen = rows.map(({ name }) => name)
  const ours = Object.keys(migrations)
  if (seen.every((name) => ours.includes(name))) return
  throw new StoreUnusable(seen.includes(ours[0] ?? '') ? 'newer' : 'foreign')
}

/**
 * Opens the store: a file of SQLite's, `:memory:`, or a PostgreSQL by its `postgres://` address,
 * with its tables brought up to date. Throws a `StoreUnusable` where only the administrator can change
 * that it can't be used, otherwise the database's error.
 */
export async function openStore(at: string, committed?: Committed): Promise<Store> {
  let store: Store | undefined
  try {
    const isPostgres = /^postgres(ql)?:/.test(at)
    const dialect = isPostgres ? await postgres(at) : sqlite(at)
    const people = countPeople()
    const ways = { committed, written: people.written, readsBooleans: isPostgres }
    store = new Kysely<Tables>({ dialect: groupCommits(dialect, ways) })
    if (!isPostgres) people.count(store)
    await checkVersion(store)
    const provider = { getMigrations: () => Promise.resolve(migrations) }
    const { error } = await new Migrator({ db: store, provider }).migrateToLatest()
    if (error) throw error
    return store
  } catch (error) {
    await store?.destroy()
    throw unusable(error) ?? error
  }
}

/**
 * Opens a store that may be in use, only to read it: nothing is brought up to date. Throws the database's
 * error.
 */
export async function openForReading(at: string): Promise<Store> {
  const isPostgres = /^postgres(ql)?:/.test(at)
  return new Kysely<Tables>({ dialect: isPostgres ? await postgres(at) : readOnly(at) })
}
