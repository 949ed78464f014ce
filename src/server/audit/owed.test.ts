/** What waits for the store has an end. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'

import { openStore } from '../store/store.ts'
import { Audit } from './audit.ts'

test('refusals that the store doesn’t take fill no memory, and nothing is begun beside them', async () => {
  const store = await openStore(':memory:')
  const audit = new Audit(store, { warn() {} })
  await sql`alter table audit rename column body to gone`.execute(store)
  const refuse = (target: number) =>
    audit.note({
      event: 'refuse',
      by: { id: 'eve', name: 'Eve' },
      target: { id: String(target) },
      result: 'refused',
    })
  for (let from = 0; from < 12_000; from += 500)
    await Promise.all(Array.from({ length: 500 }, (_none, at) => refuse(from + at)))

  expect(audit.waiting).toBe(10_000)
  await expect(audit.begin({ event: 'sign-in' })).rejects.toThrow('too many outcomes')
  await audit.close()
  await store.destroy()
})
