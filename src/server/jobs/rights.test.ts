/** Rights that end in the moment in which a job begins or sends, and keys that another order has. */
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import type { Job, JobDetail } from '#contract/job.ts'

import { openStore, type Store } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { changesOf, orderOf, resultsOf } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import { firstAdmin, invited, type TestPerson } from '../testing/test-people.ts'
import { findPostgres, startPostgres } from '../testing/test-postgres.ts'
import { gate, startConsole, startZone } from '../testing/test-zone.ts'

const programs = findPostgres()
const soon = { timeout: 10_000 }

/** Instances of two teams, an admin, and Ben, who may change all of them. */
async function house(store: Store) {
  const zone = await startZone()
  const machines = addMachines(zone, 2)
  for (const [at, team] of ['web', 'db'].entries())
    Object.assign(machines[at] ?? {}, { labels: { team } })
  const { origin, close } = await startConsole(zone, { session: localSession, store })
  onTestFinished(async () => {
    await close()
    await zone.close()
  })
  const ana = await firstAdmin(origin, store)
  const ben = await invited(ana, origin, { name: 'Ben', role: 'operator' })
  const end = async (id: string) => {
    const detail = async () => (await ana.send('GET', `/api/jobs/${id}`)).body as JobDetail // the contract's answer
    await expect.poll(async () => (await detail()).endedAt, soon).toBeDefined()
    return detail()
  }
  return { zone, machines, ana, ben, origin, end }
}

const order = (person: TestPerson, given: object) => person.send('POST', '/api/jobs', given)

describe.skipIf(!programs)('a job that is being stored', () => {
  test.each([
    ['disabled', { disabled: true }, ['skipped: job-stopped', 'skipped: job-stopped']],
    ['made a viewer', { role: 'viewer' }, ['skipped: job-stopped', 'skipped: job-stopped']],
    [
      'narrowed',
      { area: { labels: { team: 'web' } } },
      ['success', 'skipped: instance-gone'],
    ],
  ])(
    'keeps to the rights of who is %s just then',
    async (_how, change, results) => {
      const postgres = await startPostgres(programs ?? '')
      const store = await openStore(postgres.url)
      const other = await openStore(postgres.url)
      onTestFinished(async () => {
        await other.destroy()
        await postgres.close()
      })
      const { machines, ana, ben, end } = await house(store)
      const { opened, open } = gate()
      const locked = gate()
      const holding = other.transaction().execute(async (within) => {
        await sql`lock table job in share row exclusive mode`.execute(within)
        locked.open()
        await opened
      })
      await locked.opened
      const asked = orderOf('stop', machines)
      const answered = order(ben.person, asked)
      // Its entry is in the audit log before its row.
      const rows = store.selectFrom('audit').select('seq').where('entry', '=', asked.key)
      await expect.poll(async () => (await rows.execute()).length, soon).toBe(1)

      expect(await ana.told('PUT', `/api/people/${ben.id}`, change)).toBe('200')
      open()
      await holding
      await answered

      expect(resultsOf(await end(asked.key))).toEqual(results)
    },
    60_000,
  )
})

test('a narrowing keeps back a request that was about to be sent', async () => {
  const store = await openStore(':memory:')
  const { zone, machines, ana, ben, end } = await house(store)
  // The store takes no item, so that each waits between the decision and its request.
  await sql`create trigger away before update on job_item
    begin select raise(fail, 'away'); end`.execute(store)
  const { body } = await order(ben.person, orderOf('stop', machines))
  const { id } = body as Job // the contract's answer
  await expect
    .poll(() => zone.asked.filter((line) => line.startsWith('GET /instance/')).length, soon)
    .toBe(2)

  const area = { labels: { team: 'web' } }
  expect(await ana.told('PUT', `/api/people/${ben.id}`, { area })).toBe('200')
  await sql`drop trigger away`.execute(store)

  expect(resultsOf(await end(id))).toEqual(['success', 'skipped: instance-gone'])
  expect(changesOf(zone)).toEqual([`PUT /instance/${machines[0]?.id}:stop`])
}, 30_000)

describe('a key that another order has', () => {
  test('isn’t answered as if this order had been begun', async () => {
    const { machines, ben, end } = await house(await openStore(':memory:'))
    const first = orderOf('label', machines, { label: { key: 'env', value: 'prod' } })
    expect((await order(ben.person, first)).status).toBe(200)
    await end(first.key)

    const second = await order(ben.person, {
      ...first,
      label: { key: 'env', value: 'test' },
    })

    expect(second).toMatchObject({ status: 409, body: { cause: { code: 'already-sent' } } })
    expect((await order(ben.person, first)).status).toBe(200)
    expect(machines.map(({ labels }) => labels['env'])).toEqual(['prod', 'prod'])
  }, 30_000)

  test('tells a narrowed person nothing of it', async () => {
    const { machines, ana, ben, origin, end } = await house(await openStore(':memory:'))
    const cas = await invited(ana, origin, { name: 'Cas', role: 'operator' })
    const first = orderOf('stop', machines)
    await order(ben.person, first)
    await end(first.key)
    const area = { labels: { team: 'web' } }
    await ana.send('PUT', `/api/people/${cas.id}`, { area })
    const theirs = async () => {
      const { zones } = (await cas.person.send('GET', '/api/inventory')).body as Inventory // as above
      return zones.flatMap(({ instances }) => instances).length
    }
    await expect.poll(theirs, soon).toBe(1)

    const answer = await order(cas.person, { ...first, targets: first.targets.slice(0, 1) })

    expect(answer.status).toBe(409)
    expect(JSON.stringify(answer.body)).not.toContain('web-1')
  }, 30_000)
})
