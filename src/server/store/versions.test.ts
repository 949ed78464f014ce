/** Databases of earlier versions that this one takes over; without PostgreSQL, its half is skipped. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { openStore, type Store } from './store.ts'

/** Takes back what the versions since then have added. */
async function withoutReplicas(store: Store): Promise<void> {
  for (const table of ['approval', 'policy', 'lease', 'busy', 'feed', 'feed_head'])
    await sql`drop table ${sql.table(table)}`.execute(store)
  await sql`drop index moment_by_owner`.execute(store)
  for (const table of ['chain', 'job', 'moment', 'audit'])
    await sql`alter table ${sql.table(table)} drop column owner`.execute(store)
  await sql`alter table job drop column stop_asked`.execute(store)
}

async function withoutAreas(store: Store): Promise<void> {
  await withoutReplicas(store)
  await sql`alter table person drop column area`.execute(store)
}

async function withoutSignOn(store: Store): Promise<void> {
  await withoutAreas(store)
  await sql`drop index person_of_provider`.execute(store)
  await sql`alter table person drop column issuer`.execute(store)
  await sql`alter table person drop column subject`.execute(store)
}

/** A database as it was left before the migration of this number. */
async function leave(
  at: string,
  { before, takeBack }: { before: string; takeBack: (store: Store) => Promise<void> },
): Promise<void> {
  const store = await openStore(at)
  await takeBack(store)
  await sql`delete from kysely_migration where name >= ${before}`.execute(store)
  await store.destroy()
}

function opens(where: () => string): void {
  test('a database with an audit log and without single sign-on gets its columns', async () => {
    await leave(where(), { before: '0012', takeBack: withoutSignOn })
    const store = await openStore(where())
    expect(await store.selectFrom('person').select('issuer').execute()).toEqual([])
    await store.destroy()
  })

  test('people of a database that narrowed no one aren’t narrowed', async () => {
    const old = await openStore(where())
    await old
      .insertInto('person')
      .values({
        id: 'ben',
        name: 'Ben',
        name_key: 'ben',
        role: 'viewer',
        disabled: 0,
        created_at: 1,
      })
      .execute()
    await old.destroy()
    await leave(where(), { before: '0013', takeBack: withoutAreas })
    const store = await openStore(where())
    const people = await store.selectFrom('person').select(['name', 'area']).execute()
    expect(people).toEqual([{ name: 'Ben', area: null }])
    await store.destroy()
  })
}

describe('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-versions-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  opens(() => join(folder, 'vedette.db'))
})

const programs = findPostgres()
describe.skipIf(!programs)('PostgreSQL', () => {
  let database: TestPostgres | undefined
  beforeAll(async () => {
    if (programs) database = await startPostgres(programs)
  }, 60_000)
  afterAll(() => database?.close())
  opens(() => database?.url ?? '')
})
