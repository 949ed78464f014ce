/**
 * The browser's end of the feed against the real server, through cut lines and silences. It stands here because
 * it joins two parts: the web's feed and the server.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { linesPath } from '#contract/wire/inventory-lines.ts'
import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import {
  instanceId,
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import { Feed, onOperationEnd } from '#web/api/feed.ts'
import { useInventory } from '#web/api/inventory.ts'
import { callOf, sendCall } from '#web/api/mutations.ts'
import { newKey } from '#web/api/once.ts'
import { instanceQuery, snapshotsQuery } from '#web/api/queries.ts'

/** The lines between the page and its server: what goes over them, and how to cut them. */
type Lines = {
  inventories: number
  /** Streams so far, those open now, and the most that were open at once. */
  streams: { total: number; open: number; most: number }
  cut(): void
  mend(): void
  /** From now on, requests whose path matches are never answered. */
  swallow: RegExp | undefined
}

function linesOf({ app }: TestConsole): Lines {
  let isCut = false
  const lines: Lines = {
    inventories: 0,
    streams: { total: 0, open: 0, most: 0 },
    cut() {
      isCut = true
      app.server.closeAllConnections()
    },
    mend() {
      isCut = false
    },
    swallow: undefined,
  }
  app.server.on('connection', (socket) => {
    if (isCut) socket.destroy()
  })
  const answer = app.server.listeners('request')
  app.server.removeAllListeners('request')
  app.server.on('request', (request, response) => {
    const { url = '' } = request
    if (url === linesPath) lines.inventories += 1
    if (url.startsWith('/api/feed')) {
      const { streams } = lines
      streams.total += 1
      streams.open += 1
      streams.most = Math.max(streams.most, streams.open)
      response.on('close', () => (streams.open -= 1))
    }
    if (lines.swallow?.test(url)) return
    for (const one of answer) Reflect.apply(one, app.server, [request, response])
  })
  return lines
}

/** The zones that Exoscale names. */
const names = ['ch-test-1']
let zone: TestZone
let console_: TestConsole
let lines: Lines
let browser: TestBrowser
let feed: Feed | undefined
const fresh = useInventory.getState()

beforeEach(async () => {
  names.splice(1)
  zone = await startZone(names)
  console_ = await startConsole(zone)
  lines = linesOf(console_)
  browser = enterBrowser(console_.origin)
  useInventory.setState(fresh, true)
})
afterEach(async () => {
  feed?.close()
  feed = undefined
  browser.leave()
  await console_.close()
  await zone.close()
})

function follow(quietMs?: number): { feed: Feed; queries: QueryClient } {
  const queries = new QueryClient()
  feed = new Feed(queries, quietMs)
  return { feed, queries }
}

const until = (holds: () => boolean, timeout = 20_000) =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout, interval: 5 })
const isLive = () => useInventory.getState().feed === 'live'
const isLost = () => useInventory.getState().feed === 'lost'

const instance = (name: string) => ({ id: instanceId, name, state: 'running' })

/** Stops the instance through this server, which looks at the zone at once. */
async function stop(): Promise<void> {
  zone.answers[`PUT /instance/${instanceId}:stop`] = json({
    id: randomUUID(),
    state: 'success',
    reference: { id: instanceId },
  })
  const target = { zone: 'ch-test-1', id: instanceId }
  await sendCall(callOf(target, { part: 'change', endpoint: 'stop-instance' }), newKey())
}

test('a change of the zone arrives over one stream, and listeners hear of its end', async () => {
  const ended: string[] = []
  const forget = onOperationEnd(({ endpoint }) => ended.push(endpoint))
  await follow().feed.begin()
  await until(isLive)

  zone.answers['GET /instance'] = json({ instances: [instance('web-01')] })
  await stop()

  await until(() => useInventory.getState().rows.size === 1)
  await until(() => ended.length === 1)
  forget()
  expect(ended).toEqual(['stop-instance'])
  expect(lines.streams).toEqual({ total: 1, open: 1, most: 1 })
})

test('twenty cut lines in a row, each back with the network, leave one stream', async () => {
  await follow().feed.begin()
  await until(isLive)

  for (let cut = 0; cut < 20; cut += 1) {
    lines.cut()
    await until(isLost)
    lines.mend()
    browser.online()
    await until(isLive)
  }
  // As long as the longest pause after a first failure, and a bit more.
  await sleep(1_500)

  expect(lines.streams).toEqual({ total: 21, open: 1, most: 1 })
  expect(lines.inventories).toBe(21)
})

test('a network that comes back several times at once starts one attempt', async () => {
  await follow().feed.begin()
  await until(isLive)
  lines.cut()
  await until(isLost)
  lines.mend()

  for (let time = 0; time < 10; time += 1) browser.online()
  await until(isLive)
  await sleep(1_500)

  expect(lines.streams).toEqual({ total: 2, open: 1, most: 1 })
})

test('without a word from the network, a cut line is tried again after a pause', async () => {
  await follow().feed.begin()
  await until(isLive)
  lines.cut()
  await until(isLost)
  // The first attempt fails, too, and the pause after it is longer.
  await sleep(1_300)
  lines.mend()
  const mendedAt = Date.now()

  await until(isLive)

  expect(Date.now() - mendedAt).toBeGreaterThan(200)
  expect(lines.streams).toMatchObject({ open: 1, most: 1 })
})

