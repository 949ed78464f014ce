/** A request key lets one request through, also across a restart of the server. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { KEY_HEADER, KEY_KEPT_MS } from '#contract/once.ts'
import type { Problem } from '#contract/problem.ts'

import { openStore, type Store } from '../store/store.ts'
import {
  instanceId,
  json,
  startConsole,
  startZone,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const reboot = `PUT /instance/${instanceId}:reboot`
const operation = { id: '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a', state: 'success' }
const below = (path: string) => `/api/zones/ch-test-1${path}`

async function send(
  { origin }: TestConsole,
  method: string,
  path: string,
  key: string | undefined,
  body?: unknown,
) {
  const answer = await fetch(`${origin}${below(path)}`, {
    method,
    headers: {
      'x-vedette': '1',
      ...(key ? { [KEY_HEADER]: key } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  // Most tests look at refusals.
  return { status: answer.status, body: (await answer.json()) as Problem }
}

const rebootOf = (console: TestConsole, key?: string) =>
  send(console, 'PUT', `/instance/${instanceId}:reboot`, key)
const count = ({ asked }: TestZone, what: string) =>
  asked.filter((one) => one === what).length

/** Answers after a while, as a busy zone does. */
const slowly =
  (answer: ReturnType<typeof json>): ReturnType<typeof json> =>
  async (...given) => {
    await wait(150)
    answer(...given)
  }

test('of two requests of one key, 10 ms apart, the zone gets one', async () => {
  await withConsole(async (zone, console) => {
    zone.answers[reboot] = slowly(json(operation))
    const key = randomUUID()

    const first = rebootOf(console, key)
    await wait(10)
    const second = await rebootOf(console, key)

    expect(second.status).toBe(409)
    expect(second.body).toMatchObject({
      code: 'already-sent',
      cause: { code: 'already-sent-unknown' },
    })
    expect(second.body.cause?.at).toBeCloseTo(Date.now(), -5)
    expect((await first).status).toBe(200)
    expect(count(zone, reboot)).toBe(1)
    // Once the first is answered, it is known that it was accepted.
    expect((await rebootOf(console, key)).body.cause?.code).toBe('already-sent')
    expect(count(zone, reboot)).toBe(1)
  })
})

test('a key stays taken when the server is started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-once-'))
  const file = join(folder, 'store.db')
  const zone = await startZone()
  const key = randomUUID()
  try {
    zone.answers[reboot] = json(operation)
    const before = await startConsole(zone, { store: await openStore(file) })
    expect((await rebootOf(before, key)).status).toBe(200)
    await before.close()

    const after = await startConsole(zone, { store: await openStore(file) })
    const again = await rebootOf(after, key)
    await after.close()

    expect(again.body.cause?.code).toBe('already-sent')
    expect(count(zone, reboot)).toBe(1)
  } finally {
    await zone.close()
    rmSync(folder, { recursive: true })
  }
})

test('a refusal frees the key, and an unknown outcome keeps it', async () => {
  await withConsole(async (zone, console) => {
    const key = randomUUID()
    zone.answers[reboot] = json({ message: 'not now' }, 409)
    expect((await rebootOf(console, key)).body.message).toBe('not now')
    zone.answers[reboot] = json({ message: 'internal error' }, 500)
    expect((await rebootOf(console, key)).body.unknownOutcome).toBe(true)
    zone.answers[reboot] = json(operation)

    const third = await rebootOf(console, key)

    expect(third.body.cause?.code).toBe('already-sent-unknown')
    expect(count(zone, reboot)).toBe(2)
  })
})

test('without a key each request is sent, and a key that is no UUID is refused', async () => {
  await withConsole(async (zone, console) => {
    zone.answers[reboot] = json(operation)
    await rebootOf(console)
    await rebootOf(console)
    expect(count(zone, reboot)).toBe(2)

    const wrong = await rebootOf(console, 'twice')
    expect(wrong.status).toBe(400)
    expect(wrong.body.cause?.code).toBe('bad-key')
    expect(count(zone, reboot)).toBe(2)
  })
})

test('a change that never reached the zone leaves its key free', async () => {
  await withConsole(async (zone, console) => {
    const key = randomUUID()
    const path = `/instance/${instanceId}:scale`
    const wrong = await send(console, 'PUT', path, key, { size: 'big' })
    expect(wrong.status).toBe(400)
    zone.answers[`PUT ${path}`] = json(operation)

    const type = { 'instance-type': { id: randomUUID() } }
    expect((await send(console, 'PUT', path, key, type)).status).toBe(200)
  })
})

const template = { id: randomUUID() }
const type = { id: randomUUID() }
const order = { body: { name: 'web', template, 'instance-type': type, 'disk-size': 10 } }

/** Each kind of request that a page sends, and what the zone gets of it. */
const kinds: Record<string, { path: string; body?: unknown; upstream: string }> = {
  'an order of instances': {
    path: '/creations',
    body: order,
    upstream: 'POST /instance',
  },
  'a chain': {
    path: '/chains',
    body: { instanceId, request: { endpoint: 'create-snapshot' } },
    upstream: `POST /instance/${instanceId}:create-snapshot`,
  },
  'a snapshot with a note': {
    path: `/snapshots/${instanceId}`,
    body: { note: 'before the update' },
    upstream: `POST /instance/${instanceId}:create-snapshot`,
  },
}

test.each(Object.entries(kinds))('%s is sent once', async (_name, kind) => {
  await withConsole(async (zone, console) => {
    const { path, body, upstream } = kind
    zone.answers[`GET /instance/${instanceId}`] = json({
      id: instanceId,
      name: 'web',
      state: 'running',
    })
    zone.answers['GET /instance-type'] = json({ 'instance-types': [] })
    zone.answers['GET /snapshot'] = json({ snapshots: [] })
    zone.answers[upstream] = slowly(json({ ...operation, reference: { id: randomUUID() } }))
    const key = randomUUID()

    const first = send(console, 'POST', path, key, body)
    await wait(10)
    const second = await send(console, 'POST', path, key, body)

    expect(second.body.code).toBe('already-sent')
    expect((await first).status).toBe(200)
    await expect.poll(() => count(zone, upstream)).toBe(1)
    await wait(300)
    expect(count(zone, upstream)).toBe(1)
  })
})

test('the key of an order is the batch of its chains, by which a page finds them', async () => {
  await withConsole(async (zone, console) => {
    zone.answers['POST /instance'] = json({ ...operation, reference: { id: randomUUID() } })
    const key = randomUUID()

    const { body } = await send(console, 'POST', '/creations', key, order)

    expect(body).toMatchObject([{ batch: key }])
  })
})

const keysIn = (store: Store) => store.selectFrom('request_key').select('key').execute()

test('keys are dropped after a day', async () => {
  const store = await openStore(':memory:')
  await withConsole(
    async (zone, console) => {
      zone.answers[reboot] = json(operation)
      const [old, fresh] = [randomUUID(), randomUUID()]
      await rebootOf(console, old)
      await store
        .updateTable('request_key')
        .set({ at: Date.now() - KEY_KEPT_MS - 1 })
        .execute()

      await rebootOf(console, fresh)

      expect(await keysIn(store)).toEqual([{ key: fresh }])
    },
    { store },
  )
})
