/**
 * Several servers on one PostgreSQL, in one process: what a server has left that doesn't live is taken over, and
 * what a living one works on isn't.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { Problem } from '#contract/problem.ts'

import { Audit } from '../audit/audit.ts'
import { rememberOperation } from '../history/timeline.ts'
import { planOrder } from '../jobs/job-plans.ts'
import { JobRows } from '../jobs/job-rows.ts'
import { LeaseLost, Leases } from '../store/leases.ts'
import { openStore } from '../store/store.ts'
import { changesOf, detailOf, endOf, orderOf, post } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { sharedPostgres } from '../testing/test-shared-postgres.ts'
import { gate, json, startConsole, startZone, type TestZone } from '../testing/test-zone.ts'
import { SharedReplica } from './replica.ts'

const { programs, postgres, store } = await sharedPostgres()
const log = { warn() {} }

/** What a server knows of itself; its lease is renewed as long as it `lives`. */
async function aReplica({ lasts = 400, lives = true } = {}) {
  const renews = lives ? lasts / 4 : 3_600_000
  const leases = new Leases({ store, log, lasts, renews })
  const replica = new SharedReplica(store, leases, log)
  await replica.start()
  replica.isHeld()
  return { replica, leases, lasts }
}

async function aZone(): Promise<TestZone> {
  const zone = await startZone()
  onTestFinished(() => zone.close())
  return zone
}

async function aServer(zone: TestZone) {
  const console = await startConsole(zone, {
    store: await openStore(postgres.url),
    sharedAt: postgres.url,
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await console.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...console, close }
}

describe.skipIf(!programs)('the rows of a server', () => {
  test('are another’s only when it doesn’t live any more, and then not its own', async () => {
    const [dead, living] = await Promise.all([aReplica({ lives: false }), aReplica()])
    const { job, items } = planOrder(orderOf('stop', []), 'Ana', Date.now())
    const before = new JobRows(store, dead.replica)
    const after = new JobRows(store, living.replica)
    await before.add({ ...job, total: 0 }, items)
    expect((await after.adopt()).map(({ id }) => id)).not.toContain(job.id)

    await wait(2 * dead.lasts)

    expect(dead.replica.isHeld()).toBe(false)
    // On a busy machine its renewal may be late, and then it waits before it takes anything.
    await expect
      .poll(async () => (await after.adopt()).map(({ id }) => id))
      .toContain(job.id)
    expect(living.replica.isHeld()).toBe(true)
    await expect(before.save(job)).rejects.toThrow(LeaseLost)
    await after.save({ ...job, endedAt: Date.now() })
    await living.leases.close()
    await dead.leases.close()
  })

  test('aren’t taken by one that has just come back to the database', async () => {
    const dead = await aReplica({ lives: false })
    const rows = new JobRows(store, dead.replica)
    const { job, items } = planOrder(orderOf('stop', []), 'Ana', Date.now())
    await rows.add(job, items)
    await wait(dead.lasts + 50)

    const fresh = await aReplica({ lasts: 1_000 })

    const own = new JobRows(store, fresh.replica)
    expect((await own.adopt()).map(({ id }) => id)).not.toContain(job.id)
    await vi.waitFor(
      async () => expect((await own.adopt()).map(({ id }) => id)).toContain(job.id),
      { timeout: 3_000 },
    )
    await own.save({ ...job, endedAt: Date.now() })
    await fresh.leases.close()
    await dead.leases.close()
  })

  test('are given back when it stops', async () => {
    const [first, second] = await Promise.all([aReplica(), aReplica()])
    const { job, items } = planOrder(orderOf('stop', []), 'Ana', Date.now())
    await new JobRows(store, first.replica).add(job, items)
    expect(await first.replica.claim('ch-test-1/one')).toBe(true)
    expect(await second.replica.claim('ch-test-1/one')).toBe(false)

    await first.replica.close()

    expect(await second.replica.claim('ch-test-1/one')).toBe(true)
    const rows = new JobRows(store, second.replica)
    expect((await rows.adopt()).map(({ id }) => id)).toContain(job.id)
    await rows.save({ ...job, endedAt: Date.now() })
    await second.replica.close()
  })

  test('of the audit log stay open as long as it lives', async () => {
    const [dead, living] = await Promise.all([
      aReplica({ lives: false, lasts: 1_500 }),
      aReplica({ lasts: 500 }),
    ])
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 10 * 60_000)
    const first = new Audit(store, log, () => {}, dead.replica)
    const entry = await first.begin({ event: 'stop-instance' })
    clock.mockRestore()
    const second = new Audit(store, log, () => {}, living.replica)
    const rowsOf = () =>
      store.selectFrom('audit').select('result').where('entry', '=', entry).execute()
    await wait(700)

    await second.sweep()
    expect(await rowsOf()).toHaveLength(1)

    await wait(1_000)
    await second.sweep()
    expect(await rowsOf()).toEqual([{ result: null }, { result: 'unknown' }])
    await second.close()
    await living.leases.close()
    await dead.leases.close()
  })
})

