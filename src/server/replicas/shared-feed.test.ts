/** Two servers on one PostgreSQL: browsers of both see the same, and each zone is polled once. */
import { setTimeout as wait } from 'node:timers/promises'

import { sql } from 'kysely'
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest'

import type { FeedEvent } from '#contract/feed.ts'

import { StoreOutage } from '../store/outage.ts'
import { openStore } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { inventoryOf, orderOf, post } from '../testing/test-jobs.ts'
import { addMachines, type TestMachine } from '../testing/test-machines.ts'
import { firstAdmin, invited, TestPerson } from '../testing/test-people.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import {
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const programs = findPostgres()
let postgres: TestPostgres
beforeAll(async () => {
  if (programs) postgres = await startPostgres(programs)
}, 30_000)
afterAll(() => postgres?.close())

let zone: TestZone
let machines: TestMachine[]
beforeEach(async () => {
  zone = await startZone()
  machines = addMachines(zone, 3, { pending: true })
})

type Server = TestConsole & { close(): Promise<void> }

async function aServer(changes: Parameters<typeof startConsole>[1] = {}): Promise<Server> {
  const console = await startConsole(zone, {
    store: await openStore(postgres.url),
    sharedAt: postgres.url,
    ...changes,
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await console.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...console, close }
}

type Heard = { id: number; event: FeedEvent }

/** A browser's stream: what it hears, and whether it has ended. */
async function follow(origin: string, since: number, cookie = '') {
  const stop = new AbortController()
  const answer = await fetch(`${origin}/api/feed?since=${since}`, {
    signal: stop.signal,
    headers: { cookie },
  })
  const heard: Heard[] = []
  const state = { heard, resets: 0, isOver: false }
  const read = async () => {
    let text = ''
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const piece = await reader?.read()
      if (!piece || piece.done) return
      text += piece.value
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        if (block.includes('event: reset')) state.resets += 1
        const [, id] = /^id: (\d+)$/m.exec(block) ?? []
        const [, data] = /^data: (.*)$/m.exec(block) ?? []
        // Our own server's wire.
        if (id && data) heard.push({ id: Number(id), event: JSON.parse(data) as FeedEvent })
      }
    }
  }
  void read()
    .catch(() => {})
    .finally(() => (state.isOver = true))
  onTestFinished(() => stop.abort())
  return state
}

const rowsOf = async (server: TestConsole) =>
  (await inventoryOf(server)).zones.flatMap(({ instances }) =>
    instances.map(({ name, state }) => `${name} ${state}`),
  )

describe.skipIf(!programs)('two servers', () => {
  test('have the same events under the same numbers, of which each goes on with the other’s', async () => {
    const first = await aServer()
    const second = await aServer()
    for (const server of [first, second])
      await expect.poll(() => rowsOf(server), { timeout: 5_000 }).toHaveLength(3)
    const { seq } = await inventoryOf(first)
    const [here, there] = await Promise.all([
      follow(first.origin, seq),
      follow(second.origin, seq),
    ])

    const { body } = await post(second, '', orderOf('stop', machines.slice(0, 1)))

    const isOver = ({ heard }: typeof here) =>
      heard.some(({ event }) => event.type === 'job' && event.job.endedAt !== undefined) &&
      heard.some(
        ({ event }) =>
          event.type === 'instances' &&
          event.upsert.some(({ state }) => state === 'stopped'),
      )
    for (const stream of [here, there])
      await expect.poll(() => isOver(stream), { timeout: 10_000 }).toBe(true)
    await wait(500)
    expect(here.heard).toEqual(there.heard)
    expect(here.resets + there.resets).toBe(0)
    const ids = here.heard.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    for (const server of [first, second]) {
      expect(await rowsOf(server)).toContain('web-0 stopped')
      expect((await inventoryOf(server)).jobs.map(({ id }) => id)).toContain(body.id)
    }

    // As a browser whose server was killed in the middle.
    const middle = ids[1] ?? 0
    const late = await follow(second.origin, middle)
    await expect.poll(() => late.heard.length).toBe(ids.length - 2)
    expect(late.heard).toEqual(here.heard.slice(2))
    expect(late.resets).toBe(0)
    // A server that was just started has them, too.
    const third = await aServer()
    const later = await follow(third.origin, middle)
    await expect.poll(() => later.heard.length).toBe(ids.length - 2)
    expect(later.resets).toBe(0)
    await expect.poll(() => rowsOf(third), { timeout: 5_000 }).toContain('web-0 stopped')
  }, 60_000)

  test('poll the zone once, and the other at once when the leader stops', async () => {
    const first = await aServer()
    await expect.poll(() => rowsOf(first), { timeout: 5_000 }).toHaveLength(3)
    const second = await aServer()
    await expect.poll(() => rowsOf(second), { timeout: 5_000 }).toHaveLength(3)
    const { seq } = await inventoryOf(second)
    const stream = await follow(second.origin, seq)
    await follow(first.origin, seq)
    const lists = () => zone.asked.filter((line) => line === 'GET /instance').length
    const before = lists()
    await wait(21_000)
    expect(lists() - before).toBeLessThanOrEqual(3)

    await first.close()
    const [machine] = machines
    if (machine) machine.state = 'stopped'

    const isStopped = () =>
      stream.heard.some(
        ({ event }) =>
          event.type === 'instances' &&
          event.upsert.some(({ state }) => state === 'stopped'),
      )
    await expect.poll(isStopped, { timeout: 15_000 }).toBe(true)
    expect(stream.resets).toBe(0)
  }, 60_000)
})

