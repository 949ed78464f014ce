/** In whose name and with whose rights a job goes on that someone else tries again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Job, JobDetail } from '#contract/job.ts'
import type { Area } from '#contract/people/area.ts'

import { openStore } from '../store/store.ts'
import {
  localSession,
  onBothStores,
  type House,
  type InHouse,
} from '../testing/test-house.ts'
import { orderOf, resultsOf } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import { firstAdmin, invited, type TestPerson } from '../testing/test-people.ts'
import { gate, json, startConsole, startZone } from '../testing/test-zone.ts'
import { JobRows } from './job-rows.ts'

const soon = { timeout: 10_000 }

/** A job of Ben's in which the zone rejected all instances but the first; Cas may do the same as he. */
async function begin({ zone, origin, store }: House, area?: Area) {
  const machines = addMachines(zone, 3)
  for (const machine of machines) machine.labels = { ...area?.labels }
  const ana = await firstAdmin(origin, store)
  const ben = await invited(ana, origin, { name: 'Ben', role: 'operator' })
  const cas = await invited(ana, origin, { name: 'Cas', role: 'operator' })
  const answers = machines.slice(1).map(({ id }) => {
    const path = `PUT /instance/${id}:stop`
    const answer = zone.answers[path]
    zone.answers[path] = json({ message: 'The host is being moved' }, 409)
    return { path, answer }
  })
  const accept = () => {
    for (const { path, answer } of answers) if (answer) zone.answers[path] = answer
  }
  if (area) {
    await ana.send('PUT', `/api/people/${ben.id}`, { area })
    // The server looks after each change.
    await ana.send('PUT', `/api/zones/ch-test-1/instance/${machines[0]?.id}:reboot`)
    await expect.poll(() => countOf(ben.person), soon).toBe(3)
  }
  const { body } = await ben.person.send('POST', '/api/jobs', orderOf('stop', machines))
  const { id } = body as Job // the contract's answer
  const detail = async () => (await ana.send('GET', `/api/jobs/${id}`)).body as JobDetail // as above
  const end = async () => {
    await expect.poll(async () => (await detail()).endedAt, soon).toBeDefined()
    return detail()
  }
  expect(resultsOf(await end())).toEqual(['success', 'failure', 'failure'])
  return { machines, ana, ben, cas, id, accept, detail, end }
}

/** How many instances are theirs. */
async function countOf(person: TestPerson): Promise<number> {
  const { body } = await person.send('GET', '/api/inventory')
  const { zones } = body as Inventory // the contract's answer
  return zones.flatMap(({ instances }) => instances).length
}

/** Keeps the reads of an instance until `open`. */
function hold({ zone }: Pick<House, 'zone'>, id: string | undefined) {
  const path = `GET /instance/${id}`
  const { opened, open } = gate()
  const answer = zone.answers[path]
  zone.answers[path] = (...given) => void opened.then(() => answer?.(...given))
  return open
}

/** A job is told as ended a moment before it is stored so, and until then it is in progress. */
const retry = (person: TestPerson, id: string) =>
  expect.poll(() => person.told('POST', `/api/jobs/${id}/retry`), soon).toBe('200')

function askers(house: InHouse): void {
  test(
    'the requests of a retry are in the name of who retries',
    house(async (the) => {
      const { ana, cas, id, accept, end } = await begin(the)
      accept()

      await retry(cas.person, id)

      const job = await end()
      expect(job).toMatchObject({ by: 'Ben', again: { by: 'Cas' }, counts: { success: 3 } })
      const { body } = await ana.send('GET', `/api/audit?parent=${id}`)
      const { entries } = body as AuditPage // the contract's answer
      const sent = entries.filter(({ event }) => event === 'stop-instance')
      expect(sent.map(({ by, result }) => [by?.name, by?.id, result]).toSorted()).toEqual([
        ['Ben', expect.any(String), 'done'],
        ['Ben', expect.any(String), 'refused'],
        ['Ben', expect.any(String), 'refused'],
        ['Cas', cas.id, 'done'],
        ['Cas', cas.id, 'done'],
      ])
      const { operations } = (await ana.send('GET', '/api/inventory')).body as Inventory // as above
      const stops = operations.filter(({ endpoint }) => endpoint === 'stop-instance')
      expect(stops.map(({ by }) => by).toSorted()).toEqual(['Ben', 'Cas', 'Cas'])
    }),
    30_000,
  )

  test(
    'a retry ends with the rights of who retries, and not with those of who began',
    house(async (the) => {
      const { ana, ben, cas, machines, id, accept, end } = await begin(the)
      accept()
      const open = hold(the, machines[1]?.id)
      await retry(cas.person, id)
      await ana.send('DELETE', `/api/people/${ben.id}`)
      open()
      expect(resultsOf(await end())).toEqual(['success', 'success', 'success'])
    }),
    30_000,
  )

  test(
    'disabling who retries stops the job',
    house(async (the) => {
      const { ana, cas, machines, id, accept, end } = await begin(the)
      accept()
      const opens = machines.slice(1).map((machine) => hold(the, machine.id))
      await retry(cas.person, id)
      await ana.send('PUT', `/api/people/${cas.id}`, { disabled: true })
      for (const open of opens) open()

      expect(resultsOf(await end())).toEqual([
        'success',
        'skipped: job-stopped',
        'skipped: job-stopped',
      ])
    }),
    30_000,
  )
}

