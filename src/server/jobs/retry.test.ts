/** Which items of a job are asked again by *Retry*. */
import { expect, test } from 'vitest'

import { countItems } from '#contract/job.ts'

import { openStore } from '../store/store.ts'
import { changesOf, endOf, orderOf, post, resultsOf } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { json, startConsole, startZone, withConsole } from '../testing/test-zone.ts'
import { planOrder } from './job-plans.ts'
import { JobRows } from './job-rows.ts'

test('retry asks again for what failed, and for nothing else', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 3)
    const path = `PUT /instance/${machineId(1)}:stop`
    const answer = zone.answers[path]
    zone.answers[path] = json({ message: 'The host is being moved' }, 409)
    const { body } = await post(console, '', orderOf('stop', machines))
    const failed = await endOf(console, body.id)
    expect(resultsOf(failed)).toEqual(['success', 'failure', 'success'])
    expect(failed.retriable).toBe(1)
    expect(failed.items[1]?.problem?.message).toBe('The host is being moved')
    if (answer) zone.answers[path] = answer

    const retried = await post(console, `/${body.id}/retry`)

    expect(retried.body).toMatchObject({ state: 'running', total: 3 })
    expect(retried.body.endedAt ?? retried.body.retriable).toBeUndefined()
    const job = await endOf(console, body.id)
    expect(resultsOf(job)).toEqual(['success', 'success', 'success'])
    expect(job.items[1]).toMatchObject({ before: 'failure' })
    expect(job.items[1]?.problem).toBeUndefined()
    expect(changesOf(zone)).toHaveLength(4)
  })
})

test('retry asks for what an error of Vedette kept from being asked', async () => {
  const zone = await startZone()
  const machines = addMachines(zone, 2)
  const store = await openStore(':memory:')
  const { job, items } = planOrder(orderOf('stop', machines), 'Ana', Date.now())
  Object.assign(items[0] ?? {}, { state: 'success' })
  Object.assign(items[1] ?? {}, { state: 'skipped', cause: { code: 'internal' } })
  const counts = countItems(items)
  const ended = { ...job, counts, state: 'ended' as const, endedAt: Date.now() }
  await new JobRows(store).add(ended, items)
  const console = await startConsole(zone, { store })

  const { status } = await post(console, `/${job.id}/retry`)

  expect(status).toBe(200)
  const retried = await endOf(console, job.id)
  expect(resultsOf(retried)).toEqual(['success', 'success'])
  expect(retried.items[1]?.before).toBe('skipped')
  expect(changesOf(zone)).toEqual([`PUT /instance/${machineId(1)}:stop`])
  await console.close()
  await zone.close()
})
