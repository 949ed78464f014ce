/** Creations that an earlier process left during a call, and invalid requests to create. */
import { expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Problem } from '#contract/problem.ts'

import { createSeal } from '../store/seal.ts'
import { openStore } from '../store/store.ts'
import {
  canaries,
  instanceId,
  json,
  operationId,
  startConsole,
  startZone,
  withConsole,
} from '../testing/test-zone.ts'

const otherId = '7d1a4f8e-1f5b-4d55-9a8e-6a0f6a0a1111'
const userData = Buffer.from('#cloud-config\n').toString('base64')
const body = {
  name: 'web-01',
  'disk-size': 10,
  'instance-type': { id: otherId },
  template: { id: otherId },
}

function interrupted(known: string[], sentAt: number): Chain {
  return {
    id: 'a-chain',
    zone: 'ch-test-1',
    subject: 'web-01',
    endpoint: 'create-instance',
    steps: [
      {
        part: 'change',
        endpoint: 'create-instance',
        body,
        state: 'sending',
        sentAt,
        known,
        sealed: true,
      },
      { part: 'follow', endpoint: 'add-instance-protection', state: 'waiting' },
    ],
    state: 'running',
    startedAt: sentAt,
    by: 'Ana',
  }
}

/** Starts Vedette with `chain` in its store and a zone with `instances`. */
async function goOn(chain: Chain, instances: object[], { awayMs = 0 } = {}) {
  const zone = await startZone()
  const store = await openStore(':memory:')
  await store
    .insertInto('chain')
    .values({
      id: chain.id,
      zone: chain.zone,
      state: chain.state,
      started_at: chain.startedAt,
      body: JSON.stringify(chain),
    })
    .execute()
  const sealed = createSeal(canaries.secret).close(userData, chain.id)
  await store
    .insertInto('sealed')
    .values([
      { chain_id: chain.id, body: sealed },
      { chain_id: 'one that is over', body: sealed },
    ])
    .execute()
  const sent: string[] = []
  const backAt = Date.now() + awayMs
  zone.answers['GET /instance'] = (...given) =>
    Date.now() < backAt
      ? json({ message: 'Unavailable' }, 503)(...given)
      : json({ instances })(...given)
  for (const name of [instanceId, otherId]) {
    zone.answers[`GET /instance/${name}`] = json({ id: name, state: 'running' })
    zone.answers[`PUT /instance/${name}:add-protection`] = json({
      id: operationId,
      state: 'success',
    })
  }
  zone.answers['POST /instance'] = (request, response) => {
    request.on('data', (chunk: Buffer) => sent.push(chunk.toString()))
    request.on('end', () =>
      json({ id: operationId, state: 'success', reference: { id: instanceId } })(
        request,
        response,
      ),
    )
  }
  for (const path of [chain.steps[0]?.sentAt ?? 0]) {
    const from = new Date(path - 5_000).toISOString().slice(0, 19)
    zone.answers[`GET /event?${new URLSearchParams({ from: `${from}Z` })}`] = json([])
  }
  const console = await startConsole(zone, { store })
  let ended: Chain | undefined
  let left = -1
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${console.origin}/api/inventory`)
        // The contract's response of this endpoint.
        ended = ((await answer.json()) as Inventory).chains[0]
        left = (await store.selectFrom('sealed').selectAll().execute()).length
        return ended?.state
      },
      { timeout: 10_000 },
    )
    .not.toBe('running')
  await console.close()
  await zone.close()
  const asked = zone.asked.filter((line) => /^(POST|PUT)/.test(line))
  return { ended, sent, asked, left }
}

const longAgo = () => Date.now() - 30_000
const like = (id: string) => ({ ...body, id, state: 'running' })

test('what follows a creation waits until its zone lists the instance, where the response had no id', async () => {
  const chain = interrupted([], longAgo())
  const [create] = chain.steps
  if (create) create.state = 'success'
  delete create?.sealed

  // The zone is away at first.
  const { ended, asked } = await goOn(chain, [like(instanceId)], { awayMs: 3_000 })

  expect(asked).toEqual([`PUT /instance/${instanceId}:add-protection`])
  expect(ended).toMatchObject({ state: 'success', instanceId })
}, 20_000)

test('a creation that was made and answered with an error is found, and sent once', () =>
  withConsole(async (zone, { origin }) => {
    const instances: object[] = []
    zone.answers['GET /instance'] = (...given) => json({ instances })(...given)
    zone.answers['POST /instance'] = (...given) => {
      instances.push({ ...body, id: instanceId, state: 'running' })
      json({ message: 'internal error' }, 500)(...given)
    }
    const answer = await fetch(`${origin}/api/zones/ch-test-1/creations`, {
      method: 'POST',
      headers: { 'x-vedette': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ body }),
    })
    expect(answer.status).toBe(200)

    let chain: Chain | undefined
    const stateNow = async () => {
      const inventory = await fetch(`${origin}/api/inventory`)
      // The contract's response of this endpoint.
      chain = ((await inventory.json()) as Inventory).chains[0]
      return chain?.state
    }
    await expect.poll(stateNow, { timeout: 20_000 }).toBe('success')
    expect(chain?.instanceId).toBe(instanceId)
    expect(zone.asked.filter((one) => one === 'POST /instance')).toHaveLength(1)
  }))

test('an instance that the zone has is not created again, and its next steps run', async () => {
  const { ended, asked, left } = await goOn(interrupted([otherId], longAgo()), [
    like(otherId),
    like(instanceId),
  ])

  expect(asked).toEqual([`PUT /instance/${instanceId}:add-protection`])
  expect(ended).toMatchObject({ state: 'success', instanceId })
  expect(left).toBe(0)
})

test('a creation that never arrived is sent once, with its user data', async () => {
  const { ended, asked, sent, left } = await goOn(interrupted([otherId], longAgo()), [
    like(otherId),
  ])

  expect(asked).toEqual(['POST /instance', `PUT /instance/${instanceId}:add-protection`])
  expect(JSON.parse(sent.join(''))).toEqual({ ...body, 'user-data': userData })
  expect(ended?.state).toBe('success')
  expect(JSON.stringify(ended)).not.toContain(userData)
  expect(left).toBe(0)
})

test('if two instances match, none is chosen and nothing is created', async () => {
  const { ended, asked } = await goOn(interrupted([], longAgo()), [
    like(otherId),
    like(instanceId),
  ])

  expect(asked).toEqual([])
  expect(ended?.steps.map(({ state }) => state)).toEqual(['unknown', 'skipped'])
})

const post = (origin: string, order: unknown) =>
  fetch(`${origin}/api/zones/ch-test-1/creations`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify(order),
  })

const order: CreateOrder = { body }

test.each<[string, unknown]>([
  ['no order', []],
  ['a body that is none', { body: { name: 'a' } }],
  ['more than twenty', { body, names: Array.from({ length: 21 }, (_, at) => `n-${at}`) }],
  ['a name twice', { body, names: ['a', 'a'] }],
  ['one address for two', { ...order, names: ['a', 'b'], reverseDns: 'a.example.net' }],
  ['a network that is no id', { ...order, privateNetworks: [{ id: '../instance' }] }],
  ['a network that is not there', { ...order, privateNetworks: [{ id: otherId }] }],
])('%s is refused before anything is sent', async (_name, refused) => {
  await withConsole(async (zone, { origin }) => {
    const answer = await post(origin, refused)

    expect(answer.status).toBe(400)
    expect(zone.asked.filter((line) => line.startsWith('POST'))).toEqual([])
  })
})

test('the zone’s rejection is returned, and no chain is kept', async () => {
  await withConsole(async (zone, { origin }) => {
    zone.answers['POST /instance'] = json(
      { message: 'bad', errors: [{ path: 'disk-size', message: 'too small' }] },
      400,
    )

    const answer = await post(origin, order)

    expect(answer.status).toBe(400)
    // The contract's shape of a problem.
    const { errors } = (await answer.json()) as Problem
    expect(errors).toEqual([{ path: 'disk-size', message: 'too small' }])
    const inventory = await fetch(`${origin}/api/inventory`)
    // The contract's response of this endpoint.
    expect(((await inventory.json()) as Inventory).chains).toEqual([])
  })
})

test('of several creations, the accepted ones continue and the rejected ones are reported', async () => {
  await withConsole(async (zone, { origin }) => {
    zone.answers['POST /instance'] = (request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () =>
        text.includes('web-02')
          ? json({ message: 'full' }, 403)(request, response)
          : json({ id: otherId, state: 'success', reference: { id: instanceId } })(
              request,
              response,
            ),
      )
    }

    const answer = await post(origin, { ...order, names: ['web-01', 'web-02'] })

    // The contract's response of this endpoint.
    const chains = (await answer.json()) as Chain[]
    expect(chains.map(({ subject, steps }) => [subject, steps[0]?.state])).toEqual([
      ['web-01', 'success'],
      ['web-02', 'failure'],
    ])
    expect(chains[1]?.steps[0]?.problem?.message).toBe('full')
    expect(new Set(chains.map(({ batch }) => batch)).size).toBe(1)
  })
})

test('many creations leave no timers behind', async () => {
  const timers = () =>
    process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length
  const names = Array.from({ length: 20 }, (_, index) => `web-${index}`)
  await withConsole(async (zone, { origin }) => {
    const done = { id: otherId, state: 'success', reference: { id: instanceId } }
    zone.answers['POST /instance'] = json(done)
    const before = timers()

    expect((await post(origin, { ...order, names })).status).toBe(200)

    // Some belong to the connections; each creation had two of its own.
    expect(timers() - before).toBeLessThan(10)
  })
})
