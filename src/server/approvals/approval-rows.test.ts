import { expect, test } from 'vitest'

import { alone } from '../replicas/replica.ts'
import { openStore } from '../store/store.ts'
import { ApprovalRows } from './approval-rows.ts'

const large = Array.from({ length: 20_000 }, (_none, at) => ({
  zone: 'ch-test-1',
  id: `0b12cb6b-7e3e-4c0e-9e10-${String(at).padStart(12, '0')}`,
}))

test('a list of large bulk actions is small: their instances are read one by one', async () => {
  const store = await openStore(':memory:')
  const rows = new ApprovalRows(store, alone)
  const by = { id: 'ben', name: 'Ben' }
  for (const id of ['one', 'two'])
    await rows.add({
      id,
      askedAt: 1,
      expiresAt: id === 'one' ? 2 : 1_000,
      body: {
        by,
        what: { action: 'stop' },
        endpoints: ['stop-instance'],
        names: ['web-0'],
        count: large.length,
        actor: by,
      },
      instances: large,
      sealed: '',
    })

  const found = await rows.recent(0, 10)
  expect(JSON.stringify(found).length).toBeLessThan(2_000)
  expect(JSON.stringify(await rows.expire(3)).length).toBeLessThan(1_000)
  expect(await rows.instancesOf('two')).toEqual(large)
  expect((await rows.find('two'))?.instances).toEqual(large)
  expect(await rows.instancesOf('none')).toEqual([])
  await store.destroy()
})
