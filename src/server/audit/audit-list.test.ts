/** How entries are found: by how they ended, by what their parts say, and with all of their parts. */
import { expect, test } from 'vitest'

import type { AuditFilter, AuditResult } from '#contract/audit/audit.ts'

import { openStore, type Store } from '../store/store.ts'
import { onBothStores } from '../testing/test-house.ts'
import { lastRow, listAudit, rowsOf } from './audit-list.ts'
import { Audit } from './audit.ts'

const log = { warn() {} }

/** An audit log of its own on the store. */
async function withLog(store: Store, use: (audit: Audit) => Promise<void>) {
  const audit = new Audit(store, log)
  try {
    await use(audit)
  } finally {
    await audit.close()
  }
}

/** Begins an entry named by its event, and ends it with each of the results. */
async function did(
  audit: Audit,
  event: string,
  results: readonly AuditResult[],
  parent?: string,
): Promise<string> {
  const entry = await audit.begin({ event, ...(parent ? { parent } : {}) })
  for (const result of results)
    await audit.finish({ entry, event, began: Date.now() }, { result })
  return entry
}

const eventsOf = async (store: Store, filter: AuditFilter) =>
  (await listAudit(store, filter)).entries.map(({ event }) => event)

async function exportedEvents(store: Store, filter: AuditFilter): Promise<string[]> {
  const events: string[] = []
  for await (const rows of rowsOf(store, filter, await lastRow(store)))
    events.push(...rows.map(({ event, phase }) => `${event} ${phase}`))
  return events
}

onBothStores((house) => {
  test(
    'an entry is found by the result that it is shown with, and no other',
    house(({ store }) =>
      withLog(store, async (audit) => {
        await did(audit, 'begun', [])
        await did(audit, 'under-way', ['accepted'])
        await did(audit, 'ended-well', ['accepted', 'done'])
        await did(audit, 'ended-badly', ['accepted', 'failed'])
        await did(audit, 'known-later', ['unknown', 'done'])
        await did(audit, 'known-before', ['done', 'unknown'])
        await did(audit, 'lost', ['accepted', 'unknown'])
        await did(audit, 'refused', ['refused'])

        const found = (result: AuditResult) => eventsOf(store, { result })
        expect(await found('accepted')).toEqual(['under-way', 'begun'])
        expect(await found('done')).toEqual(['known-before', 'known-later', 'ended-well'])
        expect(await found('failed')).toEqual(['ended-badly'])
        expect(await found('unknown')).toEqual(['lost'])
        expect(await found('refused')).toEqual(['refused'])
        const { entries } = await listAudit(store, {})
        for (const { event, result = 'accepted' } of entries)
          expect(await found(result)).toContain(event)
      }),
    ),
  )

  test(
    'an entry is found and exported with all of its parts, which are listed in order',
    house(({ store }) =>
      withLog(store, async (audit) => {
        const job = await did(audit, 'bulk-stop', ['failed'])
        await did(audit, 'stop-one', ['done'], job)
        await did(audit, 'stop-two', ['refused'], job)
        await did(audit, 'other', ['done'])

        expect(await eventsOf(store, { result: 'refused' })).toEqual(['bulk-stop'])
        expect(await eventsOf(store, { text: 'stop-two' })).toEqual(['bulk-stop'])
        expect(await eventsOf(store, { parent: job })).toEqual(['stop-one', 'stop-two'])
        const [first] = (await listAudit(store, { parent: job })).entries
        expect(await eventsOf(store, { parent: job, after: first?.seq ?? 0 })).toEqual([
          'stop-two',
        ])
        expect(await exportedEvents(store, { text: 'stop-two' })).toEqual([
          'bulk-stop intent',
          'bulk-stop outcome',
          'stop-one intent',
          'stop-one outcome',
          'stop-two intent',
          'stop-two outcome',
        ])
        expect((await exportedEvents(store, {})).length).toBe(8)
      }),
    ),
  )

  test(
    'what is tried again later is found in the time of its new part',
    house(({ store }) =>
      withLog(store, async (audit) => {
        const job = await did(audit, 'bulk-stop', ['failed'])
        await did(audit, 'other', ['done'])
        await new Promise((resolve) => setTimeout(resolve, 20))
        const from = Date.now()
        await did(audit, 'retry-job', ['done'], job)

        expect(await eventsOf(store, { from })).toEqual(['bulk-stop'])
        expect(await eventsOf(store, { until: from })).toEqual(['other', 'bulk-stop'])
      }),
    ),
  )
})

test('thousands of entries of one person about one instance are found at once', async () => {
  const store = await openStore(':memory:')
  await withLog(store, async (audit) => {
    const intent = { event: 'update-note', by: { name: 'Ana' }, target: { id: 'web' } }
    await Promise.all(Array.from({ length: 12_000 }, () => audit.begin(intent)))

    // A plan that reads all of them for each takes minutes.
    for (const filter of [{ person: 'Ana' }, { target: 'web' }, { text: 'note' }]) {
      const { entries, more } = await listAudit(store, filter)
      expect([entries.length, more]).toEqual([100, true])
      expect(await eventsOf(store, { ...filter, result: 'failed' })).toEqual([])
    }
  })
  await store.destroy()
}, 30_000)
