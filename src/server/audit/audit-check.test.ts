/** Whatever is changed in the audit log afterwards is found, on both databases. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { GENESIS } from '../store/audit-tables.ts'
import { openStore, type Store } from '../store/store.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { pruneAudit } from './audit-care.ts'
import { AuditSigner, checkAudit } from './audit-check.ts'
import { listAudit } from './audit-list.ts'
import { columnsOf, hashOf, readRow } from './audit-rows.ts'
import { Audit } from './audit.ts'

const signer = new AuditSigner('a secret')
const log = { warn() {} }

/** As someone who owns the database can. */
async function unlock(store: Store, isPostgres: boolean): Promise<void> {
  if (isPostgres) {
    await sql`drop trigger audit_is_final on audit`.execute(store)
    return
  }
  await sql`drop trigger audit_is_final`.execute(store)
  await sql`drop trigger audit_is_kept`.execute(store)
}

async function fill(store: Store, count: number): Promise<void> {
  const audit = new Audit(store, log)
  for (let at = 0; at < count; at += 1) {
    const entry = await audit.begin({
      event: 'stop-instance',
      by: { name: `person ${at}` },
    })
    await audit.settle(entry, { result: 'done' })
  }
  await audit.close()
}

/** Writes all rows from one on anew, each with the right hash. */
async function rewrite(store: Store, from: number): Promise<void> {
  const rows = await store.selectFrom('audit').selectAll().orderBy('seq').execute()
  let prev = GENESIS
  for (const row of rows) {
    const seq = Number(row.seq)
    const { seq: _seq, at: _at, hash: _hash, ...body } = readRow(row)
    if (seq === from) body.by = { name: 'Mallory' }
    const text = JSON.stringify(body)
    prev = hashOf(prev, seq, Number(row.at), text)
    const set = { ...columnsOf(body), body: text, hash: prev }
    await store.updateTable('audit').set(set).where('seq', '=', seq).execute()
  }
  await store.updateTable('audit_head').set({ hash: prev }).execute()
}

type Forgery = (store: Store) => Promise<unknown>

const forgeries: [string, Forgery, { seq: number; why: string }][] = [
  [
    'a row says something else',
    (store) =>
      sql`update audit set body = replace(body, 'person 20', 'person 21') where seq = 41`.execute(
        store,
      ),
    { seq: 41, why: 'changed' },
  ],
  [
    'only what the row is found by says something else',
    (store) =>
      store.updateTable('audit').set({ person: 'Ben' }).where('seq', '=', 42).execute(),
    { seq: 42, why: 'changed' },
  ],
  [
    'the time of a row is another',
    (store) => store.updateTable('audit').set({ at: 1 }).where('seq', '=', 42).execute(),
    { seq: 42, why: 'changed' },
  ],
  [
    'a row is missing',
    (store) => store.deleteFrom('audit').where('seq', '=', 42).execute(),
    { seq: 42, why: 'missing' },
  ],
  [
    'the last rows are missing',
    (store) => store.deleteFrom('audit').where('seq', '>', 95).execute(),
    { seq: 96, why: 'cut' },
  ],
  [
    'the last rows are missing, and the head says that they never were',
    async (store) => {
      const last = await store
        .selectFrom('audit')
        .select('hash')
        .where('seq', '=', 90)
        .executeTakeFirstOrThrow()
      await store.deleteFrom('audit').where('seq', '>', 90).execute()
      await store.updateTable('audit_head').set({ seq: 90, hash: last.hash }).execute()
    },
    { seq: 91, why: 'cut' },
  ],
  ['all is written anew', (store) => rewrite(store, 42), { seq: 100, why: 'signature' }],
]

