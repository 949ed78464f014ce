/** What servers say of changes that were confirmed when another server ended, and that two servers send one once. */
import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import type { Approval, ApprovalOrder } from '#contract/people/approval.ts'

import { openStore, type Store } from '../store/store.ts'
import { localSession } from '../testing/test-house.ts'
import { changesOf } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { firstAdmin, invited, password, TestPerson } from '../testing/test-people.ts'
import { findPostgres, startPostgres, type TestPostgres } from '../testing/test-postgres.ts'
import { startConsole, startZone, type TestZone } from '../testing/test-zone.ts'

const path = '/api/approvals'
const order: ApprovalOrder = {
  kind: 'call',
  zone: 'ch-test-1',
  endpoint: 'delete-instance',
  parameters: { id: machineId(0) },
}

async function aZone(): Promise<TestZone> {
  const zone = await startZone()
  onTestFinished(() => zone.close())
  addMachines(zone, 1)
  return zone
}

/** A server on a store; `sharedAt` is that of others. */
async function aServer(zone: TestZone, store: Store, sharedAt?: string) {
  const shared = sharedAt ? { sharedAt } : {}
  const console = await startConsole(zone, { session: localSession, store, ...shared })
  onTestFinished(() => console.close())
  return console.origin
}

/** Ana asks for a deletion that Ben, Cas or Dan may confirm. */
async function begin(origin: string, store: Store) {
  const ana = await firstAdmin(origin, store)
  const admin = async (name: string) =>
    (await invited(ana, origin, { name, role: 'admin' })).person
  const ben = await admin('Ben')
  const cas = await admin('Cas')
  await ana.send('PUT', '/api/policy', { fourEyes: ['delete-instance'] })
  const { body } = await ana.send('POST', path, order)
  return { ana, ben, cas, asked: body as Approval } // the contract's answer
}

const outcomeOf = async (person: TestPerson, { id }: Approval) =>
  ((await person.send('GET', `${path}/${id}`)).body as Approval).outcome // as above

test('a server that ends after a confirmation repeats nothing, and the next says what is known', async () => {
  const zone = await aZone()
  const store = await openStore(':memory:')
  const { ana, asked } = await begin(await aServer(zone, store), store)
  const entry = randomUUID()
  const { body } = await store
    .selectFrom('audit')
    .select('body')
    .where('entry', '=', asked.id)
    .where('phase', '=', 'intent')
    .executeTakeFirstOrThrow()
  await store
    .insertInto('audit')
    .values({
      seq: 1_000,
      at: Date.now(),
      entry,
      phase: 'intent',
      event: 'delete-instance',
      words: '',
      body,
      hash: '',
    })
    .execute()
  // As it is when a server is killed before its answer, in each moment.
  const left = async (begun: string | null) => {
    const set = { state: 'confirmed', outcome: null, entry: begun, owner: null }
    await store.updateTable('approval').set(set).where('id', '=', asked.id).execute()
    // Another one on the same store, which it closes itself in the end.
    const origin = await aServer(zone, store)
    const again = new TestPerson(origin)
    again.cookie = ana.cookie
    return outcomeOf(again, asked)
  }
  expect(await left(null)).toEqual({ is: 'not-sent' })
  expect(await left(randomUUID())).toEqual({ is: 'not-sent' })
  expect(await left(entry)).toEqual({ is: 'unknown' })
  const chain = {
    id: entry,
    zone: 'ch-test-1',
    state: 'success',
    started_at: 1,
    body: '{}',
  }
  await store.insertInto('chain').values(chain).execute()
  expect(await left(entry)).toEqual({
    is: 'sent',
    result: { kind: 'chain', id: entry, zone: 'ch-test-1' },
  })
  expect(changesOf(zone)).toEqual([])
})

const programs = findPostgres()
describe.skipIf(!programs)('two servers on one PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    if (programs) postgres = await startPostgres(programs)
  }, 60_000)
  afterAll(() => postgres?.close())

  test('send it once, and both tell their pages', async () => {
    const zone = await aZone()
    const store = await openStore(postgres.url)
    const first = await aServer(zone, store, postgres.url)
    const second = await aServer(zone, await openStore(postgres.url), postgres.url)
    const { ana, ben, asked } = await begin(first, store)
    const cas = new TestPerson(second)
    await cas.signIn('Cas', password)
    const { seq } = (await cas.send('GET', '/api/inventory')).body as { seq: number } // Inventory

    const confirm = (one: TestPerson) => one.told('POST', `${path}/${asked.id}/confirm`)
    const told = await Promise.all([confirm(ben), confirm(cas)])

    expect(told.toSorted()).toEqual(['200', '409 approval-over'])
    expect(changesOf(zone)).toEqual([`DELETE /instance/${machineId(0)}`])
    expect(await outcomeOf(ana, asked)).toMatchObject({ is: 'sent' })
    const leaving = new AbortController()
    const { body } = await fetch(`${second}/api/feed?since=${seq}`, {
      headers: { cookie: cas.cookie },
      signal: leaving.signal,
    })
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
    let said = ''
    while (!said.includes('event: approvals')) said += (await reader?.read())?.value ?? ''
    leaving.abort()
  }, 30_000)
})