const sentAt = Date.now() - 30_000

describe.skipIf(!programs)('what a dead server has left', () => {
  test('is continued once, by the rules of a restart', async () => {
    const zone = await aZone()
    const machines = addMachines(zone, 3)
    if (machines[0]) machines[0].state = 'stopped'
    const dead = await aReplica({ lives: false })
    const { job, items } = planOrder(orderOf('stop', machines), 'Ana', sentAt)
    Object.assign(items[0] ?? {}, { state: 'sending', sentAt })
    await new JobRows(store, dead.replica).add(job, items)
    const operation: FollowedOperation = {
      id: randomUUID(),
      zone: 'ch-test-1',
      endpoint: 'reboot-instance',
      instanceId: machineId(2),
      state: 'pending',
      startedAt: sentAt,
      by: 'Ana',
    }
    await rememberOperation(store, operation, dead.replica)
    zone.answers[`GET /operation/${operation.id}`] = json({
      id: operation.id,
      state: 'success',
    })

    const [first, second] = await Promise.all([aServer(zone), aServer(zone)])
    const ended = await endOf(first, job.id)

    expect(ended.counts).toMatchObject({ success: 3 })
    expect((await detailOf(second, job.id)).counts).toEqual(ended.counts)
    const asked = changesOf(zone)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).toHaveLength(2)
    await vi.waitFor(
      async () => {
        const moment = store.selectFrom('moment').select(['body', 'owner'])
        const row = await moment.where('id', '=', operation.id).executeTakeFirstOrThrow()
        expect(row.owner).toBeNull()
        expect(JSON.parse(row.body)).toMatchObject({ state: 'success' })
      },
      { timeout: 20_000 },
    )
    await dead.leases.close()
  }, 60_000)
})

describe.skipIf(!programs)('the work of a server', () => {
  test('is left alone while it lives, and a job is stopped by any server', async () => {
    const zone = await aZone()
    const machines = addMachines(zone, 600)
    const [first, second] = await Promise.all([aServer(zone), aServer(zone)])
    const { body } = await post(first, '', orderOf('stop', machines))
    await expect.poll(() => changesOf(zone).length).toBeGreaterThan(2)
    expect((await detailOf(second, body.id)).endedAt).toBeUndefined()

    const stopped = await post(second, `/${body.id}/stop`)

    expect(stopped.status).toBe(200)
    const ended = await endOf(second, body.id)
    expect(ended.state).toBe('stopped')
    expect(ended.counts.skipped).toBeGreaterThan(0)
    const asked = changesOf(zone)
    expect(new Set(asked).size).toBe(asked.length)
  }, 60_000)

  test('is stopped later where it doesn’t heed the stop at once, and the answer says so', async () => {
    const zone = await aZone()
    const machines = addMachines(zone, 1)
    // It lives, and looks at nothing.
    const deaf = await aReplica({ lasts: 10_000 })
    const rows = new JobRows(store, deaf.replica)
    const { job, items } = planOrder(orderOf('stop', machines), 'Ana', Date.now())
    await rows.add(job, items)
    const server = await aServer(zone)

    const answer = await post<Problem>(server, `/${job.id}/stop`)

    expect(answer.body).toMatchObject({
      status: 503,
      cause: { code: 'stop-not-confirmed' },
      unknownOutcome: true,
    })
    expect(await rows.toStop()).toEqual([job.id])
    await rows.save({ ...job, endedAt: Date.now() })
    await deaf.leases.close()
  }, 60_000)

  test('is a chain that another continues, when it is dead', async () => {
    const zone = await aZone()
    addMachines(zone, 1)
    const id = machineId(0)
    const dead = await aReplica({ lives: false })
    const chain: Chain = {
      id: randomUUID(),
      zone: 'ch-test-1',
      instanceId: id,
      subject: 'web-0',
      endpoint: 'stop-instance',
      steps: [{ part: 'change', endpoint: 'stop-instance', state: 'waiting' }],
      state: 'running',
      startedAt: sentAt,
      by: 'Ana',
    }
    await store
      .insertInto('chain')
      .values({
        id: chain.id,
        zone: chain.zone,
        state: chain.state,
        started_at: chain.startedAt,
        body: JSON.stringify(chain),
        owner: dead.replica.owner,
      })
      .execute()

    await Promise.all([aServer(zone), aServer(zone)])

    await vi.waitFor(
      async () => {
        const { rows } = await sql<{ state: string }>`
          select state from chain where id = ${chain.id}`.execute(store)
        expect(rows).toEqual([{ state: 'success' }])
      },
      { timeout: 30_000 },
    )
    expect(changesOf(zone)).toEqual([`PUT /instance/${id}:stop`])
    await dead.leases.close()
  }, 60_000)
})

