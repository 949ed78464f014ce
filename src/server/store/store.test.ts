/** The same tests on both databases; without PostgreSQL, its half is skipped. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { AuditSigner, checkAudit } from '../audit/audit-check.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { storeReady } from './ready.ts'
import { openStore } from './store.ts'

/** `npm run bench:kills` kills it 200 times, with PostgreSQL 20 times. */
const kills = Number(process.env['KILLS'] ?? 20)

const zone = 'ch-test-1'
const note = (subject: string, text = '⚠ ana’s "note"') => ({
  zone,
  subject,
  text,
  by: 'Ana',
  at: 1_795_000_000_000,
})

/** Kills a writer when about `most` writes are acknowledged, and returns those. */
async function writeUntilKilled(at: string, from: number, most: number): Promise<string[]> {
  const writer = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(import.meta.dirname, '../testing/test-writer.ts'),
      at,
      String(from),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const acknowledged: string[] = []
  const lines = createInterface({ input: writer.stdout })
  lines.on('line', (line) => {
    acknowledged.push(line)
    if (acknowledged.length === most) writer.kill('SIGKILL')
  })
  await once(lines, 'close')
  return acknowledged
}

/** Acknowledged writes are kept if the process ends or is killed. */
function testDurability(where: () => string, times: number) {
  test('stored rows are there for the next process, whose start changes nothing', async () => {
    const first = await openStore(where())
    await first.insertInto('note').values(note('kept')).execute()
    await first.destroy()

    const second = await openStore(where())

    const kept = second.selectFrom('note').selectAll().where('subject', '=', 'kept')
    expect(await kept.execute()).toEqual([note('kept')])
    await second.destroy()
  })

  test(
    `no acknowledged write is lost when its process is killed, ${times} times`,
    async () => {
      const acknowledged: string[] = []
      for (let kill = 0; kill < times; kill += 1)
        acknowledged.push(
          ...(await writeUntilKilled(where(), kill * 1_000_000, 20 + ((kill * 13) % 260))),
        )

      const store = await openStore(where())
      const rows = await store
        .selectFrom('note')
        .select('subject')
        .where('by', '=', 'Test')
        .execute()
      const audited = await store.selectFrom('audit').select(['entry', 'phase']).execute()
      const kept = new Set([
        ...rows.map(({ subject }) => subject),
        ...audited.map(({ entry, phase }) => `${entry} ${phase}`),
      ])

      const { broken } = await checkAudit(store, new AuditSigner('secret'))
      expect(broken).toBeUndefined()
      expect(acknowledged.length).toBeGreaterThan(20 * times)
      expect(acknowledged.filter((subject) => !kept.has(subject))).toEqual([])
      await store.destroy()
    },
    60_000 + times * 3_000,
  )
}

/** Writes of the same moment share a commit, but each succeeds or fails by itself. */
function testGroupedWrites(where: () => string) {
  test('writes of the same moment share their commits', async () => {
    const commits: number[] = []
    const store = await openStore(where(), (count) => commits.push(count))

    await Promise.all(
      Array.from({ length: 400 }, (_none, index) =>
        store
          .insertInto('note')
          .values(note(`shared ${index}`))
          .execute(),
      ),
    )

    expect(commits.reduce((all, count) => all + count)).toBe(400)
    expect(commits.length).toBeLessThanOrEqual(4)
    await store.destroy()
  })

  test('only the failing write of a group is rejected', async () => {
    const store = await openStore(where())
    const insert = (subject: string) =>
      store.insertInto('note').values(note(subject)).execute()
    await insert('taken')

    const results = await Promise.allSettled([
      insert('one'),
      insert('taken'),
      insert('two'),
    ])

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    const rows = await store
      .selectFrom('note')
      .select('subject')
      .where('subject', 'in', ['one', 'two'])
      .orderBy('subject')
      .execute()
    expect(rows.map(({ subject }) => subject)).toEqual(['one', 'two'])
    await store.destroy()
  })

  test('of several writes to a row, the last one is kept', async () => {
    const store = await openStore(where())
    await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        store
          .insertInto('note')
          .values(note('again', String(index)))
          .onConflict((conflict) =>
            conflict.columns(['zone', 'subject']).doUpdateSet({ text: String(index) }),
          )
          .execute(),
      ),
    )

    const again = store.selectFrom('note').select('text').where('subject', '=', 'again')
    expect(await again.execute()).toEqual([{ text: '49' }])
    await store.destroy()
  })

  test('a transaction that is rolled back leaves nothing', async () => {
    const store = await openStore(where())
    const calledOff = store.transaction().execute(async (within) => {
      await within.insertInto('note').values(note('called off')).execute()
      throw new Error('no')
    })

    await expect(calledOff).rejects.toThrow('no')
    const rows = store.selectFrom('note').selectAll().where('subject', '=', 'called off')
    expect(await rows.execute()).toEqual([])
    await store.destroy()
  })
}

describe('on SQLite', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vedette-store-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const where = () => join(folder, 'data', 'vedette.db')
  testDurability(where, kills)
  testGroupedWrites(where)
})

const programs = findPostgres()
const absent = !programs && !process.env['CI']

describe.skipIf(absent)(
  absent ? 'on PostgreSQL (skipped: it is not installed here)' : 'on PostgreSQL',
  () => {
    let database: TestPostgres | undefined
    const url = () => database?.url ?? ''
    beforeAll(async () => {
      if (!programs) throw new Error('PostgreSQL is not installed')
      database = await startPostgres(programs)
    }, 60_000)
    afterAll(() => database?.close())

    testDurability(url, Math.min(20, Math.ceil(kills / 4)))
    testGroupedWrites(url)

    test('integers are read as numbers', async () => {
      const store = await openStore(url())
      await store.insertInto('note').values(note('number')).execute()

      const row = store.selectFrom('note').select('at').where('subject', '=', 'number')
      expect(await row.executeTakeFirst()).toEqual({ at: 1_795_000_000_000 })
      await store.destroy()
    })

    test('the store works again soon after its database is killed and restarted', async () => {
      const store = await openStore(url())
      await database?.kill()
      // Its child processes outlive it by a moment.
      await expect.poll(() => storeReady(store)).toBe(false)
      const lost = store.insertInto('note').values(note('lost')).execute()
      await expect(lost).rejects.toThrow()

      await database?.start()

      expect(await storeReady(store)).toBe(true)
      await store.insertInto('note').values(note('after')).execute()
      await store.destroy()
    }, 60_000)

    test('three processes that start at once bring the tables up to date once', async () => {
      const fresh = await openStore(url())
      await sql`drop schema public cascade`.execute(fresh)
      await sql`create schema public`.execute(fresh)
      await fresh.destroy()

      const stores = await Promise.all([1, 2, 3].map(() => openStore(url())))

      for (const store of stores) {
        expect(await storeReady(store)).toBe(true)
        await store.destroy()
      }
    })
  },
)
