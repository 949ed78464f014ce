/**
 * The store goes away in the middle of stop → scale → start, and comes back: the machine ends running
 * without a restart of the server, and each step was sent once. `npm run bench:outages` plays twenty
 * longer ones of each kind.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import { describe, expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { Problem } from '#contract/problem.ts'

import { openStore } from '../store/store.ts'
import { addMachines, type TestMachine } from '../testing/test-machines.ts'
import { canPlay, outages, type Failing } from '../testing/test-outages.ts'
import {
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const rounds = Number(process.env['OUTAGE_ROUNDS'] ?? 2)
const outageMs = Number(process.env['OUTAGE_SECONDS'] ?? 4) * 1_000
/** The longest that a request may take while the store is away. */
const boundMs = 10_000

const large = '21624abb-764e-4def-81d7-9fc54b5957fb'
const small = 'b6cd1ff5-3a2f-4e9d-a4d1-8988c1191fe8'
const ways = ['stop', 'scale', 'start']

type Played = {
  zone: TestZone
  console: TestConsole
  machines: TestMachine[]
  store: Failing
}

async function withStore(
  name: keyof typeof outages,
  use: (played: Played) => Promise<void>,
): Promise<void> {
  const store = await outages[name]()
  const zone = await startZone()
  const machines = addMachines(zone, 3, { pending: true })
  for (const machine of machines) machine['instance-type'] = { id: small }
  zone.answers['GET /instance-type'] = json({
    'instance-types': [small, large].map((id, at) => ({
      id,
      family: 'standard',
      size: at ? 'large' : 'small',
      cpus: 2,
      memory: 2 ** 32,
      authorized: true,
      zones: ['ch-test-1'],
    })),
  })
  const console = await startConsole(zone, { store: await openStore(store.at) })
  try {
    await use({ zone, console, machines, store })
  } finally {
    await store.recover().catch(() => {})
    await console.close()
    await zone.close()
    await store.close()
  }
}

async function post<T>({ origin }: TestConsole, path: string, body: unknown, key?: string) {
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as T } // each test names it
}

const scale = (machine: TestMachine, to: string, key?: string) =>
  [
    '/api/zones/ch-test-1/chains',
    {
      instanceId: machine.id,
      request: { endpoint: 'scale-instance', body: { 'instance-type': { id: to } } },
    },
    key,
  ] as const

async function inventoryOf({ origin }: TestConsole): Promise<Inventory> {
  const answer = await fetch(`${origin}/api/inventory`)
  return (await answer.json()) as Inventory // Vedette's own response
}

const chainOf = async (console: TestConsole, id: string) =>
  (await inventoryOf(console)).chains.find((chain) => chain.id === id)

const statusOf = async ({ origin }: TestConsole, path: string) =>
  (await fetch(`${origin}${path}`)).status

const sentTo = ({ asked }: TestZone, { id }: TestMachine) =>
  asked.filter((line) => line.startsWith('PUT') && line.includes(id))

type Outage = keyof typeof outages

const playedAt = (name: Outage) => test.skipIf(!canPlay(name))

function testChange(name: Outage): void {
  playedAt(name)(
    `in the middle of a change: it goes on by itself, ${rounds} times`,
    () =>
      withStore(name, async ({ zone, console, machines, store }) => {
        for (let round = 0; round < rounds; round += 1) {
          zone.asked.length = 0
          const to = round % 2 ? small : large
          const chains = await Promise.all(
            machines.map((machine) => post<Chain>(console, ...scale(machine, to))),
          )
          expect(chains.map(({ status }) => status)).toEqual([200, 200, 200])
          // At another moment in each round, between the first step and the last.
          await wait(300 + ((round * 731) % 3_000))
          await store.fail()
          await wait(outageMs)
          await store.recover()

          for (const [at, machine] of machines.entries()) {
            const id = chains[at]?.body.id ?? ''
            await expect
              .poll(() => chainOf(console, id), { timeout: 60_000, interval: 500 })
              .toMatchObject({ state: 'success' })
            expect(machine).toMatchObject({ state: 'running', 'instance-type': { id: to } })
            const sent = ways.map((way) => `PUT /instance/${machine.id}:${way}`)
            expect(sentTo(zone, machine)).toEqual(sent)
          }
        }
      }),
    rounds * (outageMs + 90_000),
  )
}