describe.skipIf(!programs)('a job that another server has by now', () => {
  test('is stopped there, also by the server that doesn’t know that yet', async () => {
    const zone = await aZone()
    const [machine] = addMachines(zone, 1)
    const read = gate()
    const path = `GET /instance/${machine?.id}`
    const answer = zone.answers[path]
    zone.answers[path] = (...given) => void read.opened.then(() => answer?.(...given))
    const [first, deaf] = await Promise.all([aServer(zone), aReplica({ lasts: 10_000 })])
    const { body: job } = await post(first, '', orderOf('stop', machine ? [machine] : []))
    const { owner } = deaf.replica
    await store.updateTable('job').set({ owner }).where('id', '=', job.id).execute()

    const answered = await post<Problem>(first, `/${job.id}/stop`)

    expect(answered.body.cause).toEqual({ code: 'stop-not-confirmed' })
    const rows = new JobRows(store, deaf.replica)
    expect(await rows.toStop()).toContain(job.id)
    // As the other server has it.
    expect((await detailOf(first, job.id)).state).toBe('running')
    read.open()
    await rows.save({ ...job, endedAt: Date.now() })
    await deaf.leases.close()
  }, 60_000)
})

/** Gives work to no one, as a server does that had it for a moment and stops. */
const giveBack = (table: 'chain' | 'job', id: string) =>
  store.updateTable(table).set({ owner: '' }).where('id', '=', id).execute()

async function expectTaken(table: 'chain' | 'job', id: string): Promise<void> {
  const row = store.selectFrom(table).select('owner').where('id', '=', id)
  await expect
    .poll(async () => (await row.executeTakeFirstOrThrow()).owner, { timeout: 20_000 })
    .not.toBe('')
}

describe.skipIf(!programs)('work that comes back after another server had it', () => {
  test('is a bulk action that asks each instance once, and says what became of it', async () => {
    const zone = await aZone()
    const [machine] = addMachines(zone, 1)
    if (!machine) throw new Error('there is one')
    const path = `GET /instance/${machine.id}`
    const answer = zone.answers[path]
    zone.answers[path] = json({ message: 'Unavailable' }, 503)
    const server = await aServer(zone)
    const { body: job } = await post(server, '', orderOf('reboot', [machine]))
    await expect.poll(() => zone.asked.includes(path), { timeout: 10_000 }).toBe(true)

    await giveBack('job', job.id)
    await expectTaken('job', job.id)
    if (answer) zone.answers[path] = answer

    expect((await endOf(server, job.id)).counts).toMatchObject({ success: 1 })
    expect(changesOf(zone)).toEqual([`PUT /instance/${machine.id}:reboot`])
  }, 60_000)

  test('is a chain of which nothing is sent besides what it tells', async () => {
    const zone = await aZone()
    const [machine] = addMachines(zone, 1)
    if (!machine) throw new Error('there is one')
    machine.state = 'stopped'
    const { answers } = zone
    // What a reset does shows only there.
    zone.answers = new Proxy(answers, {
      get: (all, name) =>
        String(name).startsWith('GET /event')
          ? json({ message: 'Forbidden by role policy' }, 403)
          : all[String(name)],
    })
    const reset = `PUT /instance/${machine.id}:reset`
    answers[reset] = json({ message: 'Too many requests' }, 429)
    await aServer(zone)
    const chain: Chain = {
      id: randomUUID(),
      zone: 'ch-test-1',
      instanceId: machine.id,
      subject: 'web-0',
      endpoint: 'reset-instance',
      steps: [{ part: 'change', endpoint: 'reset-instance', body: {}, state: 'waiting' }],
      state: 'running',
      startedAt: Date.now(),
      by: 'Ana',
    }
    const { id, zone: name, state, startedAt } = chain
    const body = JSON.stringify(chain)
    const row = { id, zone: name, state, started_at: startedAt, body, owner: '' }
    await store.insertInto('chain').values(row).execute()
    // The pause after the third is longer than it takes until the chain is taken again.
    const tries = () => zone.asked.filter((line) => line === reset).length
    await expect.poll(tries, { timeout: 30_000 }).toBe(3)

    await giveBack('chain', id)
    await expectTaken('chain', id)
    let accepted = 0
    answers[reset] = (...given) => {
      accepted += 1
      return json({ id: randomUUID(), state: 'success' })(...given)
    }

    const rowNow = store.selectFrom('chain').select('state').where('id', '=', id)
    await expect
      .poll(async () => (await rowNow.executeTakeFirstOrThrow()).state, { timeout: 20_000 })
      .toBe('failure')
    // Longer than the pause of an attempt that was begun before.
    await wait(12_000)
    expect(accepted).toBe(0)
  }, 90_000)
})
