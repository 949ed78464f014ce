/** Chains of API keys that may not read what a step is looked for in. */
import { expect, test } from 'vitest'

import type { Chain, ChainStep } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import { openStore } from '../store/store.ts'
import {
  instanceId,
  json,
  operationId,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const at = `/instance/${instanceId}`
const otherId = '7d1a4f8e-1f5b-4d55-9a8e-6a0f6a0a1111'
const denied = json({ message: 'Forbidden by role policy for compute' }, 403)
const ended = json({ id: operationId, state: 'success' })
const longAgo = () => Date.now() - 120_000

const step = (
  part: ChainStep['part'],
  endpoint: ChainStep['endpoint'],
  also: Partial<ChainStep> = {},
): ChainStep => ({ part, endpoint, state: 'waiting', ...also })

const sending = () => ({ state: 'sending', sentAt: longAgo() }) as const

const chainOf = (steps: ChainStep[], isNew = false): Chain => ({
  id: 'a-chain',
  zone: 'ch-test-1',
  ...(isNew ? {} : { instanceId }),
  subject: 'web-01',
  endpoint: steps[0]?.endpoint ?? 'stop-instance',
  steps,
  state: 'running',
  startedAt: longAgo(),
  by: 'Ana',
})

/** A zone whose audit trail, and any other of these paths, the key may not read. */
async function hiding(...paths: string[]): Promise<TestZone> {
  const zone = await startZone()
  const answers: TestZone['answers'] = {
    'GET /instance': json({ instances: [] }),
    [`GET ${at}`]: json({ id: instanceId, state: 'running', name: 'web-01' }),
    ...Object.fromEntries(paths.map((path) => [`GET ${path}`, denied])),
  }
  zone.answers = new Proxy(answers, {
    get: (known, name: string) =>
      name.startsWith('GET /event') ? denied : Reflect.get(known, name),
  })
  return zone
}

async function inventoryOf({ origin }: TestConsole): Promise<Inventory> {
  // The contract's answer of this endpoint.
  return (await (await fetch(`${origin}/api/inventory`)).json()) as Inventory
}

/** Lets a server go on with a chain that an earlier one left; answers how it ended. */
async function goOn(zone: TestZone, chain: Chain): Promise<Chain | undefined> {
  const store = await openStore(':memory:')
  const { id, state, startedAt } = chain
  const body = JSON.stringify(chain)
  await store
    .insertInto('chain')
    .values({ id, zone: chain.zone, state, started_at: startedAt, body })
    .execute()
  const console = await startConsole(zone, { store })
  let last: Chain | undefined
  const stateNow = async () => (last = (await inventoryOf(console)).chains[0])?.state
  await expect.poll(stateNow, { timeout: 20_000 }).not.toBe('running')
  await console.close()
  await zone.close()
  return last
}

const sent = ({ asked }: TestZone) => asked.filter((one) => !one.startsWith('GET'))
const lacking = (lacks: string) => ({ code: 'operation-not-readable', lacks })

test('what an instance doesn’t show is unknown, and not sent a second time', async () => {
  const zone = await hiding()
  const chain = chainOf([
    step('prepare', 'create-snapshot', sending()),
    step('change', 'reset-instance', { body: {} }),
  ])

  const last = await goOn(zone, chain)

  expect(sent(zone)).toEqual([])
  expect(last?.steps).toMatchObject([
    { state: 'unknown', cause: lacking('list-events') },
    { state: 'skipped' },
  ])
})

test('what an instance shows is judged by it', async () => {
  const zone = await hiding()
  zone.answers[`POST ${at}:create-snapshot`] = ended
  const chain = chainOf([
    step('prepare', 'start-instance', { body: {}, ...sending() }),
    step('change', 'create-snapshot'),
  ])

  const last = await goOn(zone, chain)

  expect(sent(zone)).toEqual([`POST ${at}:create-snapshot`])
  expect(last?.state).toBe('success')
})

test('a deletion is done where the instance is gone, and under way while it goes', async () => {
  const zone = await hiding()
  let looks = 0
  zone.answers[`GET ${at}`] = (...given) => {
    looks += 1
    const isGone = looks > 1
    const answer = isGone
      ? { message: 'not found' }
      : { id: instanceId, state: 'destroying' }
    json(answer, isGone ? 404 : 200)(...given)
  }

  const last = await goOn(zone, chainOf([step('change', 'delete-instance', sending())]))

  expect(sent(zone)).toEqual([])
  expect(last?.state).toBe('success')
}, 30_000)

test('what the zone refused as busy is known not to be done, and sent again', async () => {
  const zone = await hiding()
  let turn = 0
  zone.answers[`POST ${at}:create-snapshot`] = (...given) => {
    turn += 1
    const answer = turn === 1 ? json({ message: 'busy' }, 409) : ended
    answer(...given)
  }

  const last = await goOn(zone, chainOf([step('change', 'create-snapshot')]))

  expect(sent(zone)).toHaveLength(2)
  expect(last?.state).toBe('success')
})

test('a look that breaks says nothing of the step', async () => {
  const zone = await hiding()
  let broken = 2
  zone.answers[`GET ${at}`] = (...given) => {
    broken -= 1
    if (broken >= 0) json({ message: 'broken' }, 500)(...given)
    else json({ id: instanceId, state: 'stopped' })(...given)
  }

  const last = await goOn(zone, chainOf([step('change', 'stop-instance', sending())]))

  expect(sent(zone)).toEqual([])
  expect(last?.state).toBe('success')
}, 30_000)

const body = {
  name: 'web-01',
  'disk-size': 10,
  'instance-type': { id: otherId },
  template: { id: otherId },
}

test.each([
  ['the list', ['/instance'], lacking('list-instances')],
  ['the audit trail', [], { code: 'may-be-created' }],
])(
  'without %s a creation that may have arrived is unknown',
  async (_name, paths, cause) => {
    const zone = await hiding(...paths)
    const create = step('change', 'create-instance', { body, known: [], ...sending() })

    const last = await goOn(zone, chainOf([create], true))

    expect(sent(zone)).toEqual([])
    expect(last?.steps).toMatchObject([{ state: 'unknown', cause }])
  },
)

test('an older instance of the same name is not taken for the new one', async () => {
  const zone = await hiding()
  const older = {
    ...body,
    id: otherId,
    state: 'running',
    'created-at': '2026-01-01T00:00:00Z',
  }
  zone.answers['GET /instance'] = json({ instances: [older] })
  const create = step('change', 'create-instance', { body, ...sending() })

  const last = await goOn(zone, chainOf([create], true))

  expect(last?.instanceId).toBeUndefined()
  expect(last?.steps[0]?.state).toBe('unknown')
})

test('a key that may not list instances creates one', async () => {
  const zone = await hiding('/instance')
  zone.answers['POST /instance'] = json({
    id: operationId,
    state: 'success',
    reference: { id: instanceId },
  })
  zone.answers[`GET /private-network/${otherId}`] = denied
  zone.answers[`PUT /private-network/${otherId}:attach`] = ended
  const console = await startConsole(zone)
  const answer = await fetch(`${console.origin}/api/zones/ch-test-1/creations`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ body, privateNetworks: [{ id: otherId }] }),
  })
  const stateNow = async () => (await inventoryOf(console)).chains[0]?.state

  expect(answer.status).toBe(200)
  await expect.poll(stateNow, { timeout: 20_000 }).toBe('success')
  expect(sent(zone)).toEqual(['POST /instance', `PUT /private-network/${otherId}:attach`])
  await console.close()
  await zone.close()
})
