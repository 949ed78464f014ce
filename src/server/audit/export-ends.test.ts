/** An export of the audit log that goes on when its reader may not read it any more. */
import { expect, test } from 'vitest'

import { onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin, invited } from '../testing/test-people.ts'
import { columnsOf } from './audit-rows.ts'

const count = 8_000

function ends(house: InHouse): void {
  test(
    'ends when its reader is an admin no more',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const ben = await invited(ana, origin, { name: 'Ben', role: 'admin' })
      const { seq: first } = await store
        .selectFrom('audit_head')
        .select('seq')
        .executeTakeFirstOrThrow()
      // More than a connection holds.
      const message = 'x'.repeat(4_000)
      for (let at = 0; at < count; at += 500) {
        const rows = Array.from({ length: 500 }, (_, index) => {
          const entry = crypto.randomUUID()
          const body = { entry, phase: 'intent', event: 'refuse', message } as const
          const seq = Number(first) + 1 + at + index
          const columns = { ...columnsOf(body), words: '' }
          return {
            ...columns,
            seq,
            at: 1,
            body: JSON.stringify(body),
            hash: '',
            owner: null,
          }
        })
        await store.insertInto('audit').values(rows).execute()
      }
      await store
        .updateTable('audit_head')
        .set({ seq: Number(first) + count })
        .execute()
      const headers = { cookie: ben.person.cookie }
      const path = '/api/audit/export?format=jsonl'
      const { body, status } = await fetch(`${origin}${path}`, { headers })
      const reader = body?.getReader()
      expect([status, (await reader?.read())?.done]).toEqual([200, false])

      expect(await ana.told('PUT', `/api/people/${ben.id}`, { role: 'viewer' })).toBe('200')

      const rest = async () => {
        for (;;) if (!reader || (await reader.read()).done) return 'all of it'
      }
      await expect(rest()).rejects.toThrow()
    }),
    60_000,
  )
}

onBothStores(ends)
