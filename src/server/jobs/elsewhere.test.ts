/** Jobs that another server runs, or has run, on the same PostgreSQL: how they are retried and taken back here. */
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'

import type { Problem } from '#contract/problem.ts'

import { SharedReplica } from '../replicas/replica.ts'
import { Doubts } from '../store/doubts.ts'
import { Leases } from '../store/leases.ts'
import { StoreOutage } from '../store/outage.ts'
import { openStore } from '../store/store.ts'
import { ana } from '../testing/test-histories.ts'
import { changesOf, detailOf, endOf, orderOf, post } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { sharedPostgres } from '../testing/test-shared-postgres.ts'
import { gate, startConsole, startZone, type TestZone } from '../testing/test-zone.ts'
import { planOrder } from './job-plans.ts'
import { JobRows } from './job-rows.ts'
import { JobsAgain } from './jobs-again.ts'

const { programs, postgres, store } = await sharedPostgres()
const log = { warn() {} }

async function aReplica(): Promise<SharedReplica> {
  const leases = new Leases({ store, log })
  const replica = new SharedReplica(store, leases, log)
  await replica.start()
  onTestFinished(() => replica.close())
  return replica
}

async function aServer(zone: TestZone) {
  const console = await startConsole(zone, {
    store: await openStore(postgres.url),
    sharedAt: postgres.url,
  })
  onTestFinished(() => console.close())
  return console
}

/** A job that another server has run to its end, and another whose store loses answers. */
async function ofAnother() {
  const [first, second] = [await aReplica(), await aReplica()]
  const { job, items } = planOrder(
    orderOf('stop', [{ id: machineId(99), name: 'web-99', state: 'running' }]),
    'Ana',
    Date.now(),
  )
  const done = items.map((item) => ({ ...item, state: 'success' as const }))
  const before = new JobRows(store, first)
  await before.add({ ...job, total: 1 }, done)
  await before.save({ ...job, state: 'ended', endedAt: Date.now() })
  const rows = new JobRows(store, second)
  const closing = new AbortController()
  const doubts = new Doubts(log, closing.signal)
  const again = (lost: Partial<JobRows>) =>
    new JobsAgain(
      {
        audit: { settle: async () => {} },
        secondPerson: { require: async () => {} },
        // What isn't lost is as it is.
        rows: new Proxy(rows, {
          get: (all, name: keyof JobRows) => lost[name] ?? all[name].bind(all),
        }),
        watcher: { tellJob() {} },
        time: { now: Date.now, pause: async () => {} },
      },
      {
        doubts,
        isRunning: () => false,
        requireRoom: () => {},
        detail: async (id) => (await rows.find(id)) ?? Promise.reject(new Error('none')),
        begin: (run) => run.now,
      },
    )
  return { job, rows, again, owner: second.owner }
}

const undosOf = (id: string) =>
  store.selectFrom('job').select('id').where('body', 'like', `%"undoes":"${id}"%`).execute()

describe.skipIf(!programs)('a job that another server has run', () => {
  test('isn’t taken back later where that was answered with an error', async () => {
    const { job, rows, again } = await ofAnother()
    const jobs = again({
      addUndo: async (...given) => {
        await rows.addUndo(...given)
        throw new StoreOutage(new Error('the answer was lost'))
      },
    })

    await expect(jobs.undo(job.id, ana)).rejects.toThrow(StoreOutage)

    await expect.poll(() => undosOf(job.id), { timeout: 5_000 }).toEqual([])
    expect((await rows.find(job.id))?.undoneBy).toBeUndefined()
    // It can be taken back now.
    await expect.poll(() => again({}).undo(job.id, ana)).toMatchObject({ undoes: job.id })
  }, 30_000)

  test('isn’t left going on by none where a retry was answered with an error', async () => {
    const { job, rows, again, owner } = await ofAnother()
    await sql`update job_item set state = 'failure' where job_id = ${job.id}`.execute(store)
    const { opened, open } = gate()
    let late: Promise<unknown> = Promise.resolve()
    const jobs = again({
      takeUp: async (taken, items, at) => {
        // The database has it, and takes it only after the request has been answered.
        const written = gate()
        late = store.transaction().execute(async (within) => {
          await within
            .updateTable('job')
            .set({ ended_at: null, body: JSON.stringify(taken), asked_at: at })
            .set({ owner })
            .where('id', '=', taken.id)
            .execute()
          written.open()
          await opened
        })
        await written.opened
        expect(items.size).toBe(1)
        throw new StoreOutage(new Error('the answer was lost'))
      },
    })

    await expect(jobs.retry(job.id, ana)).rejects.toThrow(StoreOutage)
    open()
    await late

    await expect
      .poll(async () => (await rows.find(job.id))?.endedAt, { timeout: 5_000 })
      .toBeDefined()
  }, 30_000)
})

describe.skipIf(!programs)('a job that another server runs', () => {
  test('is in progress for who would take it back', async () => {
    const zone = await startZone()
    onTestFinished(() => zone.close())
    const machines = addMachines(zone, 2)
    const path = `GET /instance/${machineId(1)}`
    const answer = zone.answers[path]
    const { opened, open } = gate()
    zone.answers[path] = (...given) => void opened.then(() => answer?.(...given))
    const [first, second] = [await aServer(zone), await aServer(zone)]
    const { body: job } = await post(first, '', orderOf('stop', machines))
    await expect
      .poll(async () => (await detailOf(second, job.id)).counts, { timeout: 10_000 })
      .toMatchObject({ success: 1 })

    const undone = await post<Problem>(second, `/${job.id}/undo`)

    expect(undone.body.cause).toEqual({ code: 'job-in-progress' })
    open()
    expect((await endOf(first, job.id)).counts).toMatchObject({ success: 2 })
    expect(changesOf(zone)).toEqual(machines.map(({ id }) => `PUT /instance/${id}:stop`))
  }, 60_000)
})
