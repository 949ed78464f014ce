/**
 * What the databases would not keep as it was is rejected before it is bound: texts that one of them cuts,
 * and kinds on which the SQLite driver ends the process.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { findPostgres, startPostgres } from '../testing/test-postgres.ts'
import {
  instanceId,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'
import { KindError } from './kinds.ts'
import { openStore, type Store } from './store.ts'

const note = { zone: 'z', subject: 's', text: 't', by: 'b', at: 1 }

const wrong: [string, unknown][] = [
  ['true', true],
  ['a date', new Date()],
  ['an object', {}],
  ['a symbol', Symbol('a')],
  ['NaN', Number.NaN],
  ['infinity', Infinity],
  ['a fraction', 1.5],
  ['a number that is too large', 2 ** 60],
  ['bytes', Buffer.from('a')],
  ['a text with U+0000', 'before\0after'],
  ['half a character', 'before\ud83dafter'],
  ['the other half', '\ude00'],
]

const texts = [
  '',
  '⚠ ana’s "note"',
  '😀',
  "'; drop table note --",
  '\u0001\u001f\u200b\ufeff',
  '\uffff',
]

function testKinds(openIt: () => Promise<Store>) {
  let store: Store
  beforeAll(async () => {
    store = await openIt()
  })
  afterAll(() => store.destroy())

  test.each(wrong)(
    '%s is rejected, in a write, a read and a transaction',
    async (_what, value) => {
      // No caller of the store may pass these, which is what the compiler says, too.
      const text = value as string
      const write = store
        .updateTable('note')
        .set({ by: 'x' })
        .where('text', '=', text)
        .execute()
      // Kysely itself asks PostgreSQL with booleans, which takes them.
      const read =
        typeof value === 'boolean'
          ? write
          : store.selectFrom('note').select('by').where('text', '=', text).execute()
      const within = store
        .transaction()
        .execute((inner) => inner.deleteFrom('note').where('text', '=', text).execute())

      const results = await Promise.allSettled([write, read, within])

      for (const result of results)
        expect(result).toMatchObject({ status: 'rejected', reason: expect.any(KindError) })
    },
  )

  test.each(texts)('the text %j is kept whole', async (text) => {
    const row = { ...note, subject: `kept ${text}`, text }
    await store.insertInto('note').values(row).execute()

    const kept = store.selectFrom('note').selectAll().where('subject', '=', row.subject)
    expect(await kept.execute()).toEqual([row])
  })
}

describe('on SQLite', () => testKinds(() => openStore(':memory:')))

const programs = findPostgres()
describe.skipIf(!programs)('on PostgreSQL', () => {
  let close = async () => {}
  testKinds(async () => {
    const database = await startPostgres(programs ?? '')
    close = () => database.close()
    return openStore(database.url)
  })
  afterAll(() => close())
})

describe('what pages send', () => {
  let zone: TestZone
  let console: TestConsole
  beforeAll(async () => {
    zone = await startZone()
    console = await startConsole(zone)
  })
  afterAll(async () => {
    await console.close()
    await zone.close()
  })

  async function put(path: string, body: string | Buffer) {
    const answer = await fetch(`${console.origin}${path}`, {
      method: 'PUT',
      headers: { 'x-vedette': '1', 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    // Each test looks only at members that it expects.
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const notes = `/api/zones/ch-test-1/notes/${instanceId}`

  test.each([
    ['U+0000', '{"text":"before\\u0000after"}'],
    ['half a character', '{"text":"before\\ud83dafter"}'],
    ['the other half', '{"text":"\\ude00"}'],
  ])('a note with %s is rejected with words', async (_what, body) => {
    expect(await put(notes, body)).toMatchObject({
      status: 400,
      body: { cause: { code: 'bad-text' }, message: expect.stringContaining('U+0000') },
    })
  })

  test('a note of bytes that are no text is rejected, and a whole one is kept', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"text":"a'),
      Buffer.from([0xed, 0xa0, 0xbd]),
      Buffer.from('b"}'),
    ])
    expect((await put(notes, bytes)).status).toBe(400)
    expect(
      await put(notes, JSON.stringify({ text: '😀 whole', seen: null })),
    ).toMatchObject({
      status: 200,
      body: { text: '😀 whole' },
    })
  })

  const odd = 'a%00b'
  test.each([
    ['GET', `/api/jobs/${odd}`],
    ['POST', `/api/jobs/${odd}/stop`],
    ['POST', `/api/jobs/${odd}/retry`],
    ['POST', `/api/jobs/${odd}/undo`],
    ['GET', `/api/find/${odd}`],
    ['GET', `/api/kept/${odd}`],
    ['GET', `/api/zones/ch-test-1/timeline/${odd}`],
    ['GET', `/api/zones/ch-test-1/pictures/${odd}`],
    ['GET', `/api/zones/${odd}/pictures/${instanceId}`],
    ['POST', `/api/zones/ch-test-1/chains/${odd}/again`],
    ['PUT', `/api/zones/ch-test-1/notes/${odd}`],
  ])('U+0000 in an address is nothing’s id: %s %s', async (method, path) => {
    const headers = { 'x-vedette': '1', 'content-type': 'application/json' }
    const body = method === 'GET' ? {} : { body: '{"text":"note"}' }

    const answer = await fetch(`${console.origin}${path}`, { method, headers, ...body })

    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ cause: { code: 'bad-id' } })
  })

  test('a draft is kept whole, whatever is in it', async () => {
    const value = { text: 'before\0after \ud83d' }

    await put('/api/kept/draft', JSON.stringify(value))

    const answer = await fetch(`${console.origin}/api/kept/draft`)
    expect(await answer.json()).toMatchObject({ value })
  })
})
