/**
 * Servers that share a PostgreSQL behind a load balancer: people begin a sign-in by the provider at one and come back
 * to another.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import { createSeal } from '../store/seal.ts'
import { openStore } from '../store/store.ts'
import { later, localSession, onBothStores } from '../testing/test-house.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { SignOnVisitor, startAcme, withProvider } from '../testing/test-sign-on.ts'
import { startConsole, startZone, type TestZone } from '../testing/test-zone.ts'
import { Transactions } from './transactions.ts'

const acme = await startAcme()
const programs = findPostgres()
let postgres: TestPostgres
let zone: TestZone
beforeAll(async () => {
  zone = await startZone()
  if (programs) postgres = await startPostgres(programs)
}, 60_000)
afterAll(async () => {
  await zone?.close()
  await postgres?.close()
})

async function aServer() {
  const { origin, close: end } = await startConsole(zone, {
    ...withProvider(acme),
    session: localSession,
    store: await openStore(postgres.url),
    sharedAt: postgres.url,
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await end()
    isOpen = false
  }
  onTestFinished(close)
  return { origin, close }
}

describe.skipIf(!programs)('several servers', () => {
  test('who begins at one comes in at another, once at all of them', async () => {
    const [first, second] = await Promise.all([aServer(), aServer()])
    const ada = new SignOnVisitor(first.origin)
    const back = await ada.back('ada')
    const kept = new Map(ada.cookies)

    const there = new SignOnVisitor(second.origin, ada.cookies)
    expect((await there.visit(back)).status).toBe(200)

    expect((await ada.person.session()).person.name).toBe('Ada Lovelace')
    for (const { origin } of [first, second]) {
      const again = new SignOnVisitor(origin, new Map(kept))
      expect((await again.visit(back)).location).toContain('problem=sign-on-expired')
      expect(again.person.cookie).toBe('')
    }
  }, 30_000)

  test('a sign-in outlasts the server at which it began', async () => {
    const before = await aServer()
    const ada = new SignOnVisitor(before.origin)
    const back = await ada.back('ada')
    await before.close()

    const after = new SignOnVisitor((await aServer()).origin, ada.cookies)

    expect((await after.visit(back)).status).toBe(200)
  }, 30_000)
})

onBothStores((house) => {
  test(
    'a sign-in is used once, whatever the provider says, and its row goes with its time',
    house(async ({ store }) => {
      const options = { store, seal: createSeal('a secret', 'sign-ins'), secure: true }
      const [first, second] = [new Transactions(options), new Transactions(options)]
      const begun = first.begin('/')

      const used = await Promise.all([first.use(begun), second.use(begun)])

      expect(used.toSorted()).toEqual([false, true])
      expect(await second.use(begun)).toBe(false)
      later(10 * 60_000)
      await second.use(second.begin('/'))
      expect(await store.selectFrom('attempt').selectAll().execute()).toHaveLength(1)
    }),
  )
})