test('a stream that falls silent is replaced', async () => {
  await follow(400).feed.begin()
  await until(isLive)

  await until(isLost)
  await until(isLive)

  await until(() => lines.streams.open === 1)
  expect(lines.streams.total).toBe(2)
})

test.each([/inventory/, /feed/])(
  'a request for %s that hangs is given up, and the next one holds',
  async (swallow) => {
    lines.swallow = swallow
    void follow(400).feed.begin()

    await until(isLost)
    lines.swallow = undefined
    await until(isLive)

    await until(() => lines.streams.open === 1)
  },
)

test('what an attempt that was replaced still hears is not believed', async () => {
  lines.swallow = /inventory/
  const first = follow().feed.begin()
  await until(() => lines.inventories === 1)
  lines.swallow = undefined
  await feed?.begin()
  await first

  await until(isLive)
  await sleep(300)
  expect(lines.inventories).toBe(2)
  expect(lines.streams).toEqual({ total: 1, open: 1, most: 1 })
})

test('a feed that is closed asks for nothing any more, however it stood', async () => {
  const { feed: live } = follow()
  await live.begin()
  await until(isLive)
  live.close()
  live.close()
  await until(() => lines.streams.open === 0)

  const { feed: waiting } = follow()
  lines.cut()
  await waiting.begin()
  waiting.close()
  lines.mend()
  browser.online()
  await live.begin()

  const { inventories } = lines
  await sleep(1_500)
  expect(lines.inventories).toBe(inventories)
  expect(lines.streams).toEqual({ total: 1, open: 0, most: 1 })
})

test('a tab that is hidden before the frame it was promised still applies changes', async () => {
  await follow().feed.begin()
  await until(isLive)
  globalThis.requestAnimationFrame = () => {
    browser.show(false)
    return 1
  }
  zone.answers['GET /instance'] = json({ instances: [instance('web-01')] })

  await stop()

  await until(() => useInventory.getState().rows.size === 1)
})

const snapshot = { id: instanceId, name: 'backup', state: 'exported' }

/** A page that shows the snapshots, and how many it shows. */
async function showSnapshots(queries: QueryClient): Promise<() => number | undefined> {
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  const observer = new QueryObserver(queries, snapshotsQuery('ch-test-1'))
  observer.subscribe(() => undefined)
  await until(() => observer.getCurrentResult().data?.length === 0)
  return () => observer.getCurrentResult().data?.length
}

test('what others change is shown within 15 seconds', async () => {
  const { queries } = follow()
  await feed?.begin()
  await until(isLive)
  const count = await showSnapshots(queries)

  zone.answers['GET /snapshot'] = json({ snapshots: [snapshot] })

  await until(() => count() === 1, 15_000)
  queries.clear()
})

test('what others change is shown at once when the window gets the focus', async () => {
  const { queries } = follow()
  await feed?.begin()
  await until(isLive)
  const count = await showSnapshots(queries)
  // A list is shared for a second, whoever asks.
  await sleep(1_100)

  zone.answers['GET /snapshot'] = json({ snapshots: [snapshot] })
  browser.focus()

  await until(() => count() === 1, 1_000)
  queries.clear()
})

test('what changed while the line was cut is shown when it is back', async () => {
  const { queries } = follow()
  await feed?.begin()
  await until(isLive)
  const count = await showSnapshots(queries)
  lines.cut()
  await until(isLost)
  zone.answers['GET /snapshot'] = json({ snapshots: [snapshot] })
  await sleep(1_100)

  lines.mend()
  browser.online()

  await until(() => count() === 1, 3_000)
  queries.clear()
})

test('an operation on one instance has only that one read again', async () => {
  const { queries } = follow()
  const otherId = '5a1b7a52-6f0e-4d3c-8b0a-0c8f2b1f7c11'
  const ids = [instanceId, otherId]
  for (const id of ids) {
    zone.answers[`GET /instance/${id}`] = json({ ...instance('web-01'), id })
    new QueryObserver(queries, instanceQuery('ch-test-1', id)).subscribe(() => undefined)
  }
  await feed?.begin()
  await until(isLive)
  await until(() => ids.every((id) => zone.asked.includes(`GET /instance/${id}`)))
  zone.asked.length = 0

  await stop()

  await until(() => zone.asked.includes(`GET /instance/${instanceId}`))
  await sleep(1_000)
  expect(zone.asked).not.toContain(`GET /instance/${otherId}`)
  queries.clear()
})

test('a zone that Exoscale adds appears without a restart, with its instances', async () => {
  await follow().feed.begin()
  await until(isLive)
  zone.answers['GET /instance'] = json({ instances: [instance('web-01')] })

  names.push('ch-test-2')

  const rowIn = (name: string) => useInventory.getState().rows.get(`${name}/${instanceId}`)
  await until(() => rowIn('ch-test-2') !== undefined, 30_000)
  const { zones } = useInventory.getState()
  expect(zones.map(({ zone: name, status }) => [name, status])).toEqual([
    ['ch-test-1', 'ok'],
    ['ch-test-2', 'ok'],
  ])
})

test('the page asks for the inventory before its code has come', () => {
  const page = readFileSync(join(import.meta.dirname, '../index.html'), 'utf8')
  expect(page).toContain(`href="${linesPath}"`)
})
