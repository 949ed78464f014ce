/**
 * Jobs: which instances get a request and which don't, and what a person can do during a job and
 * after it. One file, because all of it is one job's life.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import { JOB_MAX, type Job, type JobOrder } from '#contract/job.ts'
import type { Problem } from '#contract/problem.ts'

import { openStore } from '../store/store.ts'
import {
  changesOf,
  detailOf,
  endOf,
  inventoryOf,
  jobsHeard,
  orderOf,
  post,
  resultsOf,
} from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { gate, json, startConsole, startZone, withConsole } from '../testing/test-zone.ts'
import { planOrder } from './job-plans.ts'
import { JobRows } from './job-rows.ts'

test('each instance of an order is asked once, and the job tells what came of it', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 10, { pending: true })
    const confirmed = machines.slice(0, 8)

    const { status, body } = await post(console, '', orderOf('stop', confirmed))

    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'running', total: 8, by: 'Test' })
    const job = await endOf(console, body.id)
    expect(job).toMatchObject({ state: 'ended', counts: { success: 8, waiting: 0 } })
    expect(changesOf(zone).toSorted()).toEqual(
      confirmed.map(({ id }) => `PUT /instance/${id}:stop`),
    )
    expect(machines.slice(8).map(({ state }) => state)).toEqual(['running', 'running'])
    const { operations } = await inventoryOf(console)
    const listed = async () => (await inventoryOf(console)).jobs
    await expect
      .poll(listed)
      .toMatchObject([{ id: job.id, endedAt: job.endedAt, counts: job.counts }])
    expect(operations.map(({ jobId }) => jobId)).toEqual(Array(8).fill(job.id))
  })
})

test('an instance that has changed since it was confirmed is left alone', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 4)
    const order = orderOf('delete', machines)
    const [gone, renamed, leaving] = machines
    machines.splice(0, 1)
    Object.assign(renamed ?? {}, { name: 'db-01' })
    Object.assign(leaving ?? {}, { state: 'destroying' })

    const { body } = await post(console, '', order)

    expect(resultsOf(await endOf(console, body.id))).toEqual([
      'skipped: instance-gone',
      'skipped: name-changed',
      'skipped: instance-gone',
      'success',
    ])
    expect(changesOf(zone)).toEqual([`DELETE /instance/${machineId(3)}`])
    expect(gone).toBeDefined()
  })
})

test('what needs nothing, or is not possible now, is not asked for', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 3)
    const order = orderOf('stop', machines)
    const states = ['stopped', 'starting', 'running']
    for (const [at, machine] of machines.entries()) machine.state = states[at] ?? ''

    const { body } = await post(console, '', order)

    const job = await endOf(console, body.id)
    expect(resultsOf(job)).toEqual([
      'skipped: already-so',
      'skipped: change-not-possible',
      'success',
    ])
    expect(job.items[1]?.cause?.refusal).toBe('busy')
    expect(changesOf(zone)).toHaveLength(1)
  })
})

test('an API key that may not read an instance may still stop it, and never loses labels', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 2)
    for (const { id } of machines)
      zone.answers[`GET /instance/${id}`] = json(
        { message: 'Forbidden by role policy for compute' },
        403,
      )

    const stop = await post(console, '', orderOf('stop', machines))
    expect(resultsOf(await endOf(console, stop.body.id))).toEqual(['success', 'success'])
    const label = { key: 'env', value: 'test' }
    const labels = await post(console, '', orderOf('label', machines, { label }))

    const job = await endOf(console, labels.body.id)
    expect(resultsOf(job)).toEqual(Array(2).fill('skipped: instance-not-readable'))
    expect(job.items[0]?.problem?.code).toBe('denied')
  })
})

test('a label joins those that are there, and undo restores what nobody has changed', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 3)
    const [first, second, third] = machines
    if (!first || !second || !third) throw new Error('there are three')
    first.labels = { team: 'blue' }

    const label = { key: ' env ', value: 'test' }
    const { body } = await post(console, '', orderOf('label', machines, { label }))

    const job = await endOf(console, body.id)
    expect(first.labels).toEqual({ team: 'blue', env: 'test' })
    expect(job.items[0]?.trace?.labels).toEqual({
      before: { team: 'blue' },
      after: { team: 'blue', env: 'test' },
    })
    second.labels = { env: 'test', owner: 'Ben' }

    const undo = await post(console, `/${job.id}/undo`)

    expect(undo.body).toMatchObject({ action: 'restore-labels', undoes: job.id })
    expect(resultsOf(await endOf(console, undo.body.id))).toEqual([
      'success',
      'skipped: labels-changed',
      'success',
    ])
    expect(machines.map(({ labels }) => labels)).toEqual([
      { team: 'blue' },
      { env: 'test', owner: 'Ben' },
      {},
    ])
    expect(changesOf(zone).at(-1)).toMatch(/^(PUT|DELETE) /)
  })
})

test('stop sends no further request, and tells what was and was not asked', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 12)
    const { opened, open } = gate()
    for (const { id } of machines) {
      const answer = zone.answers[`PUT /instance/${id}:stop`]
      zone.answers[`PUT /instance/${id}:stop`] = (...given) =>
        void opened.then(() => answer?.(...given))
    }
    const { body } = await post(console, '', orderOf('stop', machines))
    await expect.poll(() => changesOf(zone).length).toBe(4)

    const { body: stopped } = await post(console, `/${body.id}/stop`)
    open()

    expect(stopped).toMatchObject({ state: 'stopped', counts: { sending: 4, skipped: 8 } })
    const job = await endOf(console, body.id)
    expect(job).toMatchObject({ state: 'stopped', counts: { success: 4, skipped: 8 } })
    expect(job.items.filter(({ cause }) => cause?.code === 'job-stopped')).toHaveLength(8)
    expect(changesOf(zone)).toHaveLength(4)
    // Neither of these brings it back.
    expect((await post<Problem>(console, `/${body.id}/retry`)).body).toMatchObject({
      status: 409,
      cause: { code: 'nothing-to-retry' },
    })
    expect((await post(console, `/${body.id}/stop`)).body.state).toBe('stopped')
  })
})

test('the same key makes one job, however often it is sent', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 3)
    const order = orderOf('reboot', machines)

    const answers = await Promise.all([
      post(console, '', order),
      post(console, '', order),
      post(console, '', order),
    ])

    expect(answers.map(({ body }) => body.id)).toEqual(Array(3).fill(order.key))
    await endOf(console, order.key)
    expect((await post(console, '', order)).body.endedAt).toBeDefined()
    expect(changesOf(zone)).toHaveLength(3)
  })
})

test('undo takes back what succeeded, once', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 3)
    const order = orderOf('stop', machines)
    if (machines[2]) machines[2].state = 'stopped'
    const { body } = await post(console, '', order)
    await endOf(console, body.id)

    const [undo, again] = await Promise.all([
      post(console, `/${body.id}/undo`),
      post(console, `/${body.id}/undo`),
    ])

    expect(undo.body).toMatchObject({ action: 'start', total: 2, undoes: body.id })
    expect(again.body.id).toBe(undo.body.id)
    expect(await endOf(console, undo.body.id)).toMatchObject({ counts: { success: 2 } })
    expect(machines.map(({ state }) => state)).toEqual(['running', 'running', 'stopped'])
    expect((await detailOf(console, body.id)).undoneBy).toBe(undo.body.id)
    const reboot = await post(console, '', orderOf('reboot', machines.slice(0, 1)))
    await endOf(console, reboot.body.id)
    expect(await post<Problem>(console, `/${reboot.body.id}/undo`)).toMatchObject({
      status: 409,
      body: { cause: { code: 'nothing-to-undo' } },
    })
  })
})

test('a server that ends goes on with its jobs at the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-jobs-'))
  const file = join(folder, 'store.db')
  const zone = await startZone()
  const machines = addMachines(zone, 30, { pending: true })
  const first = await startConsole(zone, { store: await openStore(file) })
  const { body } = await post(first, '', orderOf('stop', machines))
  await expect.poll(() => changesOf(zone).length).toBeGreaterThan(4)
  await first.close()

  const second = await startConsole(zone, { store: await openStore(file) })
  const job = await endOf(second, body.id)

  const asked = changesOf(zone)
  expect(new Set(asked).size).toBe(asked.length)
  const { success, unknown } = job.counts
  expect(success + unknown).toBe(30)
  expect(asked.length).toBeGreaterThanOrEqual(success)
  await second.close()
  await zone.close()
  rmSync(folder, { recursive: true })
})

test('what a killed server may have sent is looked for, and never sent again by itself', async () => {
  const zone = await startZone()
  const machines = addMachines(zone, 3)
  if (machines[0]) machines[0].state = 'stopped'
  const sentAt = Date.now() - 30_000
  const from = `${new Date(sentAt - 5_000).toISOString().slice(0, 19)}Z`
  zone.answers[`GET /event?${new URLSearchParams({ from })}`] = json([])
  const store = await openStore(':memory:')
  const { job, items } = planOrder(orderOf('stop', machines), 'Ana', sentAt)
  const [done, unknown] = items
  Object.assign(done ?? {}, { state: 'sending', sentAt })
  Object.assign(unknown ?? {}, { state: 'sending', sentAt })
  await new JobRows(store).add(job, items)

  const console = await startConsole(zone, { store })
  const ended = await endOf(console, job.id)

  expect(resultsOf(ended)).toEqual(['success', 'unknown: may-be-done', 'success'])
  expect(changesOf(zone)).toEqual([`PUT /instance/${machineId(2)}:stop`])
  await post(console, `/${job.id}/retry`)
  const retried = await endOf(console, job.id)
  expect(resultsOf(retried)).toEqual(['success', 'success', 'success'])
  expect(retried.items[1]?.before).toBe('unknown')
  await console.close()
  await zone.close()
})

test('what nobody asked for within a day is not asked for any more', async () => {
  const zone = await startZone()
  const machines = addMachines(zone, 2)
  const store = await openStore(':memory:')
  const begun = Date.now() - 25 * 3_600_000
  const { job, items } = planOrder(orderOf('delete', machines), 'Ana', begun)
  await new JobRows(store).add(job, items)

  const console = await startConsole(zone, { store })

  expect(resultsOf(await endOf(console, job.id))).toEqual(
    Array(2).fill('skipped: job-too-old'),
  )
  // Retry asks for them, and pages know that without the results.
  const listed = async () => (await inventoryOf(console)).jobs
  await expect.poll(listed).toMatchObject([{ id: job.id, retriable: 2 }])
  expect(changesOf(zone)).toEqual([])
  expect((await post(console, `/${job.id}/retry`)).status).toBe(200)
  expect(resultsOf(await endOf(console, job.id))).toEqual(['success', 'success'])
  await console.close()
  await zone.close()
})

test('a job that was stopped and has nothing under way has ended at the next start', async () => {
  const zone = await startZone()
  const machines = addMachines(zone, 2)
  const store = await openStore(':memory:')
  const { job, items } = planOrder(orderOf('stop', machines), 'Ana', Date.now())
  const [done] = items
  Object.assign(done ?? {}, { state: 'success' })
  const rows = new JobRows(store)
  await rows.add(job, items)
  await rows.askToStop(job.id)

  const console = await startConsole(zone, { store })

  expect(await endOf(console, job.id)).toMatchObject({
    state: 'stopped',
    counts: { success: 1, skipped: 1 },
  })
  expect((await post(console, `/${job.id}/undo`)).status).toBe(200)
  await console.close()
  await zone.close()
})

test('what a zone doesn’t take for an hour, because of too many requests, is no outage', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  onTestFinished(() => void vi.useRealTimers())
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 1)
    const path = `PUT /instance/${machineId(0)}:stop`
    const answer = zone.answers[path]
    zone.answers[path] = json({ message: 'slow down' }, 429)
    const { body } = await post(console, '', orderOf('stop', machines))
    await expect.poll(() => changesOf(zone).length, { timeout: 10_000 }).toBe(1)

    vi.setSystemTime(Date.now() + 61 * 60_000)

    const job = await endOf(console, body.id)
    expect(resultsOf(job)).toEqual(['skipped: zone-kept-busy'])
    expect(job.items[0]?.problem?.message).toBe('slow down')
    if (answer) zone.answers[path] = answer
    await post(console, `/${body.id}/retry`)
    expect(resultsOf(await endOf(console, body.id))).toEqual(['success'])
  })
})

test('an instance that a chain changes is left alone, and one of a job starts no chain', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 1)
    const id = machineId(0)
    const { opened, open } = gate()
    const answer = zone.answers[`DELETE /instance/${id}`]
    zone.answers[`DELETE /instance/${id}`] = (...given) =>
      void opened.then(() => answer?.(...given))
    const chain = () =>
      fetch(`${console.origin}/api/zones/ch-test-1/chains`, {
        method: 'POST',
        headers: { 'x-vedette': '1', 'content-type': 'application/json' },
        body: JSON.stringify({
          instanceId: id,
          request: { endpoint: 'delete-instance' },
        }),
      })
    const { body } = await post(console, '', orderOf('delete', machines))
    await expect.poll(() => changesOf(zone).length).toBe(1)

    expect((await chain()).status).toBe(409)
    const reboot = await post(console, '', orderOf('reboot', machines))
    expect(resultsOf(await endOf(console, reboot.body.id))).toEqual([
      'skipped: change-in-progress',
    ])
    open()
    expect(resultsOf(await endOf(console, body.id))).toEqual(['success'])
  })
})

test('operations of jobs leave those of people where they are seen', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 230)
    const own = machines.splice(229)
    const { id } = own[0] ?? { id: '' }
    machines.push(...own)
    await fetch(`${console.origin}/api/zones/ch-test-1/instance/${id}:reboot`, {
      method: 'PUT',
      headers: { 'x-vedette': '1' },
    })

    const { body } = await post(console, '', orderOf('reboot', machines.slice(0, 229)))

    expect(await endOf(console, body.id)).toMatchObject({ counts: { success: 229 } })
    const { operations } = await inventoryOf(console)
    expect(operations.filter(({ jobId }) => jobId === undefined)).toHaveLength(1)
    expect(operations.length).toBeLessThanOrEqual(201)
  })
})

test('pages hear of a job twice a second, and of its end', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 150)
    const { seq } = await inventoryOf(console)
    const { body } = await post(console, '', orderOf('reboot', machines))
    const job = await endOf(console, body.id)
    const tookMs = (job.endedAt ?? 0) - job.startedAt

    let heard: Job[] = []
    await expect
      .poll(async () => {
        heard = await jobsHeard(console, seq)
        return heard.at(-1)
      })
      .toEqual({ ...job, items: undefined })

    expect(heard.length).toBeLessThanOrEqual(2 + Math.ceil(tookMs / 500))
  })
})

test('the largest order is stored whole, and stops at once', async () => {
  await withConsole(async (zone, console) => {
    addMachines(zone, 0)
    const targets = Array.from({ length: JOB_MAX }, (_, at) => ({
      zone: 'ch-test-1',
      instanceId: machineId(at),
      name: `web-${at}`,
      seen: 'running',
    }))

    const order = { key: randomUUID(), action: 'stop', targets } satisfies JobOrder
    expect((await post(console, '', order)).body.total).toBe(JOB_MAX)
    await post(console, `/${order.key}/stop`)

    const job = await endOf(console, order.key)
    expect(job.counts.skipped).toBe(JOB_MAX)
    expect(job.items.map(({ instanceId }) => instanceId)).toEqual(
      targets.map(({ instanceId }) => instanceId),
    )
  })
})
