/**
 * Who stays signed in, by the page's end and the real server. It stands here because it joins two parts: the web's
 * client and the server.
 */
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { SESSION_IDLE_MS } from '#contract/people/people.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { enterBrowser, type TestBrowser } from '#server/testing/test-browser.ts'
import { later, localSession } from '#server/testing/test-house.ts'
import { firstAdmin } from '#server/testing/test-people.ts'
import {
  json,
  startConsole,
  startZone,
  type TestConsole,
  type TestZone,
} from '#server/testing/test-zone.ts'
import { keepSession } from '#web/api/keep-session.ts'
import * as queries from '#web/api/queries.ts'

const zoneName = 'ch-test-1'
const minuteMs = 60_000

let zone: TestZone
let store: Store
let server: TestConsole
let browser: TestBrowser
/** The requests that the page sent. */
let asked: string[]

beforeEach(async () => {
  zone = await startZone()
  store = await openStore(':memory:')
  server = await startConsole(zone, { session: localSession, store })
  const { cookie } = await firstAdmin(server.origin, store)
  browser = enterBrowser(server.origin)
  asked = []
  const send = globalThis.fetch
  globalThis.fetch = (path, init) => {
    asked.push(`${init?.method} ${String(path)}`)
    return send(path, { ...init, headers: { ...init?.headers, cookie } })
  }
})
afterEach(async () => {
  vi.useRealTimers()
  browser.leave()
  await server.close()
  await zone.close()
})

/** A page as it is loaded now. */
async function aPage(): Promise<QueryClient> {
  const page = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  expect(await page.fetchQuery(queries.sessionQuery)).toMatchObject({ signIn: 'local' })
  keepSession(page)
  return page
}

/** For how long the server has known of no use. */
async function idleMs(): Promise<number> {
  const row = store.selectFrom('session').select('seen_at')
  return Date.now() - Number((await row.executeTakeFirstOrThrow()).seen_at)
}

test.each(['keydown', 'pointerdown', 'wheel', 'click'] as const)(
  'someone who only reads stays signed in by a %s, also the first after the page was loaded',
  async (how) => {
    later(SESSION_IDLE_MS - minuteMs)
    await aPage()
    expect(await idleMs()).toBeGreaterThan(SESSION_IDLE_MS - 2 * minuteMs)

    browser.use(how)
    await expect.poll(idleMs).toBeLessThan(minuteMs)
    later(SESSION_IDLE_MS - minuteMs)
    browser.use(how)

    await expect.poll(idleMs).toBeLessThan(minuteMs)
    browser.use(how)
    expect(asked.filter((one) => one === 'POST /api/here')).toHaveLength(2)
  },
)

test('a page that is left open is no use, whatever it reads again', async () => {
  const page = await aPage()
  later(SESSION_IDLE_MS - minuteMs)
  zone.answers['GET /snapshot'] = json({ snapshots: [] })
  zone.answers['GET /security-group'] = json({ 'security-groups': [] })
  await page.fetchQuery(queries.snapshotsQuery(zoneName))
  await page.fetchQuery(queries.securityGroupsQuery(zoneName))
  expect(asked).toHaveLength(3)
  expect(await idleMs()).toBeGreaterThan(SESSION_IDLE_MS - 2 * minuteMs)

  later(minuteMs)

  const again = page.fetchQuery({ ...queries.sessionQuery, staleTime: 0 })
  await expect(again).rejects.toMatchObject({ problem: { status: 401 } })
})
