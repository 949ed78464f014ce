import { expect, test } from 'vitest'

import {
  KEPT_MAX_BYTES,
  KEPT_MAX_NAMES,
  PASSING_MOST,
  PASSING_NAMES,
} from '#contract/kept.ts'

import { onBothStores } from '../testing/test-house.ts'
import { firstAdmin, invited } from '../testing/test-people.ts'
import { startConsole, startZone, withConsole } from '../testing/test-zone.ts'
import { openStore } from './store.ts'

const headers = { 'x-vedette': '1', 'content-type': 'application/json' }

async function ask(origin: string, name: string, method = 'GET', body?: string) {
  const answer = await fetch(`${origin}/api/kept/${name}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  // The contract's response of this endpoint.
  return { status: answer.status, body: (await answer.json()) as { value?: unknown } }
}

test('a stored value is read back, replaced and deleted', async () => {
  await withConsole(async (_zone, { origin }) => {
    expect((await ask(origin, 'a-draft')).body).toEqual({ value: null, at: 0 })

    await ask(origin, 'a-draft', 'PUT', '{"name":"wéb"}')
    await ask(origin, 'a-draft', 'PUT', '{"name":"db"}')
    expect((await ask(origin, 'a-draft')).body.value).toEqual({ name: 'db' })

    await ask(origin, 'a-draft', 'DELETE')
    expect((await ask(origin, 'a-draft')).body.value).toBeNull()
  })
})

test('what has changed since it was seen is neither replaced nor deleted', async () => {
  await withConsole(async (_zone, { origin }) => {
    const send = async (method: string, seen: number, body?: string) => {
      const answer = await fetch(`${origin}/api/kept/a-draft`, {
        method,
        headers: { ...headers, 'if-match': `"${seen}"` },
        ...(body === undefined ? {} : { body }),
      })
      // The contract's response of this endpoint.
      const { at, code } = (await answer.json()) as { at?: number; code?: string }
      return { status: answer.status, at: at ?? 0, code }
    }
    const first = await send('PUT', 0, '1')
    expect(first.status).toBe(200)
    expect(await send('PUT', 0, '2')).toMatchObject({ status: 412, code: 'changed' })

    const changes = await Promise.all(
      [2, 3, 4].map((value) => send('PUT', first.at, `${value}`)),
    )
    expect(changes.map(({ status }) => status).toSorted()).toEqual([200, 412, 412])
    const [last = first] = changes.filter(({ status }) => status === 200)
    expect(last.at).toBeGreaterThan(first.at)

    expect((await send('DELETE', first.at)).status).toBe(412)
    expect((await ask(origin, 'a-draft')).body.value).not.toBeNull()
    expect((await send('DELETE', last.at)).status).toBe(200)
    // What is gone isn't made again.
    expect((await send('PUT', last.at, '5')).status).toBe(412)
    expect((await ask(origin, 'a-draft')).body.value).toBeNull()
  })
})

test('each person has their own values', async () => {
  const zone = await startZone()
  const store = await openStore(':memory:')
  const row = { person: 'Somebody else', name: 'a-draft', body: '1', at: 1 }
  await store.insertInto('kept').values(row).execute()
  const console = await startConsole(zone, { store })

  expect((await ask(console.origin, 'a-draft')).body.value).toBeNull()
  await ask(console.origin, 'a-draft', 'PUT', '2')

  const rows = await store.selectFrom('kept').select(['person', 'body']).execute()
  expect(rows).toContainEqual({ person: 'Somebody else', body: '1' })
  expect(rows).toHaveLength(2)
  await console.close()
  await zone.close()
})

test.each([
  ['a-draft', 'not json', 400],
  ['a-draft', JSON.stringify('x'.repeat(KEPT_MAX_BYTES)), 413],
  ['No%20Name', '1', 404],
])('%s with %.12s is a %s', async (name, body, status) => {
  await withConsole(async (_zone, { origin }) => {
    expect((await ask(origin, name, 'PUT', body)).status).toBe(status)
  })
})

onBothStores((house) => {
  test(
    'a person can have so many names and no more; those that are there can be written',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'viewer',
      })
      const rows = Array.from({ length: KEPT_MAX_NAMES - 1 }, (_, at) => ({
        person: id,
        name: `draft-${at}`,
        body: '1',
        at: 1,
      }))
      await store.insertInto('kept').values(rows).execute()
      const put = (who: typeof ben, name: string) => who.told('PUT', `/api/kept/${name}`, 2)

      expect(await put(ben, 'the-last')).toBe('200')
      expect(await put(ben, 'one-more')).toBe('413 too-much-data')
      expect(await put(ben, 'draft-0')).toBe('200')
      expect((await ben.send('GET', '/api/kept/draft-0')).body).toMatchObject({ value: 2 })
      expect(await put(ana, 'one-more')).toBe('200')
      await ben.send('DELETE', '/api/kept/draft-1')
      expect(await put(ben, 'one-more')).toBe('200')
    }),
  )

  test(
    'of drafts about one thing each, only the newest stay',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'viewer',
      })
      const put = (name: string) => ben.told('PUT', `/api/kept/${name}`, name)
      const valueOf = async (name: string) =>
        (await ben.send('GET', `/api/kept/${name}`)).body
      const rows = Array.from({ length: PASSING_MOST }, (_, at) => ({
        person: id,
        name: `${PASSING_NAMES}${at}`,
        body: '1',
        at,
      }))
      await store.insertInto('kept').values(rows).execute()
      await put('create-draft')
      await put(`${PASSING_NAMES}new`)
      await put(`${PASSING_NAMES}new`)

      expect(await valueOf(`${PASSING_NAMES}0`)).toMatchObject({ value: null })
      expect(await valueOf(`${PASSING_NAMES}1`)).toMatchObject({ value: 1 })
      expect(await valueOf(`${PASSING_NAMES}new`)).toMatchObject({
        value: `${PASSING_NAMES}new`,
      })
      expect(await valueOf('create-draft')).toMatchObject({ value: 'create-draft' })
    }),
  )
})
