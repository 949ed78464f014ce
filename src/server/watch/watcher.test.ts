/** The watcher against zones that change, hang, fail and fill up. */
import { expect, onTestFinished, test, vi } from 'vitest'

import type { Inventory } from '#contract/feed.ts'

import { laterMeasured } from '../testing/test-house.ts'
import {
  gate,
  instanceId,
  json,
  startConsole,
  startZone,
  withConsole,
} from '../testing/test-zone.ts'
import { Reads } from '../zone/reads.ts'
import { createZoneClient } from '../zone/zone.ts'
import { followPauseMs } from './operations.ts'
import { downPauseMs } from './watched.ts'
import { Watcher } from './watcher.ts'

const named = (name: string) => ({
  id: instanceId,
  name,
  state: 'running',
  'created-at': '2026-01-01T00:00:00Z',
})

async function inventoryOf(origin: string): Promise<Inventory> {
  const answer = await fetch(`${origin}/api/inventory`)
  return (await answer.json()) as Inventory // Vedette's own response
}

/** Any change, after which the zone is polled. */
const deleteKey = (origin: string) =>
  fetch(`${origin}/api/zones/ch-test-1/ssh-key/x`, {
    method: 'DELETE',
    headers: { 'x-vedette': '1' },
  })

/** Reads a feed until a text has appeared; returns all of it. */
async function hear(origin: string, since: number, text: string): Promise<string> {
  const stop = new AbortController()
  const answer = await fetch(`${origin}/api/feed?since=${since}`, { signal: stop.signal })
  let said = ''
  const decoder = new TextDecoder()
  const reader = answer.body?.getReader()
  if (!reader) throw new Error('the feed has no body')
  while (!said.includes(text)) {
    const { value, done } = await reader.read()
    if (done) break
    said += decoder.decode(value, { stream: true })
  }
  stop.abort()
  return said
}

test('the first inventory waits for the first response', async () => {
  const zone = await startZone()
  const { opened, open } = gate()
  zone.answers['GET /instance'] = (request, response) =>
    void opened.then(() => json({ instances: [named('web-01')] })(request, response))
  const console = await startConsole(zone)

  const asked = inventoryOf(console.origin)
  open()
  const { zones } = await asked

  expect(zones).toMatchObject([
    { zone: 'ch-test-1', status: 'ok', instances: [named('web-01')] },
  ])
  await console.close()
  await zone.close()
})

test('ten thousand rows arrive complete and compressed', () =>
  withConsole(async (zone, { origin }) => {
    const instances = Array.from({ length: 10_000 }, (_, index) => ({
      ...named(`web-${index}`),
      id: `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`,
    }))
    zone.answers['GET /instance'] = json({ instances })
    await inventoryOf(origin)
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    await deleteKey(origin)
    // Not by the feed: a megabyte at once may be more than a busy reader's socket holds.
    await expect
      .poll(async () => (await inventoryOf(origin)).zones[0]?.instances.length)
      .toBe(10_000)

    const answer = await fetch(`${origin}/api/inventory`)

    expect(answer.headers.get('content-encoding')).toBe('gzip')
    const { zones } = (await answer.json()) as Inventory // Vedette's own response
    expect(zones[0]?.instances).toHaveLength(10_000)
  }))

test('following the feed is enough to get changes', () =>
  withConsole(async (zone, { origin }) => {
    const { seq } = await inventoryOf(origin)
    zone.answers['GET /instance'] = json({ instances: [named('late-01')] })
    const hearing = hear(origin, seq, 'late-01')
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    await deleteKey(origin)

    expect(await hearing).toContain('"upsert":[{"id"')
  }))

test('a zone that is down counts as up as soon as someone’s read succeeds', async () => {
  const zone = await startZone()
  zone.answers['GET /instance'] = json({ message: 'broken' }, 500)
  const { origin, close } = await startConsole(zone)
  const { seq, zones } = await inventoryOf(origin)
  expect(zones).toMatchObject([{ status: 'down', problem: { code: 'zone-failed' } }])

  zone.answers['GET /instance'] = json({ instances: [named('back-01')] })
  const hearing = hear(origin, seq, '"status":"ok"')
  await fetch(`${origin}/api/zones/ch-test-1/instance`)

  expect(await hearing).toContain('back-01')
  await close()
  await zone.close()
})

