/** The audit trail: what is recorded, and what is returned. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { ZoneEvent } from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { createClient, type Client } from '../testing/test-client.ts'

let sandbox: Sandbox
let client: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  client = createClient(sandbox)
})
afterEach(() => sandbox.close())

const list = async (query: Record<string, string> = {}) =>
  (await client.ask<ZoneEvent[]>('list-events', { query })).body

test('a mutation leaves an event, a read does not', async () => {
  const { id } = await client.findByName('web-01')
  const before = await list()
  await client.perform('update-instance', {
    parameters: { id },
    body: { labels: { a: 'b' } },
  })
  const after = await list()

  expect(after).toHaveLength(before.length + 1)
  expect(after[0]).toMatchObject({
    handler: 'update-instance',
    status: 200,
    zone: 'ch-gva-2',
    uri: `/v2/instance/${id}`,
    'iam-api-key': { key: sandbox.key },
    'path-params': { id },
    'body-params': { labels: { a: 'b' } },
  })
})

test('a rejected mutation leaves an event with its status', async () => {
  const { id } = await client.findByName('shop-db-01')
  await client.ask('delete-instance', { parameters: { id } })
  await client.ask('resize-instance-disk', { parameters: { id }, body: { 'disk-size': 1 } })
  const [resize, refused] = await list()

  expect(refused).toMatchObject({ handler: 'delete-instance', status: 403 })
  expect(resize).toMatchObject({ handler: 'resize-instance-disk', status: 400 })
})

test('one day is returned by default, more with from and to, newest first', async () => {
  const day = await list()
  const from = new Date(Date.now() - 29 * 24 * 3_600_000).toISOString()
  const month = await list({ from })
  const to = new Date(Date.now() - 24 * 3_600_000).toISOString()
  const earlier = await list({ from, to })
  const times = month.map(({ timestamp = '' }) => timestamp)

  expect(day.length).toBeGreaterThan(0)
  expect(day.length + earlier.length).toBe(month.length)
  expect(earlier.length).toBeGreaterThan(0)
  expect(times).toEqual(times.toSorted().toReversed())
  expect((await client.ask('list-events', { query: { from: 'yesterday' } })).status).toBe(
    400,
  )
})

test('each event took time, and each user has a role', async () => {
  const { id } = await client.findByName('web-01')
  await client.perform('update-instance', { parameters: { id }, body: { name: 'web-1' } })
  await client.ask('stop-instance', { parameters: { id: 'not-an-id' } })
  const from = new Date(Date.now() - 29 * 24 * 3_600_000).toISOString()
  const events = await list({ from })

  const users = events.flatMap((event) => event['iam-user'] ?? [])
  expect(events.map((event) => event['elapsed-ms']).every((ms) => (ms ?? 0) > 0)).toBe(true)
  expect(users.length).toBeGreaterThan(0)
  for (const { role } of users)
    expect(role).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'operators',
    })
})
