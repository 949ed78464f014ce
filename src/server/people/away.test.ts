/** What people can do while PostgreSQL is away; without one, the tests are skipped. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { openStore } from '../store/store.ts'
import { later, localSession } from '../testing/test-house.ts'
import { firstAdmin, invited, TestPerson } from '../testing/test-people.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { instanceId, startConsole, startZone } from '../testing/test-zone.ts'

const programs = findPostgres()

let database: TestPostgres | undefined
beforeAll(async () => {
  if (programs) database = await startPostgres(programs)
}, 60_000)
afterAll(() => database?.close())

describe.skipIf(!programs)('PostgreSQL is away', () => {
  test('who was signed in still reads, nobody else comes in, and nothing is changed', async () => {
    const zone = await startZone()
    const store = await openStore(database?.url ?? '')
    const { origin, close } = await startConsole(zone, { session: localSession, store })
    const ana = await firstAdmin(origin, store)
    const { person: ben, id } = await invited(ana, origin, {
      name: 'Ben',
      role: 'operator',
    })
    const { person: cleo, id: other } = await invited(ana, origin, {
      name: 'Cleo',
      role: 'operator',
    })
    await cleo.session()
    await ana.send('PUT', `/api/people/${other}`, { disabled: true })
    await ben.session()
    const asked = zone.asked.length

    await database?.kill()

    const stop = `/api/zones/ch-test-1/instance/${instanceId}:stop`
    expect(await ben.told('GET', '/api/inventory')).toBe('200')
    // A screen is opened only with its entry in the audit log.
    const screen = `/api/zones/ch-test-1/console/${instanceId}`
    expect(await ben.told('POST', screen)).toBe('503 store-unavailable')
    expect(await ben.told('GET', '/api/people')).toBe('403 needs-role')
    expect(await cleo.told('GET', '/api/inventory')).toBe('503 store-unavailable')
    expect(await new TestPerson(origin).signIn('Ben')).toBe('503 store-unavailable')
    expect(await ana.told('PUT', `/api/people/${id}`, { role: 'viewer' })).toBe(
      '503 store-unavailable',
    )
    const order = { 'idempotency-key': '0b12cb6b-7e3e-4c0e-9e10-4d1f4ab2a7cf' }
    expect((await ben.send('PUT', stop, undefined, order)).status).toBe(503)
    const changes = zone.asked.slice(asked).filter((call) => call.startsWith('PUT'))
    expect(changes).toEqual([])

    await database?.start()
    await expect.poll(() => cleo.told('GET', '/api/inventory')).toBe('401 session-ended')
    await expect
      .poll(() => ben.told('GET', '/api/session'), { timeout: 10_000 })
      .toBe('200')
    await close()
    await zone.close()
  }, 60_000)
})

describe.skipIf(!programs)('PostgreSQL hangs', () => {
  test('each request of someone who is signed in ends within ten seconds', async () => {
    const zone = await startZone()
    const store = await openStore(database?.url ?? '')
    await store.deleteFrom('session').execute()
    await store.deleteFrom('person').execute()
    const { origin, close } = await startConsole(zone, { session: localSession, store })
    const ana = await firstAdmin(origin, store)
    const { person: ben } = await invited(ana, origin, { name: 'Ben', role: 'operator' })
    const screen = `/api/zones/ch-test-1/console/${instanceId}`
    const note = [
      'PUT',
      `/api/zones/ch-test-1/notes/${instanceId}`,
      { text: 'note', seen: null },
    ] as const
    await ben.told('POST', screen)
    await ben.session()
    // Long enough that a request is stored as a use of the session.
    later(2 * 60_000)
    database?.freeze()
    try {
      const timed = async (method: string, path: string, body?: unknown) => {
        const began = performance.now()
        const told = await ben.told(method, path, body)
        return { told, ms: performance.now() - began }
      }
      const ways = () => [
        timed('GET', '/api/inventory'),
        timed(...note),
        timed('POST', screen),
      ]
      // First with connections that no longer answer, then with none.
      for (const round of [await Promise.all(ways()), await Promise.all(ways())]) {
        expect(round.map(({ told }) => told)).toEqual([
          '200',
          '503 store-unavailable',
          '503 store-unavailable',
        ])
        for (const { ms } of round) expect(ms).toBeLessThan(10_000)
      }
    } finally {
      database?.thaw()
    }
    await expect
      .poll(() => ben.told('GET', '/api/session'), { timeout: 20_000 })
      .toBe('200')
    // The use is stored by one of the next requests, once the store is asked again.
    const seen = async () => {
      await ben.told(...note)
      const rows = await store.selectFrom('session').select('seen_at').execute()
      return Math.max(...rows.map((row) => Number(row.seen_at)))
    }
    await expect.poll(seen, { timeout: 20_000 }).toBeGreaterThan(Date.now() - 60_000)
    vi.useRealTimers()
    await close()
    await zone.close()
  }, 120_000)
})

describe.skipIf(!programs)('the use of a session is stored late', () => {
  test('its request waits for that, but not long, and is answered either way', async () => {
    const zone = await startZone()
    const store = await openStore(database?.url ?? '')
    await store.deleteFrom('session').execute()
    await store.deleteFrom('person').execute()
    const { origin, close } = await startConsole(zone, { session: localSession, store })
    const ana = await firstAdmin(origin, store)
    const seen = async () => {
      const row = await store.selectFrom('session').select('seen_at').executeTakeFirst()
      return Number(row?.seen_at)
    }
    /** Has the session's row locked while `act` runs: it is read, and no one else writes it. */
    const locked = (act: () => Promise<void>) =>
      store.transaction().execute(async (other) => {
        await other.selectFrom('session').select('id').forUpdate().execute()
        await act()
      })

    later(2 * 60_000)
    let told: Promise<string> | undefined
    let seenAtAnswer: Promise<number> | undefined
    await locked(async () => {
      told = ana.told('POST', '/api/here')
      seenAtAnswer = told.then(seen)
      await new Promise((resolve) => setTimeout(resolve, 500))
    })
    expect(await told).toBe('204')
    expect(await seenAtAnswer).toBe(Date.now())

    later(2 * 60_000)
    const before = await seen()
    await locked(async () => {
      const began = performance.now()
      expect(await ana.told('POST', '/api/here')).toBe('204')
      expect(performance.now() - began).toBeLessThan(5_000)
      expect(await seen()).toBe(before)
    })
    await expect.poll(seen).toBe(Date.now())
    vi.useRealTimers()
    await close()
    await zone.close()
  }, 60_000)
})
