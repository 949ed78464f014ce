/** Changes whose answer was lost, sent again when they are done: that is told as done. */
import { expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'
import type { Problem } from '#contract/problem.ts'
import type { Operation } from '#contract/types.ts'

import { openStore } from '../store/store.ts'
import { detailOf, endOf, orderOf, post, resultsOf } from '../testing/test-jobs.ts'
import {
  instanceId,
  json,
  startConsole,
  startZone,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const part = '5d0e7c1a-2b7f-4c3d-8a55-0f6b1c2d3e4f'
const below = (path: string) => `/api/zones/ch-test-1${path}`

async function send({ origin }: TestConsole, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${origin}${below(path)}`, {
    method,
    headers: { 'x-vedette': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // An operation if it was accepted.
  return { status: answer.status, body: (await answer.json()) as Problem & Operation }
}

const lose: TestZone['answers'][string] = (request) => void request.socket.destroy()
const sentTo = ({ asked }: TestZone, line: string) =>
  asked.filter((one) => one === line).length

test('a deletion of what the zone no longer has is done', () =>
  withConsole(async (zone, console) => {
    zone.answers[`DELETE /instance/${instanceId}`] = lose
    zone.answers[`GET /instance/${instanceId}`] = json({ id: instanceId, name: 'web-01' })
    const first = await send(console, 'DELETE', `/instance/${instanceId}`)
    expect(first.body.unknownOutcome).toBe(true)

    delete zone.answers[`GET /instance/${instanceId}`]
    zone.answers[`DELETE /instance/${instanceId}`] = json({ message: 'Not Found' }, 404)
    const second = await send(console, 'DELETE', `/instance/${instanceId}`)

    expect(second.status).toBe(200)
    expect(second.body).toMatchObject({ state: 'success', reference: { id: instanceId } })
    const answer = await fetch(`${console.origin}/api/inventory`)
    const { operations } = (await answer.json()) as Inventory // our own server's wire
    expect(operations).toMatchObject([
      { endpoint: 'delete-instance', instanceId, state: 'success' },
    ])
  }))

test('a deletion that got no answer is not told as rejected in the timeline', () =>
  withConsole(async (zone, console) => {
    zone.answers[`DELETE /instance/${instanceId}`] = json(
      {
        message: `Operation delete-instance on resource ${instanceId} is forbidden - reason: manual instance protection`,
      },
      502,
    )
    await send(console, 'DELETE', `/instance/${instanceId}`)

    const answer = await fetch(`${console.origin}${below(`/timeline/${instanceId}`)}`)
    expect(await answer.json()).toMatchObject({
      operations: [],
      protection: { state: 'unknown' },
    })
  }))

const refused = (status: number) => json({ message: 'It is so already' }, status)
const thing = { instance: { id: instanceId } }

test.each([
  ['PUT', `/instance/${instanceId}:stop`, undefined, { state: 'stopped' }, 409],
  ['PUT', `/instance/${instanceId}:start`, {}, { state: 'running' }, 400],
  [
    'PUT',
    `/instance/${instanceId}:scale`,
    { 'instance-type': { id: part } },
    { state: 'stopped', 'instance-type': { id: part } },
    409,
  ],
  [
    'PUT',
    `/instance/${instanceId}:resize-disk`,
    { 'disk-size': 50 },
    { state: 'stopped', 'disk-size': 50 },
    400,
  ],
  ['POST', `/instance/${instanceId}:enable-tpm`, undefined, { 'tpm-enabled': true }, 409],
  [
    'PUT',
    `/security-group/${part}:attach`,
    thing,
    { 'security-groups': [{ id: part }] },
    409,
  ],
  ['PUT', `/security-group/${part}:detach`, thing, { 'security-groups': [] }, 404],
  ['PUT', `/elastic-ip/${part}:attach`, thing, { 'elastic-ips': [{ id: part }] }, 409],
  ['PUT', `/elastic-ip/${part}:detach`, thing, {}, 404],
  [
    'PUT',
    `/private-network/${part}:attach`,
    thing,
    { 'private-networks': [{ id: part }] },
    409,
  ],
  ['PUT', `/private-network/${part}:detach`, thing, {}, 404],
])('%s %s, sent again after a lost answer, is done', (method, path, body, now, status) =>
  withConsole(async (zone, console) => {
    const instance = `GET /instance/${instanceId}`
    zone.answers[instance] = json({ id: instanceId, name: 'web-01' })
    zone.answers[`GET /private-network/${part}`] = json({ id: part })
    // Before anything was lost, the zone's rejection is passed on.
    zone.answers[`${method} ${path}`] = refused(status)
    zone.answers[instance] = json({ id: instanceId, name: 'web-01', ...now })
    expect((await send(console, method, path, body)).status).toBe(status)
    zone.answers[`${method} ${path}`] = lose
    expect((await send(console, method, path, body)).body.unknownOutcome).toBe(true)

    zone.answers[`${method} ${path}`] = refused(status)
    const again = await send(console, method, path, body)
    expect(again).toMatchObject({ status: 200, body: { state: 'success' } })

    // What isn't as it was asked for is still rejected.
    zone.answers[instance] = json({
      id: instanceId,
      state: 'starting',
      'disk-size': 10,
      'security-groups': path.endsWith('attach') ? [] : [{ id: part }],
      'elastic-ips': path.endsWith('attach') ? [] : [{ id: part }],
      'private-networks': path.endsWith('attach') ? [] : [{ id: part }],
    })
    expect((await send(console, method, path, body)).status).toBe(status)
    expect(sentTo(zone, `${method} ${path}`)).toBe(4)
  }),
)

test.each([
  ['attach', thing, { instance: { id: instanceId } }],
  ['detach', undefined, {}],
])('a volume’s %s, sent again after a lost answer, is done', (verb, body, now) =>
  withConsole(async (zone, console) => {
    const path = `/block-storage/${part}:${verb}`
    zone.answers[`PUT ${path}`] = lose
    expect((await send(console, 'PUT', path, body)).body.unknownOutcome).toBe(true)
    zone.answers[`GET /block-storage/${part}`] = json({ id: part, ...now })
    zone.answers[`PUT ${path}`] = refused(409)

    expect((await send(console, 'PUT', path, body)).status).toBe(200)
  }),
)

test.each(['/snapshot/', '/block-storage/'])(
  'a deletion below %s, sent again after a lost answer, is done',
  (place) =>
    withConsole(async (zone, console) => {
      const line = `DELETE ${place}${part}`
      zone.answers[line] = refused(404)
      expect((await send(console, 'DELETE', `${place}${part}`)).status).toBe(404)
      zone.answers[line] = lose
      await send(console, 'DELETE', `${place}${part}`)
      zone.answers[line] = refused(404)

      expect((await send(console, 'DELETE', `${place}${part}`)).status).toBe(200)
    }),
)

/** A chain that an earlier process left while this step was being sent. */
async function endOfChain(
  step: Chain['steps'][number],
  prepare: (zone: TestZone) => void,
): Promise<Chain | undefined> {
  const zone = await startZone()
  prepare(zone)
  const store = await openStore(':memory:')
  const chain: Chain = {
    id: 'a-chain',
    zone: 'ch-test-1',
    instanceId,
    subject: 'web-01',
    endpoint: 'delete-instance',
    steps: [step],
    state: 'running',
    startedAt: Date.now(),
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
    })
    .execute()
  const console = await startConsole(zone, { store })
  let found: Chain | undefined
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${console.origin}/api/inventory`)
        const { chains } = (await answer.json()) as Inventory // our own server's wire
        found = chains[0]
        return found?.state
      },
      { timeout: 20_000 },
    )
    .not.toBe('running')
  await console.close()
  await zone.close()
  return found
}

