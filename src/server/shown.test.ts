/** What is read again for pages, against a zone that counts what it is asked. */
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type { FeedEvent } from '#contract/feed.ts'

import { Shown, type ShownItem } from './shown.ts'
import {
  instanceId,
  json,
  startZone,
  withConsole,
  type TestZone,
} from './testing/test-zone.ts'
import { Reads } from './zone/reads.ts'
import { createZoneClient, type ZoneClient } from './zone/zone.ts'

let zone: TestZone
let client: ZoneClient
let shown: Shown
let told: FeedEvent[]
let isHeard: boolean

beforeEach(async () => {
  zone = await startZone()
  client = createZoneClient('ch-test-1', `http://127.0.0.1:${zone.port}/v2`, undefined)
  told = []
  isHeard = true
  // The network keeps its own time.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] })
  // The cache of reads takes a start at zero for none.
  vi.advanceTimersByTime(1_000)
  shown = new Shown(new Reads(), {
    publish: (event) => told.push(event),
    isHeard: () => isHeard,
  })
})
afterEach(async () => {
  vi.useRealTimers()
  shown.close()
  await client.close()
  await zone.close()
})

const item = (
  id: EndpointId,
  path: string,
  parameters: Record<string, string> = {},
): ShownItem => ({ id, zone: client, path, parameters })
const snapshots = () => item('list-snapshots', '/snapshot')
const oneInstance = (id: string) => item('get-instance', `/instance/${id}`, { id })

/** Lets time pass, tick by tick, with a moment for the answers of each. */
async function pass(seconds: number): Promise<void> {
  for (let tick = 0; tick < seconds * 2; tick += 1) {
    vi.advanceTimersByTime(500)
    await sleep(8)
  }
}

const asked = (name: string) => zone.asked.filter((one) => one === name).length

test('what others change is told within 15 seconds, once', async () => {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  await shown.read(snapshots())
  await pass(20)
  expect(told).toEqual([])

  zone.answers['GET /snapshot'] = json({ snapshots: [{ id: instanceId }] })
  await pass(15)

  expect(told).toEqual([
    { type: 'stale', zone: 'ch-test-1', endpoint: 'list-snapshots', parameters: {} },
  ])
  await pass(15)
  expect(told).toHaveLength(1)
})

test('a thousand readers cost the zone what one does', async () => {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  await shown.read(snapshots())
  await pass(60)
  const ofOne = asked('GET /snapshot')
  zone.asked.length = 0

  await pass(1)
  await Promise.all(Array.from({ length: 1_000 }, () => shown.read(snapshots())))
  for (let beat = 0; beat < 2; beat += 1) {
    for (let browser = 0; browser < 1_000; browser += 1) shown.show(snapshots())
    await pass(30)
  }

  expect(ofOne).toBeGreaterThanOrEqual(5)
  expect(asked('GET /snapshot')).toBeLessThanOrEqual(ofOne + 1)
})

test('a thousand instances are not followed, and lists stay fresh', async () => {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  shown.show(snapshots())
  for (let index = 0; index < 1_000; index += 1) {
    const id = `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`
    zone.answers[`GET /instance/${id}`] = json({ id })
    shown.show(oneInstance(id))
  }

  await pass(60)

  expect(zone.asked.length).toBeLessThanOrEqual(7)
  expect(asked('GET /snapshot')).toBeGreaterThanOrEqual(5)
})

test('some instances are followed at two reads a second at most, each within 15 seconds', async () => {
  const ids = Array.from(
    { length: 20 },
    (_, index) => `0b12cb6b-7e3e-4c0e-9e10-${String(index).padStart(12, '0')}`,
  )
  for (const id of ids) {
    zone.answers[`GET /instance/${id}`] = json({ id })
    await shown.read(oneInstance(id))
  }
  await pass(15)
  zone.asked.length = 0

  for (const id of ids) zone.answers[`GET /instance/${id}`] = json({ id, name: 'new' })
  await pass(15)

  expect(told).toHaveLength(20)
  expect(zone.asked.length).toBeLessThanOrEqual(30)
})

test('nothing is read for nobody: no browser listens, or the page has gone', async () => {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  isHeard = false
  shown.show(snapshots())
  await pass(30)
  expect(zone.asked).toEqual([])

  isHeard = true
  await pass(90)
  const before = zone.asked.length
  await pass(60)

  expect(before).toBeGreaterThan(0)
  expect(zone.asked).toHaveLength(before)
})

test('a read that fails is told when it works again, and is not hurried', async () => {
  zone.answers['GET /snapshot'] = json({ message: 'no' }, 403)
  await expect(shown.read(snapshots())).rejects.toThrow('no')
  await pass(50)
  expect(asked('GET /snapshot')).toBe(1)

  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  await pass(15)

  expect(told).toHaveLength(1)
})

test('what a page knows is not called stale because the zone fails', async () => {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  await shown.read(snapshots())

  zone.answers['GET /snapshot'] = json({ message: 'down' }, 403)
  await pass(15)
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  shown.show(snapshots())
  await pass(70)

  expect(told).toEqual([])
})

test('a thing that appears where there was none is told, and so is one that goes', async () => {
  const name = item('get-reverse-dns-instance', `/reverse-dns/instance/${instanceId}`, {
    id: instanceId,
  })
  await expect(shown.read(name)).rejects.toThrow()
  zone.answers[`GET ${name.path}`] = json({ 'domain-name': 'web.example.' })
  await pass(12)
  expect(told).toHaveLength(1)

  delete zone.answers[`GET ${name.path}`]
  await pass(12)

  expect(told).toHaveLength(2)
})

test('a browser says what its pages show, and only what the contract has is believed', () => {
  vi.useRealTimers()
  return withConsole(async (behind, { origin }) => {
    const feed = new AbortController()
    await fetch(`${origin}/api/feed?since=0`, { signal: feed.signal })
    behind.answers['GET /snapshot'] = json({ snapshots: [] })
    const say = async (value: unknown) => {
      const { status } = await fetch(`${origin}/api/shown`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-vedette': '1' },
        body: JSON.stringify(value),
      })
      return status
    }
    const one = { zone: 'ch-test-1', endpoint: 'list-snapshots', parameters: {} }

    expect(await say([one])).toBe(204)
    expect(
      await say([
        { ...one, zone: 'no-such-zone' },
        { ...one, endpoint: 'get-console-proxy-url', parameters: { id: instanceId } },
        { ...one, endpoint: 'list-templates', parameters: { visibility: 'public' } },
        { ...one, endpoint: 'get-instance', parameters: { id: '../quota' } },
        { ...one, endpoint: 'get-instance' },
        { ...one, endpoint: 'stop-instance', parameters: { id: instanceId } },
        null,
        7,
      ]),
    ).toBe(204)
    expect(await say({})).toBe(400)
    expect(await say(Array.from({ length: 201 }, () => one))).toBe(400)

    // It is read within ten seconds, and a busy machine is late.
    await vi.waitFor(() => expect(behind.asked).toContain('GET /snapshot'), {
      timeout: 30_000,
    })
    await sleep(2_000)
    feed.abort()
    expect([...new Set(behind.asked)].sort()).toEqual(['GET /instance', 'GET /snapshot'])
  })
})
