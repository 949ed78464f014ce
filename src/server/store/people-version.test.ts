/** Tests that nothing which changes people or sessions goes unnoticed. */
import { expect, test } from 'vitest'

import { findPostgres, startPostgres } from '../testing/test-postgres.ts'
import { peopleVersion } from './people-version.ts'
import { openStore, type Store } from './store.ts'

const person = (id: string) => ({
  id,
  name: id,
  name_key: id,
  role: 'viewer',
  disabled: 0,
  password: null,
  created_at: 1,
})

const insert = (store: Store, id: string) =>
  store.insertInto('person').values(person(id)).execute()

test('each write of a person or a session changes the version, and other writes don’t', async () => {
  const store = await openStore(':memory:')
  let before = peopleVersion(store)
  const changes = async (act: () => Promise<unknown>) => {
    await act()
    const now = peopleVersion(store)
    const isOther = now !== before
    before = now
    return isOther
  }

  expect(await changes(() => insert(store, 'ana'))).toBe(true)
  expect(
    await changes(() => store.updateTable('person').set({ role: 'admin' }).execute()),
  ).toBe(true)
  expect(
    await changes(() => store.transaction().execute((open) => insert(open, 'ben'))),
  ).toBe(true)
  expect(await changes(() => store.deleteFrom('session').execute())).toBe(true)
  expect(await changes(() => store.selectFrom('person').selectAll().execute())).toBe(false)
  const note = { zone: 'one', subject: 'a', text: 'b', by: 'Ana', at: 1 }
  expect(await changes(() => store.insertInto('note').values(note).execute())).toBe(false)
  await store.destroy()
})

const programs = findPostgres()

test.skipIf(!programs)('a database that others may use has no version', async () => {
  if (!programs) return
  const database = await startPostgres(programs)
  const store = await openStore(database.url)
  expect(peopleVersion(store)).toBeUndefined()
  await store.destroy()
  await database.close()
})
