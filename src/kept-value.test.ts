/**
 * The values that a browser follows for a person, against the real server through cut lines. It stands here because it
 * joins two parts.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import {
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import { followFavorites, mostFavorites } from '#web/api/follow-favorites.ts'
import { rowOf, useInventory } from '#web/api/inventory.ts'
import { KeptValue } from '#web/api/kept-value.ts'
import { readKept, writeKept } from '#web/api/kept.ts'
import { useFavorites } from '#web/stores/favorites.ts'
import { useSignedOut } from '#web/stores/signed-out.ts'

let zone: TestZone
let server: TestConsole
let browser: TestBrowser
let isCut = false
/** How often the browser came to the server while the line was cut. */
let calls = 0
let followed: { close(): void } | undefined
const freshInventory = useInventory.getState()

beforeEach(async () => {
  zone = await startZone()
  server = await startConsole(zone)
  isCut = false
  calls = 0
  server.app.server.on('connection', (socket) => {
    if (!isCut) return
    calls += 1
    socket.destroy()
  })
  browser = enterBrowser(server.origin)
  await writeKept('favorites', ['one'])
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  followed?.close()
  useInventory.setState(freshInventory, true)
  vi.useRealTimers()
  useSignedOut.setState({ out: false })
  browser.leave()
  await server.close()
  await zone.close()
})

/** What is shown, with `unread` for a value that couldn't be read. */
function follow(): unknown[] {
  const shown: unknown[] = []
  followed = new KeptValue<unknown[]>({
    name: 'favorites',
    parse: (value) => (Array.isArray(value) ? value : []),
    show: (value, isUnread) => shown.push(value ?? (isUnread ? 'unread' : 'unknown')),
  })
  return shown
}

function cut(): void {
  isCut = true
  server.app.server.closeAllConnections()
}

/** Lets requests go their way for as long as it takes, while the clock stands still. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!holds() && performance.now() < end)
    await new Promise((resolve) => setImmediate(resolve))
  expect(holds()).toBe(true)
}

test('a value that couldn’t be read is read again, ever more seldom, until it is known', async () => {
  cut()
  const shown = follow()
  await until(() => shown.length === 1)
  expect(shown).toEqual(['unread'])

  let failures = 1
  for (const longestMs of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    vi.advanceTimersByTime(longestMs * 0.8 - 1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(calls).toBe(failures)
    vi.advanceTimersByTime(longestMs * 0.2 + 1)
    failures += 1
    await until(() => shown.length === failures)
    expect(calls).toBe(failures)
  }

  isCut = false
  vi.advanceTimersByTime(60_000)
  await until(() => shown.length > failures)
  expect(shown.at(-1)).toEqual(['one'])
  expect(vi.getTimerCount()).toBe(0)
})

test('it is read at once when the network is back or someone has signed in again', async () => {
  cut()
  const shown = follow()
  await until(() => shown.length === 1)

  useSignedOut.setState({ out: true })
  vi.advanceTimersByTime(2_000)
  await until(() => shown.length === 2)
  // Without anyone signed in, the next read would be refused.
  expect(vi.getTimerCount()).toBe(0)
  useSignedOut.setState({ out: false })
  await until(() => shown.length === 3)
  isCut = false
  browser.online()
  await until(() => shown.length === 4)

  expect(shown.at(-1)).toEqual(['one'])
  // What is known isn't read for this.
  browser.online()
  expect(shown).toHaveLength(4)
})

test('after the end nothing is read again', async () => {
  cut()
  const shown = follow()
  await until(() => shown.length === 1)

  followed?.close()
  const before = calls
  vi.advanceTimersByTime(120_000)
  browser.online()
  await new Promise((resolve) => setImmediate(resolve))

  expect(vi.getTimerCount()).toBe(0)
  expect(calls).toBe(before)
})

/** As one of several tabs has it. */
const inTab = (name: string) =>
  new KeptValue<string[]>({
    name,
    parse: (value) => (Array.isArray(value) ? value.map(String) : []),
    show: () => undefined,
  })

test('tabs that change it in the same moment keep each other’s changes', async () => {
  const tabs = Array.from({ length: 4 }, () => inTab('favorites'))

  await Promise.all(tabs.map((tab, at) => tab.change((now) => [...now, `tab ${at}`])))

  // As the tabs stored it.
  const value = (await readKept('favorites')).value as string[]
  expect(value.toSorted()).toEqual(['one', 'tab 0', 'tab 1', 'tab 2', 'tab 3'])
  for (const tab of tabs) tab.close()
})

test('a page that is closed stores what it was about to store', async () => {
  let writes = 0
  server.app.server.on('request', ({ method }) => {
    if (method === 'PUT') writes += 1
  })
  const tab = inTab('favorites')
  await tab.read()
  const storing = tab.change((now) => [...now.filter((one) => one !== 'two'), 'two'])

  browser.close()
  tab.close()

  await storing
  await until(() => writes >= 2)
  expect((await readKept('favorites')).value).toEqual(['one', 'two'])
  browser.close()
  await writeKept('favorites', [])
  expect((await readKept('favorites')).value).toEqual([])
})

test('one favorite more than can be stored is refused, unless others are of instances that are gone', async () => {
  const full = Array.from({ length: mostFavorites }, (_, at) => `ch-test-1/${at}`)
  await writeKept('favorites', full)
  const told: unknown[] = []
  followed = {
    close: followFavorites({
      failure: (error) => told.push(error),
      full: () => told.push('full'),
    }),
  }
  const { toggle } = useFavorites.getState()
  const count = () => useFavorites.getState().keys?.size
  await until(() => count() === mostFavorites)

  // As long as the zone isn't read, its instances may be there.
  toggle?.('ch-test-1/more')
  expect(told).toEqual(['full'])
  expect(count()).toBe(mostFavorites)

  const there = [...full.slice(1), 'ch-test-1/more'].map((key) => {
    const [zone = '', id = ''] = key.split('/')
    return [key, rowOf(zone, { id, state: 'running' })] as const
  })
  useInventory.setState({
    rows: new Map(there),
    zones: [{ zone: 'ch-test-1', status: 'ok', at: Date.now() }],
  })
  toggle?.('ch-test-1/more')
  expect(told).toEqual(['full'])
  const kept = [...full.slice(1), 'ch-test-1/more']
  expect([...(useFavorites.getState().keys ?? [])]).toEqual(kept)
  let stored: unknown
  for (let tries = 0; tries < 200 && stored === undefined; tries += 1) {
    const { value } = await readKept('favorites')
    if (Array.isArray(value) && value.includes('ch-test-1/more')) stored = value
  }
  expect(stored).toEqual(kept)
})
