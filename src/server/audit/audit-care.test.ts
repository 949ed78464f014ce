/** When all rows of the audit log are checked, also where a server never runs for a whole day. */
import { sql } from 'kysely'
import { afterEach, expect, test, vi } from 'vitest'

import { openStore, type Store } from '../store/store.ts'
import { later } from '../testing/test-house.ts'
import { AuditCare } from './audit-care.ts'
import { AuditSigner } from './audit-check.ts'
import { Audit } from './audit.ts'

const signer = new AuditSigner('a secret')
const log = { warn() {}, error() {} }
const dayMs = 24 * 3_600_000

afterEach(() => void vi.useRealTimers())

/** What a server finds at its start. */
async function foundAtStart(store: Store) {
  const audit = new Audit(store, log)
  const care = new AuditCare({ store, audit, signer, days: 400, log })
  care.start()
  await expect.poll(() => care.check, { timeout: 30_000 }).toBeDefined()
  await care.close()
  await audit.close()
  const { rows, partial = false, broken } = care.check ?? {}
  return { rows, partial, broken }
}

test('a start checks all rows if they weren’t checked for a day, and until they are whole', async () => {
  const store = await openStore(':memory:')
  const audit = new Audit(store, log)
  const note = (_: unknown, at: number) =>
    audit.note({ event: 'refuse', by: { name: `person ${at}` }, result: 'refused' }, 'each')
  await Promise.all(Array.from({ length: 10_100 }, note))
  await audit.close()
  const whole = { rows: 10_100, partial: false, broken: undefined }
  const last = { rows: 10_000, partial: true, broken: undefined }

  expect(await foundAtStart(store)).toEqual(whole)
  expect(await foundAtStart(store)).toEqual(last)
  later(dayMs + 1_000)
  expect(await foundAtStart(store)).toEqual(whole)
  expect(await foundAtStart(store)).toEqual(last)

  await sql`drop trigger audit_is_final`.execute(store)
  await store.updateTable('audit').set({ at: 1 }).where('seq', '=', 42).execute()
  expect(await foundAtStart(store)).toEqual(last)
  later(dayMs + 1_000)
  const broken = { seq: 42, why: 'changed' }
  expect(await foundAtStart(store)).toMatchObject({ broken })
  expect(await foundAtStart(store)).toMatchObject({ broken })
  await store.destroy()
}, 60_000)
