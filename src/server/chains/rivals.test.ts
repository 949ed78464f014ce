/** Creations of one name at the same time, whose answers are lost: an instance belongs to one of them, or to none. */
import { setTimeout as wait } from 'node:timers/promises'

import { describe, expect, onTestFinished, test, vi } from 'vitest'

import type { Chain } from '#contract/chain.ts'

import { openStore, type Store } from '../store/store.ts'
import { later } from '../testing/test-house.ts'
import { sharedPostgres } from '../testing/test-shared-postgres.ts'
import {
  gate,
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const { programs, postgres, store: shared } = await sharedPostgres()

const typeId = '7d1a4f8e-1f5b-4d55-9a8e-6a0f6a0a1111'
const body = {
  name: 'web-01',
  'disk-size': 10,
  'instance-type': { id: typeId },
  template: { id: typeId },
}
const idOf = (call: number) => `00000000-0000-4000-8000-00000000000${call}`

type Answer = TestZone['answers'][string]
type Call = { make(): void; reply: Answer; lose: Answer }

/** A zone that has no instances at first, and handles each creation as `calls` says; further ones are made. */
async function aZone(...calls: ((call: Call) => Answer | Promise<Answer>)[]) {
  const zone = await startZone()
  onTestFinished(() => zone.close())
  const instances: object[] = []
  const { answers } = zone
  zone.answers = new Proxy(answers, {
    get: (all, name) =>
      String(name).startsWith('GET /event') ? json([]) : all[String(name)],
  })
  let count = 0
  answers['GET /instance'] = (...given) => json({ instances })(...given)
  answers['POST /instance'] = async (request, response) => {
    const id = idOf((count += 1))
    const call: Call = {
      make: () => void instances.push({ ...body, id, state: 'running' }),
      reply: json({ id, state: 'success', reference: { id } }),
      lose: () => void request.socket.destroy(),
    }
    const made = ({ make, reply }: Call) => {
      make()
      return reply
    }
    const answer = await (calls[count - 1] ?? made)(call)
    answer(request, response)
  }
  const asked = (line: string) => zone.asked.filter((one) => one === line).length
  return { zone, asked }
}

const create = ({ origin }: TestConsole) =>
  fetch(`${origin}/api/zones/ch-test-1/creations`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ body }),
  })

/** How each creation is, in the order in which they began. */
async function chainsOf(store: Store): Promise<Chain[]> {
  const rows = await store
    .selectFrom('chain')
    .select('body')
    .orderBy('started_at')
    .execute()
  return rows.map((row) => JSON.parse(row.body) as Chain) // the server wrote it
}

const onOne = async (zone: TestZone) => {
  const store = await openStore(':memory:')
  const console = await startConsole(zone, { store })
  onTestFinished(() => console.close())
  return { store, servers: [console, console] as const }
}

const onTwo = async (zone: TestZone) => {
  const aServer = async () => {
    const store = await openStore(postgres.url)
    const console = await startConsole(zone, { store, sharedAt: postgres.url })
    onTestFinished(() => console.close())
    return console
  }
  return { store: shared, servers: [await aServer(), await aServer()] as const }
}

describe.each([
  ['one server', onOne, true],
  ['two servers', onTwo, programs !== undefined],
] as const)('on %s', (_on, start, isHere) => {
  test.skipIf(!isHere)(
    'an instance whose creation is still to be answered is no other’s',
    async () => {
      const [both, { opened, open }] = [gate(), gate()]
      const { zone, asked } = await aZone(
        async ({ make, reply }) => {
          // New to both: neither knew of it when it began.
          await both.opened
          make()
          await opened
          return reply
        },
        ({ lose }) => {
          both.open()
          return lose
        },
      )
      const { store, servers } = await start(zone)
      const first = create(servers[0])
      await expect.poll(() => asked('POST /instance')).toBe(1)
      const second = create(servers[1])
      await expect.poll(() => asked('POST /instance')).toBe(2)
      // It looks every two seconds.
      await wait(5_000)
      open()
      await Promise.all([first, second])

      const ended = async () => (await chainsOf(store)).map(({ state }) => state)
      await expect.poll(ended, { timeout: 30_000 }).toEqual(['success', 'success'])
      const made = (await chainsOf(store)).map(({ instanceId }) => instanceId)
      expect(made).toEqual([idOf(1), idOf(3)])
    },
    60_000,
  )
})

test('an instance that either of two creations may have made belongs to neither', async () => {
  const { zone, asked } = await aZone(
    ({ make, lose }) => {
      make()
      return lose
    },
    ({ lose }) => lose,
  )
  const { store, servers } = await onOne(zone)
  onTestFinished(() => void vi.useRealTimers())
  const both = [create(servers[0]), create(servers[1])]
  await expect.poll(() => asked('POST /instance')).toBe(2)
  later(61_000)
  await Promise.all(both)

  const ended = async () => (await chainsOf(store)).map(({ steps }) => steps[0]?.state)
  await expect.poll(ended, { timeout: 20_000 }).toEqual(['unknown', 'unknown'])
  const chains = await chainsOf(store)
  expect(chains.map(({ instanceId }) => instanceId)).toEqual([undefined, undefined])
  expect(asked('POST /instance')).toBe(2)
}, 40_000)
