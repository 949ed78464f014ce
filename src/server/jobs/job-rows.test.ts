/** The rows of jobs on both databases: a job comes back as it was stored, whole and in its order. */
import { randomUUID } from 'node:crypto'

import { afterAll, describe, expect, test } from 'vitest'

import { countItems, type JobItem } from '#contract/job.ts'

import { openStore } from '../store/store.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { machineId } from '../testing/test-machines.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { planOrder } from './job-plans.ts'
import { JobRows } from './job-rows.ts'
import { stopped } from './job-run.ts'

const machines = Array.from({ length: 12_000 }, (_, at) => ({
  id: machineId(at),
  name: `web-${at}`,
  state: 'running',
}))
const programs = findPostgres()
let database: TestPostgres | undefined
afterAll(() => database?.close())

describe.each([
  ['SQLite', true, () => Promise.resolve(':memory:')],
  [
    'PostgreSQL',
    programs !== undefined || process.env['CI'] !== undefined,
    async () => {
      database = await startPostgres(programs ?? '')
      return database.url
    },
  ],
] as const)('on %s', (_name, isHere, where) => {
  test.skipIf(!isHere)('a job is what was stored, at each of its turns', async () => {
    const store = await openStore(await where())
    const rows = new JobRows(store)
    const { job, items } = planOrder(orderOf('stop', machines), 'Ana', 1_795_000_000_000)

    expect(await rows.add(job, items)).toBe(true)
    expect(await rows.add({ ...job, by: 'Ben' }, items.slice(0, 1))).toBe(false)
    expect(await rows.find(job.id)).toEqual({ ...job, items })
    expect(await rows.adopt()).toEqual([
      { id: job.id, askedAt: job.startedAt, isStopped: false },
    ])

    const [first, second] = items
    if (!first || !second) throw new Error('there are many')
    const sent: JobItem = { ...first, state: 'pending', sentAt: 1, operationId: 'one' }
    await rows.saveItem(job.id, 0, sent)
    const failed: JobItem = { ...second, state: 'skipped', before: 'failure', ...stopped }
    await rows.skipWaiting({ ...job, state: 'stopped' }, stopped, new Map([[1, failed]]))
    const found = await rows.find(job.id)
    expect(found?.items.slice(0, 2)).toEqual([sent, failed])
    expect(countItems(found?.items ?? [])).toMatchObject({ pending: 1, skipped: 11_999 })

    const ended = { ...job, state: 'stopped', endedAt: job.startedAt + 1 } as const
    await rows.save(ended)
    expect(await rows.adopt()).toEqual([])
    expect(await rows.endedSince(job.startedAt, 10)).toEqual([ended])
    expect(await rows.endedSince(ended.endedAt, 10)).toEqual([])

    const undo = { ...job, id: randomUUID(), action: 'start', undoes: job.id } as const
    await rows.addUndo({ ...ended, undoneBy: undo.id }, undo, items.slice(0, 2))
    expect((await rows.find(job.id))?.undoneBy).toBe(undo.id)
    expect((await rows.find(undo.id))?.items).toHaveLength(2)

    await rows.takeUp(job, new Map([[1, second]]), job.startedAt + 5)
    expect(await rows.adopt()).toContainEqual({
      id: job.id,
      askedAt: job.startedAt + 5,
      isStopped: false,
    })
    expect((await rows.find(job.id))?.items[1]).toEqual(second)
    await store.destroy()
  })
})