function tests(open: () => Promise<Store>, isPostgres: boolean): void {
  test('an untouched log is whole, all of it and its end', async () => {
    const store = await open()
    expect(await checkAudit(store, signer)).toMatchObject({ rows: 0 })
    await fill(store, 50)
    expect(await signer.sign(store)).toBe(100)
    expect(await checkAudit(store, signer)).toEqual({ at: expect.any(Number), rows: 100 })
    expect(await checkAudit(store, signer, 10)).toEqual({
      at: expect.any(Number),
      rows: 10,
      partial: true,
    })
    // A server with another secret can't judge these signatures, and says nothing of them.
    const other = new AuditSigner('another secret')
    expect(await checkAudit(store, other)).toMatchObject({ rows: 100 })
    await store.destroy()
  })

  test.each(forgeries)('found: %s', async (_what, forge, broken) => {
    const store = await open()
    await fill(store, 50)
    await signer.sign(store)
    await unlock(store, isPostgres)
    await forge(store)
    expect((await checkAudit(store, signer)).broken).toEqual(broken)
    await store.destroy()
  })

  test('the database refuses to change a row, or to delete one that has to be kept', async () => {
    const store = await open()
    await fill(store, 2)
    const change = store.updateTable('audit').set({ person: 'Ben' }).execute()
    await expect(change).rejects.toThrow('final')
    const deletion = store.deleteFrom('audit').where('seq', '=', 1).execute()
    await expect(deletion).rejects.toThrow(/final|kept/)
    await store.destroy()
  })

  test('a row of a wrong clock deletes nothing that is before it or after it', async () => {
    const store = await open()
    await fill(store, 3)
    await unlock(store, isPostgres)
    const old = Date.now() - 500 * 24 * 3_600_000
    await store.updateTable('audit').set({ at: old }).where('seq', 'in', [1, 4]).execute()
    expect(await pruneAudit(store, 400)).toBe(1)
    await store.updateTable('audit').set({ at: old }).execute()
    // As if the clock were years ahead: then all would be old.
    expect(await pruneAudit(store, 400)).toBe(0)
    await store.destroy()
  })

  test('old days go, and what is left is whole and goes on', async () => {
    const store = await open()
    await fill(store, 3)
    await signer.sign(store)
    await unlock(store, isPostgres)
    const old = Date.now() - 500 * 24 * 3_600_000
    await store.updateTable('audit').set({ at: old }).where('seq', '<=', 4).execute()

    expect(await pruneAudit(store, 400)).toBe(4)
    expect(await pruneAudit(store, 400)).toBe(0)

    await fill(store, 1)
    expect(await checkAudit(store, signer)).toEqual({ at: expect.any(Number), rows: 4 })
    expect((await listAudit(store, {})).entries).toHaveLength(2)
    await store.destroy()
  })
}

describe('SQLite', () => tests(() => openStore(':memory:'), false))

const programs = findPostgres()
describe.skipIf(!programs)('PostgreSQL', () => {
  let database: TestPostgres | undefined
  let count = 0
  beforeAll(async () => {
    if (programs) database = await startPostgres(programs)
  }, 60_000)
  afterAll(() => database?.close())
  /** A database of its own for each test. */
  const open = async (): Promise<Store> => {
    const url = new URL(database?.url ?? '')
    const store = await openStore(url.href)
    const name = `log_${(count += 1)}`
    await sql`create database ${sql.id(name)}`.execute(store)
    await store.destroy()
    url.pathname = `/${name}`
    return openStore(url.href)
  }
  tests(open, true)

  test('several servers write one chain', async () => {
    const first = await open()
    const url = new URL(database?.url ?? '')
    url.pathname = `/log_${count}`
    const others = await Promise.all([openStore(url.href), openStore(url.href)])
    await Promise.all([first, ...others].map((store) => fill(store, 40)))
    expect(await checkAudit(first, signer)).toMatchObject({ rows: 240 })
    const { entries } = await listAudit(first, {})
    expect(entries.every(({ result }) => result === 'done')).toBe(true)
    await Promise.all([first, ...others].map((store) => store.destroy()))
  })
})
