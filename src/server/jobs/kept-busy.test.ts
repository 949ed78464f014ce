/** A zone that wants fewer requests for hours keeps a job of many instances no longer than one of few. */
import { expect, test } from 'vitest'

import { JOB_MAX } from '#contract/job.ts'

import { alone } from '../replicas/replica.ts'
import { openStore } from '../store/store.ts'
import { ana, Clock, Process, SimulatedZone } from '../testing/test-histories.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { machineId } from '../testing/test-machines.ts'
import { randomOf } from '../testing/test-random.ts'
import { JobRows } from './job-rows.ts'
import { Jobs } from './jobs.ts'

const hour = 3_600_000

function jobsOf(
  zone: SimulatedZone,
  clock: Clock,
  changes: Partial<ConstructorParameters<typeof Jobs>[0]> & { rows: JobRows },
): Jobs {
  return new Jobs({
    audit: { begin: async () => 'entry', settle: async () => {}, finish: async () => {} },
    secondPerson: { require: async () => {} },
    zones: new Map([[zone.name, zone.clientFor(new Process())]]),
    watcher: { followToEnd: (operation) => zone.follow(operation), tellJob: () => {} },
    reads: { invalidate: () => {} },
    busy: new Set(),
    replica: alone,
    personNow: async (person) => person,
    refused: () => {},
    log: { warn: () => {} },
    time: { now: clock.now, pause: (ms) => clock.rest(ms) },
    ...changes,
  })
}

test('a job ends about an hour after its zone took the last request', async () => {
  const store = await openStore(':memory:')
  const clock = new Clock(Date.UTC(2030, 0))
  const zone = new SimulatedZone('ch-test-1', clock, randomOf(1))
  const machines = Array.from({ length: 60 }, (_, at) => ({
    id: machineId(at),
    name: `web-${at}`,
    state: 'running',
    labels: {},
  }))
  for (const machine of machines) zone.machines.set(machine.id, machine)
  zone.weather = 'limits'
  const jobs = jobsOf(zone, clock, { rows: new JobRows(store) })
  const began = clock.now()
  const { id } = await jobs.begin(orderOf('stop', machines), ana)

  while ((await jobs.detail(id)).endedAt === undefined) await clock.move()

  const { counts, items } = await jobs.detail(id)
  expect(counts).toMatchObject({ skipped: 60 })
  expect(items.every(({ cause }) => cause?.code === 'zone-kept-busy')).toBe(true)
  expect(clock.now() - began).toBeLessThan(2 * hour)
  await store.destroy()
}, 60_000)

test('what waits for its request is limited, and what is rejected for it is neither begun nor stored', async () => {
  const store = await openStore(':memory:')
  const clock = new Clock(Date.UTC(2030, 0))
  const zone = new SimulatedZone('ch-test-1', clock, randomOf(1))
  const machines = Array.from({ length: JOB_MAX }, (_, at) => ({
    id: machineId(at),
    name: `web-${at}`,
    state: 'running',
  }))
  let begun = 0
  const beginLong = async () => `entry ${(begun += 1)}`
  const asking = { ...ana, audit: { ...ana.audit, beginLong } }
  const jobs = jobsOf(zone, clock, {
    // To store these takes long.
    rows: Object.assign(new JobRows(store), { add: async () => true }),
    // It isn't found yet.
    zones: new Map(),
  })
  const order = () => orderOf('stop', machines)
  const first = await jobs.begin(order(), asking)
  for (let count = 1; count < 10; count += 1) await jobs.begin(order(), asking)

  const refused = order()
  await expect(jobs.begin(refused, asking)).rejects.toMatchObject({
    problem: { status: 503, cause: { code: 'zone-queue-full', zone: 'ch-test-1' } },
  })
  expect(begun).toBe(10)
  await expect(jobs.detail(refused.key)).rejects.toThrow()
  expect(first.total).toBe(JOB_MAX)
  await jobs.close()
  await store.destroy()
}, 60_000)