/** A store that fails once when it reads the body of a row, as soon as it is armed. */
async function failingOnce() {
  const state = { isArmed: false, failures: 0 }
  const store = (await openStore(postgres.url)).withPlugin({
    transformQuery: ({ node }) => {
      const isBody =
        node.kind === 'RawNode' &&
        node.sqlFragments.some((text) => /select body/.test(text))
      if (isBody && state.isArmed) {
        state.isArmed = false
        state.failures += 1
        throw new StoreOutage(new Error('the test says so'))
      }
      return node
    },
    transformResult: async ({ result }) => result,
  })
  return { store, state }
}

test.skipIf(!programs)(
  'a server that couldn’t read all of a zone asks for it again',
  async () => {
    const first = await aServer()
    await expect.poll(() => rowsOf(first), { timeout: 10_000 }).toHaveLength(3)
    const { store, state } = await failingOnce()
    const second = await aServer({ store })
    await expect.poll(() => rowsOf(second), { timeout: 20_000 }).toHaveLength(3)
    const { seq } = await inventoryOf(first)
    await follow(first.origin, seq)
    state.isArmed = true

    // More than one event may say.
    addMachines(zone, 6_000)

    await expect
      .poll(() => rowsOf(first).then(({ length }) => length), { timeout: 30_000 })
      .toBe(6_000)
    await expect.poll(() => state.failures, { timeout: 30_000 }).toBe(1)
    await expect
      .poll(() => rowsOf(second).then(({ length }) => length), {
        timeout: 30_000,
        interval: 500,
      })
      .toBe(6_000)
  },
  120_000,
)

describe.skipIf(!programs)('two servers without their database', () => {
  test('show each its own browsers what changes, and the same again when it is back', async () => {
    const first = await aServer()
    await expect.poll(() => rowsOf(first), { timeout: 5_000 }).toHaveLength(3)
    const second = await aServer()
    await expect.poll(() => rowsOf(second), { timeout: 5_000 }).toHaveLength(3)
    const { seq } = await inventoryOf(first)
    const streams = await Promise.all(
      [first, second].map(({ origin }) => follow(origin, seq)),
    )

    await postgres.kill()
    const [machine] = machines
    if (machine) machine.state = 'stopped'

    for (const server of [first, second])
      await expect
        .poll(() => rowsOf(server), { timeout: 30_000, interval: 500 })
        .toContain('web-0 stopped')
    await postgres.start()
    for (const stream of streams)
      await expect.poll(() => stream.resets, { timeout: 20_000 }).toBeGreaterThan(0)
    if (machine) machine.state = 'running'
    const isRunning = ({ heard }: (typeof streams)[number]) =>
      heard.some(
        ({ event }) =>
          event.type === 'instances' &&
          event.upsert.some(({ state }) => state === 'running'),
      )
    for (const stream of streams)
      await expect.poll(() => isRunning(stream), { timeout: 30_000 }).toBe(true)
  }, 120_000)
})

describe.skipIf(!programs)('servers on which people sign in', () => {
  test('end what is open for a session that ends at the other, and for a role that changes', async () => {
    const store = await openStore(postgres.url)
    const first = await aServer({ session: localSession, store })
    const second = await aServer({ session: localSession })
    const ana = await firstAdmin(first.origin, store)
    const { person: ben, id } = await invited(ana, first.origin, {
      name: 'Ben',
      role: 'operator',
    })
    const there = new TestPerson(second.origin)
    there.cookie = ben.cookie
    expect((await there.send('GET', '/api/session')).status).toBe(200)
    const open = await follow(second.origin, 0, ben.cookie)
    await expect.poll(() => open.resets).toBe(1)

    await ana.send('PUT', `/api/people/${id}`, { role: 'viewer' })

    await expect.poll(() => open.isOver, { timeout: 2_000 }).toBe(true)
    const again = await follow(second.origin, 0, ben.cookie)
    await expect.poll(() => again.resets).toBe(1)
    await ben.send('POST', '/api/sign-out', {})
    await vi.waitFor(() => expect(again.isOver).toBe(true), { timeout: 2_000 })
    expect((await there.send('GET', '/api/session')).status).toBe(401)
  }, 60_000)

  test('end a stream that begins as they read of its session’s end, and go on', async () => {
    const rejected: unknown[] = []
    const note = (reason: unknown) => void rejected.push(reason)
    process.on('unhandledRejection', note)
    onTestFinished(() => void process.off('unhandledRejection', note))
    const store = await openStore(postgres.url)
    await store.deleteFrom('person').execute()
    await store.deleteFrom('session').execute()
    const server = await aServer({ session: localSession, store })
    const ana = await firstAdmin(server.origin, store)
    const { id } = await store.selectFrom('session').select('id').executeTakeFirstOrThrow()
    const ended = JSON.stringify([id])
    let isOver = false
    for (let attempt = 1; attempt <= 10 && !isOver; attempt += 1) {
      // Another server's word without a notification, which the stream has it read before the next tick.
      await sql`with head as (update feed_head set seq = seq + 1 where id = 1 returning seq)
        insert into feed (seq, at, kind, zone, origin, body)
        select seq, ${Date.now()}, 'sessions', '', 'another', ${ended} from head`.execute(
        store,
      )
      const stream = await follow(server.origin, Number.MAX_SAFE_INTEGER, ana.cookie)
      await expect.poll(() => stream.isOver || stream.resets > 0).toBe(true)
      isOver = stream.isOver && stream.resets === 0
    }

    expect(isOver).toBe(true)
    expect(rejected).toEqual([])
    const next = await follow(server.origin, 0, ana.cookie)
    await expect.poll(() => next.resets).toBe(1)
  }, 60_000)
})