function testJob(name: Outage): void {
  playedAt(name)(
    'a bulk action goes on by itself, and asks each instance once',
    () =>
      withStore(name, async ({ zone, console, machines, store }) => {
        const targets = machines.map(({ id, name: called }) => ({
          zone: 'ch-test-1',
          instanceId: id,
          name: called,
          seen: 'running',
        }))
        const order = { key: randomUUID(), action: 'stop', targets }
        const job = await post<Job>(console, '/api/jobs', order)
        expect(job.status).toBe(200)
        await wait(200)
        await store.fail()
        await wait(outageMs)
        await store.recover()

        const now = async () =>
          (await inventoryOf(console)).jobs.find(({ id }) => id === job.body.id)
        await expect
          .poll(now, { timeout: 60_000, interval: 500 })
          .toMatchObject({ state: 'ended', counts: { success: 3 } })
        for (const machine of machines)
          expect(sentTo(zone, machine)).toEqual([`PUT /instance/${machine.id}:stop`])
      }),
    outageMs + 120_000,
  )
}

function testRequests(name: Outage): void {
  playedAt(name)(
    'requests end soon, nothing is begun by them later, and /readyz says so',
    () =>
      withStore(name, async ({ zone, console, machines, store }) => {
        const [machine, other, third] = machines
        if (!machine || !other || !third) throw new Error('three machines are needed')
        expect(await statusOf(console, '/readyz')).toBe(200)
        // A success counts for a second.
        await wait(1_200)
        await store.fail()
        const began = performance.now()
        const key = randomUUID()
        const order = {
          key: randomUUID(),
          action: 'stop',
          targets: [
            { zone: 'ch-test-1', instanceId: third.id, name: third.name, seen: 'running' },
          ],
        }
        const note = { method: 'PUT', body: JSON.stringify({ text: 'note', seen: null }) }
        const headers = { 'x-vedette': '1', 'content-type': 'application/json' }
        const notes = [1, 2, 3].map(async () => {
          const path = `${console.origin}/api/zones/ch-test-1/notes/${machine.id}`
          return (await fetch(path, { ...note, headers })).status
        })

        const [chain, keyed, job, ready, ...kept] = await Promise.all([
          post<Problem>(console, ...scale(machine, large)),
          post<Problem>(console, ...scale(other, large, key)),
          post<Problem>(console, '/api/jobs', order),
          statusOf(console, '/readyz'),
          ...notes,
        ])

        expect(performance.now() - began).toBeLessThan(boundMs)
        expect(chain).toMatchObject({
          status: 503,
          body: { cause: { code: 'store-unavailable' } },
        })
        expect([keyed.status, job.status, ready, ...kept]).toEqual(Array(6).fill(503))
        await store.recover()
        await expect.poll(() => statusOf(console, '/readyz'), { timeout: 20_000 }).toBe(200)
        // What was answered with an error must not be done later.
        await wait(2_000)
        for (const one of machines) expect(sentTo(zone, one)).toEqual([])
        // The same press and the same order may be sent again.
        await expect
          .poll(async () => (await post(console, ...scale(other, large, key))).status, {
            timeout: 20_000,
          })
          .toBe(200)
        await expect.poll(() => sentTo(zone, other).length, { timeout: 30_000 }).toBe(3)
      }),
    120_000,
  )
}

// The keys of the table, which the type of Object.keys doesn't keep.
describe.each(Object.keys(outages) as Outage[])('%s', (name) => {
  testChange(name)
  testJob(name)
  testRequests(name)
})