test('a poll whose answer is lost in a short break is made up for within five seconds', () =>
  withConsole(async (zone, { origin }) => {
    const nameNow = async () =>
      (await inventoryOf(origin)).zones[0]?.instances.map(({ name }) => name)
    zone.answers['GET /instance'] = json({ instances: [named('web-01')] })
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    await deleteKey(origin)
    await expect.poll(nameNow).toEqual(['web-01'])
    zone.answers['GET /instance'] = () => {
      zone.answers['GET /instance'] = json({ instances: [named('web-02')] })
    }
    await deleteKey(origin)

    await expect.poll(nameNow, { timeout: 5_000 }).toEqual(['web-02'])
    expect((await inventoryOf(origin)).zones[0]?.status).toBe('ok')
  }))

test('zones are ordered by name, and a failing zone hides no other', async () => {
  const zone = await startZone(['de-test-1', 'at-test-1', 'ch-test-1'])
  const { origin, close } = await startConsole(zone)

  const { zones } = await inventoryOf(origin)

  expect(zones.map(({ zone }) => zone)).toEqual(['at-test-1', 'ch-test-1', 'de-test-1'])
  await close()
  await zone.close()
})

test('an operation that the zone no longer knows ends as unknown', () =>
  withConsole(async (zone, { origin }) => {
    const { seq } = await inventoryOf(origin)
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'pending' })
    const hearing = hear(origin, seq, '"state":"unknown"')
    await deleteKey(origin)

    expect(await hearing).toContain('"endpoint":"delete-ssh-key"')
  }))

test('pauses grow like those of official clients', () => {
  expect([1, 2, 3, 4, 9].map(downPauseMs)).toEqual([10_000, 20_000, 40_000, 60_000, 60_000])
  expect([0, 20_000, 900_000, 3_600_000].map(followPauseMs)).toEqual([
    1_000, 3_000, 60_000, 60_000,
  ])
})

test('an operation of an earlier process is followed once its zone is found', async () => {
  const zone = await startZone()
  zone.answers['GET /operation/an-operation'] = json({
    id: 'an-operation',
    state: 'success',
  })
  const watcher = new Watcher(new Reads())
  const client = createZoneClient(
    'ch-test-1',
    `http://127.0.0.1:${zone.port}/v2`,
    undefined,
  )
  const ended = watcher.followToEnd({
    id: 'an-operation',
    zone: 'ch-test-1',
    endpoint: 'stop-instance',
    state: 'pending',
    startedAt: Date.now(),
    by: 'Ana',
  })

  watcher.watch(client)

  expect((await ended).state).toBe('success')
  watcher.close()
  await client.close()
  await zone.close()
})

test('a zone that is down for another reason says so', async () => {
  const zone = await startZone()
  zone.answers['GET /instance'] = json({ message: 'Forbidden by role policy' }, 403)
  const console = await startConsole(zone)
  try {
    const { seq, zones } = await inventoryOf(console.origin)
    expect(zones[0]?.problem?.code).toBe('denied')

    zone.answers['GET /instance'] = json({ message: 'Invalid signature' }, 403)
    const hearing = hear(console.origin, seq, 'bad-credentials')
    await deleteKey(console.origin)

    expect(await hearing).toContain('"status":"down"')
  } finally {
    await console.close()
    await zone.close()
  }
})

test('a clock that is set back stops no list', () =>
  withConsole(async (zone, { origin }) => {
    await inventoryOf(origin)
    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 20 * 60_000 })
    zone.answers['GET /instance'] = json({ instances: [named('new-01')] })
    zone.answers['DELETE /ssh-key/x'] = json({ id: instanceId, state: 'success' })
    await deleteKey(origin)

    await expect
      .poll(async () => (await inventoryOf(origin)).zones[0]?.instances[0]?.name)
      .toBe('new-01')
  }))

test('right after the start, rights wait for the first answer of a zone', async () => {
  laterMeasured(-performance.now())
  const zone = await startZone()
  const { opened, open } = gate()
  zone.answers['GET /instance'] = (request, response) =>
    void opened.then(() => json({ instances: [named('web-01')] })(request, response))
  const watcher = new Watcher(new Reads())
  const client = createZoneClient(
    'ch-test-1',
    `http://127.0.0.1:${zone.port}/v2`,
    undefined,
  )
  watcher.watch(client)

  const recent = watcher.recent()
  open()
  await recent

  expect(watcher.zoneOf(instanceId)).toBe('ch-test-1')
  watcher.close()
  await client.close()
  await zone.close()
})