test('a chain whose deletion may have been sent finds the instance gone: it is done', async () => {
  const step = { part: 'change', endpoint: 'delete-instance', state: 'sending' } as const
  const chain = await endOfChain({ ...step, sentAt: Date.now() }, () => {})

  expect(chain?.steps).toMatchObject([{ state: 'success' }])
})

test.each([400, 409, 404])(
  'a chain’s step that is rejected with %i because it is so already is done',
  async (status) => {
    const step = { part: 'prepare', endpoint: 'stop-instance', state: 'waiting' } as const
    const chain = await endOfChain(step, (zone) => {
      zone.answers[`GET /instance/${instanceId}`] = json({
        id: instanceId,
        state: 'stopped',
      })
      zone.answers[`PUT /instance/${instanceId}:stop`] = refused(status)
    })

    expect(chain?.steps).toMatchObject([{ state: 'success' }])
  },
)

test('a job’s deletion of what has just gone is done', () =>
  withConsole(async (zone, console) => {
    const machine = { id: instanceId, name: 'web-01', state: 'running' as const }
    zone.answers[`GET /instance/${instanceId}`] = json(machine)
    zone.answers[`DELETE /instance/${instanceId}`] = refused(404)
    const order = orderOf('delete', [machine])
    const { body } = await post(console, '', order)
    await endOf(console, body.id)

    expect(resultsOf(await detailOf(console, body.id))).toEqual(['success'])
  }))

test('a job’s stop that is rejected because the instance has just stopped is done', () =>
  withConsole(async (zone, console) => {
    const machine = { id: instanceId, name: 'web-01', state: 'running' as const }
    zone.answers[`GET /instance/${instanceId}`] = (request, response) => {
      const isAsked = sentTo(zone, `PUT /instance/${instanceId}:stop`) > 0
      json({ ...machine, state: isAsked ? 'stopped' : 'running' })(request, response)
    }
    zone.answers[`PUT /instance/${instanceId}:stop`] = refused(400)
    const order = orderOf('stop', [machine])
    const { body } = await post(console, '', order)
    await endOf(console, body.id)

    expect(resultsOf(await detailOf(console, body.id))).toEqual(['success'])
  }))
