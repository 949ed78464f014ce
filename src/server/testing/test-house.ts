/** Starts consoles on which people sign in, each with nobody in its database. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, onTestFinished, vi } from 'vitest'

import type { AppOptions } from '../options.ts'
import { GENESIS } from '../store/audit-tables.ts'
import { openStore, type Store } from '../store/store.ts'
import type { TestPerson } from './test-people.ts'
import { findPostgres, startPostgres, type TestPostgres } from './test-postgres.ts'
import { startConsole, startZone, type TestZone } from './test-zone.ts'

/** Of a console on which people sign in. */
export const localSession = {
  person: { id: 'You', name: 'You', role: 'admin' },
  signIn: 'local',
  sandbox: false,
  version: '0',
  consoleVia: 'direct',
} as const

export type House = { zone: TestZone; origin: string; store: Store }

/** Empties the audit log of a PostgreSQL, whose rows no other statement deletes. */
async function emptyLog(store: Store): Promise<void> {
  await sql`truncate audit, audit_signature`.execute(store)
  const empty = { seq: 0, hash: GENESIS, pruned_seq: 0, pruned_hash: GENESIS }
  await store.updateTable('audit_head').set(empty).execute()
}

/** A console on whose database nobody has an account. */
async function withHouse(
  at: string,
  use: (house: House) => Promise<void>,
  changes: Partial<AppOptions> = {},
): Promise<void> {
  const zone = await startZone()
  const store = await openStore(at)
  for (const table of [
    'person',
    'session',
    'invitation',
    'kept',
    'attempt',
    'approval',
    'note',
  ] as const)
    await store.deleteFrom(table).execute()
  await store.updateTable('policy').set({ body: '' }).execute()
  if (at !== ':memory:') await emptyLog(store)
  const console = await startConsole(zone, { session: localSession, store, ...changes })
  try {
    await use({ zone, origin: console.origin, store })
  } finally {
    vi.useRealTimers()
    await console.close()
    await zone.close()
  }
}

/** Lets time pass for what is stored, not for timers. */
export function later(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

/** Lets time pass for what is measured by `performance.now()`, until the test's end. */
export function laterMeasured(ms: number): void {
  const now = performance.now.bind(performance)
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => now() + ms)
  onTestFinished(() => spy.mockRestore())
}

/** Follows a feed; resolves with how many ms after `act` it ended. */
export async function endOfFeed(
  origin: string,
  { cookie }: TestPerson,
  act: () => Promise<unknown>,
) {
  const response = await fetch(`${origin}/api/feed?since=0`, { headers: { cookie } })
  const reader = response.body?.getReader()
  await act()
  const begun = performance.now()
  for (;;) if (!reader || (await reader.read()).done) return performance.now() - begun
}

/** A test in a console on a database. */
export type InHouse = (
  use: (house: House) => Promise<void>,
  changes?: Partial<AppOptions>,
) => () => Promise<void>

/** Runs tests on both databases; without PostgreSQL, its half is skipped. */
export function onBothStores(tests: (house: InHouse) => void): void {
  const at =
    (where: () => string): InHouse =>
    (use, changes) =>
    () =>
      withHouse(where(), use, changes)
  describe('SQLite', () => tests(at(() => ':memory:')))
  const programs = findPostgres()
  describe.skipIf(!programs)('PostgreSQL', () => {
    let database: TestPostgres | undefined
    beforeAll(async () => {
      if (programs) database = await startPostgres(programs)
    }, 60_000)
    afterAll(() => database?.close())
    tests(at(() => database?.url ?? ''))
  })
}