function narrowed(house: InHouse): void {
  test(
    'a retry keeps to what who retries is narrowed to, and only to that',
    house(async (the) => {
      const { cas, id, accept, end, machines } = await begin(the, {
        labels: { team: 'web' },
      })
      accept()
      // It isn't Ben's any more.
      Object.assign(machines[1] ?? {}, { labels: { team: 'db' } })

      await retry(cas.person, id)

      expect(resultsOf(await end())).toEqual(['success', 'success', 'success'])
      expect(machines.map(({ state }) => state)).toEqual(Array(3).fill('stopped'))
    }),
    30_000,
  )

  test(
    'an instance that isn’t theirs any more keeps no other from a retry or an undo',
    house(async (the) => {
      const { ana, ben, id, accept, end, machines } = await begin(the, {
        labels: { team: 'web' },
      })
      accept()
      Object.assign(machines[2] ?? {}, { labels: { team: 'db' } })
      await ana.send('PUT', `/api/zones/ch-test-1/instance/${machines[0]?.id}:start`)
      await expect.poll(() => countOf(ben.person), soon).toBe(2)

      const asked = await ben.person.send('POST', `/api/jobs/${id}/retry`)

      expect(asked).toMatchObject({ status: 200, body: { names: ['web-0', 'web-1'] } })
      expect(resultsOf(await end())).toEqual(['success', 'success', 'failure'])
      const undone = await ben.person.send('POST', `/api/jobs/${id}/undo`)
      expect(undone).toMatchObject({ status: 200, body: { names: ['web-0', 'web-1'] } })
      await expect.poll(() => machines[1]?.state, soon).toBe('running')
      expect(await ben.person.told('POST', `/api/jobs/${id}/retry`)).toBe(
        '409 nothing-to-retry',
      )
    }),
    30_000,
  )
}

test('a narrowing of who runs a job holds after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-askers-'))
  const zone = await startZone()
  onTestFinished(async () => {
    await zone.close()
    rmSync(folder, { recursive: true })
  })
  const start = async () => {
    const store = await openStore(join(folder, 'store.db'))
    return { store, ...(await startConsole(zone, { session: localSession, store })) }
  }
  const machines = addMachines(zone, 2)
  const [own, other] = machines
  if (own) own.labels = { team: 'web' }
  const first = await start()
  const ana = await firstAdmin(first.origin, first.store)
  const ben = await invited(ana, first.origin, { name: 'Ben', role: 'operator' })
  const opens = machines.map(({ id }) => hold({ zone }, id))
  const { body } = await ben.person.send('POST', '/api/jobs', orderOf('stop', machines))
  const area = { labels: { team: 'web' } }
  expect(await ana.told('PUT', `/api/people/${ben.id}`, { area })).toBe('200')
  await first.close()

  const second = await start()
  for (const open of opens) open()

  const { id } = body as Job // the contract's answer
  const rows = new JobRows(second.store)
  await expect.poll(async () => (await rows.find(id))?.endedAt, soon).toBeDefined()
  const job = await rows.find(id)
  expect(job && resultsOf(job)).toEqual(['success', 'skipped: instance-gone'])
  expect([own?.state, other?.state]).toEqual(['stopped', 'running'])
  await second.close()
})

onBothStores(askers)
onBothStores(narrowed)
