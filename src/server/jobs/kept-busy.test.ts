/** A zone that wants fewer requests for hours keeps a job of many instances no longer than one of few. */
import { expect, test } from 'vitest'

import { alone } from '../replicas/replica.ts'
import { openStore } from '../store/store.ts'
import { ana, Clock, Process, SimulatedZone } from '../testing/test-histories.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { machineId } from '../testing/test-machines.ts'
import { randomOf } from '../testing/test-random.ts'
import { JobRows } from './job-rows.ts'
import { Jobs } from './jobs.ts'

const hour = 3_600_000

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
  const jobs = new Jobs({
    rows: new JobRows(store),
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
  })
  const began = clock.now()
  const { id } = await jobs.begin(orderOf('stop', machines), ana)

  while ((await jobs.detail(id)).endedAt === undefined) await clock.move()

  const { counts, items } = await jobs.detail(id)
  expect(counts).toMatchObject({ skipped: 60 })
  expect(items.every(({ cause }) => cause?.code === 'zone-kept-busy')).toBe(true)
  expect(clock.now() - began).toBeLessThan(2 * hour)
  await store.destroy()
}, 60_000)
