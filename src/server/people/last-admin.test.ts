/** Two servers on one PostgreSQL, at which people are changed in the same moment. */
import { describe, expect, onTestFinished, test } from 'vitest'

import { openStore } from '../store/store.ts'
import { findPostgres, startPostgres } from '../testing/test-postgres.ts'
import { People } from './people.ts'

const programs = findPostgres()

describe.skipIf(!programs)('two servers', () => {
  test('keep an admin when the last two take each other’s role away at once', async () => {
    const postgres = await startPostgres(programs ?? '')
    const stores = [await openStore(postgres.url), await openStore(postgres.url)] as const
    onTestFinished(async () => {
      for (const store of stores) await store.destroy()
      await postgres.close()
    })
    const [here, there] = [new People(stores[0]), new People(stores[1])]
    const ana = await here.add('Ana', 'admin', 'a hash')
    const ben = await here.add('Ben', 'admin', 'a hash')
    const reject = (error: unknown) => String(Object(error).problem?.cause?.code)
    for (let round = 0; round < 10; round += 1) {
      const told = await Promise.all([
        here.change(ben, { role: 'viewer' }).then(() => 'done', reject),
        there.change(ana, { role: 'viewer' }).then(() => 'done', reject),
      ])
      expect(told.toSorted()).toEqual(['done', 'last-admin'])
      expect((await here.list()).filter(({ role }) => role === 'admin')).toHaveLength(1)
      for (const id of [ana, ben]) await here.change(id, { role: 'admin' })
    }
  }, 60_000)

  test('make one first account of two links', async () => {
    const postgres = await startPostgres(programs ?? '')
    const stores = [await openStore(postgres.url), await openStore(postgres.url)] as const
    onTestFinished(async () => {
      for (const store of stores) await store.destroy()
      await postgres.close()
    })
    const told = await Promise.allSettled([
      new People(stores[0]).addFirst('Ana', 'a hash'),
      new People(stores[1]).addFirst('Eve', 'a hash'),
    ])
    expect(told.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  }, 60_000)
})
