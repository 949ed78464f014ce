/** Creations that are tried again: not beside another change of the instance, and not beside what a store may still do. */
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Problem } from '#contract/problem.ts'

import { SharedReplica } from '../replicas/replica.ts'
import { Leases } from '../store/leases.ts'
import { openStore, type Store } from '../store/store.ts'
import { addMachines } from '../testing/test-machines.ts'
import { findPostgres, startPostgres } from '../testing/test-postgres.ts'
import { startConsole, startZone } from '../testing/test-zone.ts'

const programs = findPostgres()

/** A created instance whose protection failed, and a server on this store. */
async function failed(store: Store, sharedAt?: string) {
  const zone = await startZone()
  const [machine] = addMachines(zone, 1)
  const chain: Chain = {
    id: crypto.randomUUID(),
    zone: 'ch-test-1',
    instanceId: machine?.id ?? '',
    subject: 'web-0',
    endpoint: 'create-instance',
    steps: [
      { part: 'change', endpoint: 'create-instance', body: {}, state: 'success' },
      { part: 'follow', endpoint: 'add-instance-protection', state: 'failure' },
    ],
    state: 'partial',
    startedAt: Date.now() - 1_000,
    endedAt: Date.now(),
    by: 'Ana',
  }
  const { id, zone: name, state, startedAt } = chain
  const row = { id, zone: name, state, started_at: startedAt, body: JSON.stringify(chain) }
  await store.insertInto('chain').values(row).execute()
  const console = await startConsole(zone, { store, ...(sharedAt ? { sharedAt } : {}) })
  onTestFinished(async () => {
    await console.close()
    await zone.close()
  })
  const again = async () => {
    const path = `/api/zones/ch-test-1/chains/${id}/again`
    const headers = { 'x-vedette': '1' }
    const answer = await fetch(`${console.origin}${path}`, { method: 'POST', headers })
    // The contract's answer, if it isn't a problem.
    const { cause } = (await answer.json()) as Partial<Problem>
    return `${answer.status} ${cause?.code ?? ''}`.trim()
  }
  const stateNow = async () =>
    (
      await store
        .selectFrom('chain')
        .select('state')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).state
  const sent = () => zone.asked.filter((line) => line.startsWith('PUT'))
  return { chain, again, stateNow, sent }
}

describe.skipIf(!programs)('an instance that another server changes', () => {
  test('isn’t changed by trying its creation again', async () => {
    const postgres = await startPostgres(programs ?? '')
    const store = await openStore(postgres.url)
    const other = await openStore(postgres.url)
    const log = { warn() {} }
    const replica = new SharedReplica(other, new Leases({ store: other, log }), log)
    await replica.start()
    onTestFinished(async () => {
      await other.destroy()
      await postgres.close()
    })
    const { chain, again, stateNow, sent } = await failed(store, postgres.url)
    const key = `ch-test-1/${chain.instanceId}`
    expect(await replica.claim(key)).toBe(true)

    expect(await again()).toBe('409 change-in-progress')

    expect([sent(), await stateNow()]).toEqual([[], 'partial'])
    await replica.unclaim(key)
    expect(await again()).toBe('200')
    await expect.poll(stateNow, { timeout: 10_000 }).toBe('success')
    await replica.close()
  }, 60_000)
})

test('a creation is tried again only once it is known that the attempt before isn’t stored', async () => {
  const store = await openStore(':memory:')
  const { again, stateNow, sent } = await failed(store)
  await sql`create trigger away before update on chain
    begin select raise(fail, 'away'); end`.execute(store)
  expect(await again()).toMatch(/^50/)
  await sql`drop trigger away`.execute(store)

  expect(await again()).toBe('503 store-unavailable')

  await expect.poll(again, { timeout: 5_000 }).toBe('200')
  await expect.poll(stateNow, { timeout: 10_000 }).toBe('success')
  expect(sent()).toHaveLength(1)
}, 30_000)
