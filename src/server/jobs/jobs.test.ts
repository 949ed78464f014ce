/** Jobs: what is asked of whom, what is left alone, and what a person can do meanwhile. */
import { randomUUID } from 'node:crypto'

import { expect, test } from 'vitest'

import type { Job, JobDetail, JobOrder } from '#contract/job.ts'

import { addMachines, type TestMachine } from '../testing/test-machines.ts'
import { withConsole, type TestConsole, type TestZone } from '../testing/test-zone.ts'

const zoneName = 'ch-test-1'

const orderOf = (
  action: JobOrder['action'],
  machines: readonly TestMachine[],
  more: Partial<JobOrder> = {},
): JobOrder => ({
  key: randomUUID(),
  action,
  targets: machines.map(({ id, name, state }) => ({
    zone: zoneName,
    instanceId: id,
    name,
    seen: state,
  })),
  ...more,
})

async function post<T = Job>({ origin }: TestConsole, path: string, body?: unknown) {
  const answer = await fetch(`${origin}/api/jobs${path}`, {
    method: 'POST',
    headers: { 'x-vedette': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // The test names what the route answers.
  return { status: answer.status, body: (await answer.json()) as T }
}

async function detailOf({ origin }: TestConsole, id: string): Promise<JobDetail> {
  const answer = await fetch(`${origin}/api/jobs/${id}`)
  return (await answer.json()) as JobDetail // our own server's wire
}

/** The job as it ended. */
async function ended(console: TestConsole, id: string): Promise<JobDetail> {
  await expect
    .poll(async () => (await detailOf(console, id)).endedAt, { timeout: 20_000 })
    .toBeDefined()
  return detailOf(console, id)
}

const changes = ({ asked }: TestZone) => asked.filter((line) => !line.startsWith('GET'))
test('each instance of an order is asked once, and the job tells what came of it', async () => {
  await withConsole(async (zone, console) => {
    const machines = addMachines(zone, 10)
    const others = machines.splice(8)

    const { status, body } = await post(console, '', orderOf('stop', machines))

    expect(status).toBe(200)
    expect(body).toMatchObject({ state: 'running', total: 8, by: 'Test' })
    const job = await ended(console, body.id)
    expect(job).toMatchObject({ state: 'ended', counts: { success: 8, waiting: 0 } })
    expect(changes(zone).toSorted()).toEqual(
      machines.map(({ id }) => `PUT /instance/${id}:stop`),
    )
    expect(others.map(({ state }) => state)).toEqual(['running', 'running'])
  })
})
