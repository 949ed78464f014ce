/** What gets into the audit log, in which order, and that nothing is done without it; on both databases. */
import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'
import { expect, test } from 'vitest'

import type { AuditEntry, AuditFilter, AuditPage } from '#contract/audit/audit.ts'
import type { Note, NoteOrder } from '#contract/timeline.ts'

import { Invitations } from '../people/invitations.ts'
import { People } from '../people/people.ts'
import { openStore } from '../store/store.ts'
import { onBothStores, type House } from '../testing/test-house.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import {
  firstAdmin,
  invited,
  TestPerson,
  password,
  tokenIn,
} from '../testing/test-people.ts'
import { instanceId, json, operationId } from '../testing/test-zone.ts'
import { listAudit } from './audit-list.ts'
import { Audit } from './audit.ts'
import { knownOutcome } from './known-outcomes.ts'

const zone = 'ch-test-1'
const stop = `/api/zones/${zone}/instance/${instanceId}:stop`

async function pageOf(person: TestPerson, query: string): Promise<AuditPage> {
  const { body } = await person.send('GET', `/api/audit${query}`)
  return body as AuditPage // the contract's answer
}

async function logOf(person: TestPerson, filter: AuditFilter = {}): Promise<AuditEntry[]> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) query.set(name, String(value))
  return (await pageOf(person, `?${query}`)).entries
}

/** What can be compared: event, result and who. */
const told = (entries: readonly AuditEntry[]) =>
  entries.map(({ event, result = 'open', by }) => `${event} ${result} ${by?.name}`)

function stops({ zone: { answers } }: House, state = 'pending'): void {
  answers[`PUT /instance/${instanceId}:stop`] = json({ id: operationId, state })
  answers[`GET /operation/${operationId}`] = json({ id: operationId, state: 'success' })
}

/** Makes the database refuse every row of the log. */
const refuseRows = (store: House['store']) =>
  sql`alter table audit rename column body to gone`.execute(store)

onBothStores((house) => {
  test(
    'a change is in the log before it is sent, and with its outcome and its end',
    house(async (all) => {
      stops(all)
      const ana = await firstAdmin(all.origin, all.store)
      let before: string[] = []
      const answer = all.zone.answers[`PUT /instance/${instanceId}:stop`]
      all.zone.answers[`PUT /instance/${instanceId}:stop`] = async (request, response) => {
        before = told(await logOf(ana))
        return answer?.(request, response)
      }

      const sent = await ana.send('PUT', stop, undefined, { 'user-agent': 'a browser' })

      expect(sent.status).toBe(200)
      expect(before).toEqual(['stop-instance open Ana', 'set-up done Ana'])
      await expect
        .poll(async () => told(await logOf(ana)), { timeout: 10_000 })
        .toEqual(['stop-instance done Ana', 'set-up done Ana'])
      const [entry] = await logOf(ana)
      expect(entry).toMatchObject({
        zone,
        target: { id: instanceId },
        operationId,
        status: 200,
        parts: 0,
        by: { name: 'Ana', role: 'admin', from: '127.0.0.1', browser: 'a browser' },
      })
    }),
  )

  test(
    'without its row nothing is sent, and reads go on',
    house(async (all) => {
      stops(all)
      const { origin, store } = all
      const ana = await firstAdmin(origin, store)
      const link = await new Invitations(store).make(
        await new People(store).add('Zed', 'viewer'),
        60_000,
      )
      await refuseRows(store)
      const asked = all.zone.asked.length

      const isAway = '503 store-unavailable'
      expect(await ana.told('PUT', stop)).toBe(isAway)
      expect(await ana.told('POST', `/api/zones/${zone}/console/${instanceId}`)).toBe(
        isAway,
      )
      expect(
        await ana.told('POST', `/api/zones/${zone}/instance/${instanceId}:password`),
      ).toBe(isAway)
      expect(
        await ana.told('PUT', `/api/zones/${zone}/notes/${instanceId}`, {
          text: 'x',
          seen: null,
        }),
      ).toBe(isAway)
      expect(await ana.told('POST', '/api/people', { name: 'Ben', role: 'viewer' })).toBe(
        isAway,
      )
      expect(await new TestPerson(origin).signIn('Ana')).toBe(isAway)
      const zed = new TestPerson(origin)
      const invitation = { token: tokenIn(link.path), password }
      expect(await zed.told('POST', '/api/set-up', invitation)).toBe(isAway)
      expect(await ana.told('GET', '/api/inventory')).toBe('200')

      const changes = all.zone.asked
        .slice(asked)
        .filter((call) => !call.startsWith('GET /instance'))
      expect(changes.filter((call) => !call.startsWith('GET /event'))).toEqual([])
      await sql`alter table audit rename column gone to body`.execute(store)
      await expect.poll(() => ana.told('PUT', stop)).toBe('200')
      // The link that was refused then still works.
      expect(await zed.told('POST', '/api/set-up', invitation)).toBe('200')
    }),
  )
})

onBothStores((house) => {
  test(
    'sign-ins, refusals, people and secrets are in it, and no password is',
    house(async ({ origin, store, zone: { answers } }) => {
      answers[`GET /instance/${instanceId}:password`] = json({
        password: 'canary-password',
      })
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'viewer',
      })
      expect(await ben.told('PUT', stop)).toBe('403 needs-role')
      expect(await ben.told('PUT', stop)).toBe('403 needs-role')
      await new TestPerson(origin).signIn('Ben', 'a wrong password of Ben')
      await new TestPerson(origin).signIn('Ben', 'another wrong one of Ben')
      await new TestPerson(origin).signIn('canary: a password typed as a name', 'x')
      await ana.send('PUT', `/api/people/${id}`, { role: 'operator' })
      await ana.send('POST', `/api/zones/${zone}/instance/${instanceId}:password`)
      await ana.send('PUT', `/api/zones/${zone}/notes/${instanceId}`, {
        text: 'ask Ben',
        seen: null,
      })
      await ana.send('POST', '/api/sign-out', {})

      const cleo = new TestPerson(origin)
      await cleo.signIn('Ana')
      expect(told(await logOf(cleo)).toReversed()).toEqual([
        'set-up done Ana',
        'invite-person done Ana',
        'set-up done Ben',
        // The second time within a minute says nothing new.
        'refuse refused Ben',
        'sign-in refused Ben',
        'sign-in refused Ben',
        'sign-in refused ',
        'update-person done Ana',
        'reveal-instance-password done Ana',
        'update-note done Ana',
        'sign-out done Ana',
        'sign-in done Ana',
      ])
      const [refused] = await logOf(cleo, { text: 'needs-role', result: 'refused' })
      expect(refused).toBeUndefined()
      const rows = await store.selectFrom('audit').select(['body', 'words']).execute()
      expect(JSON.stringify(rows)).not.toMatch(new RegExp(`canary|${password}`))
    }),
  )
})

onBothStores((house) => {
  test(
    'what a body says is kept, but no user data',
    house(async ({ origin, store, zone: { answers } }) => {
      const ana = await firstAdmin(origin, store)
      answers[`GET /instance/${instanceId}`] = json({ id: instanceId, name: 'old' })
      answers[`PUT /instance/${instanceId}`] = json({ id: randomUUID(), state: 'success' })
      const data = Buffer.from('canary-user-data').toString('base64')
      const change = { name: '=new', labels: { env: 'test' }, 'user-data': data }

      const { status } = await ana.send(
        'PUT',
        `/api/zones/${zone}/instance/${instanceId}`,
        change,
      )

      expect(status).toBe(200)
      const [entry] = await logOf(ana)
      expect(entry?.changed).toMatchObject({
        name: { before: 'old', after: '=new' },
        labels: { after: { env: 'test' } },
        'user-data': { length: data.length },
      })
      const text = JSON.stringify(await store.selectFrom('audit').select('body').execute())
      expect(text).not.toContain(data)
      const file = await ana.send('GET', '/api/audit/export?format=csv&text=%3Dnew')
      expect(file.headers.get('content-disposition')).toBe('attachment')
      expect(String(file.body)).toContain('"update-instance"')
      const lines = await ana.send('GET', '/api/audit/export?format=jsonl')
      const rows = String(lines.body)
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
      expect(rows).toHaveLength(6)
      expect(rows[1]).toMatchObject({ event: 'set-up', phase: 'outcome' })
      expect(told(await logOf(ana)).slice(0, 2)).toEqual([
        'export-audit done Ana',
        'export-audit done Ana',
      ])
    }),
  )
})

onBothStores((house) => {
  test(
    'a bulk action is one entry, with a part for each instance, by which it is found',
    house(async (all) => {
      const ana = await firstAdmin(all.origin, all.store)
      const machines = addMachines(all.zone, 3, { pending: true })
      await ana.send('POST', '/api/jobs', orderOf('stop', machines))
      await expect
        .poll(async () => told(await logOf(ana))[0], { timeout: 20_000 })
        .toBe('bulk-stop done Ana')

      const [job, ...others] = await logOf(ana, { target: machines[1]?.id ?? '' })

      expect(others).toEqual([])
      expect(job).toMatchObject({
        event: 'bulk-stop',
        parts: 3,
        changed: { count: 3, success: 3 },
      })
      const parts = await logOf(ana, { parent: job?.entry ?? '' })
      expect(told(parts)).toEqual(Array(3).fill('stop-instance done Ana'))
      // The same key again does nothing, so it says nothing.
      const order = orderOf('stop', machines, { key: job?.entry ?? '' })
      expect(await ana.told('POST', '/api/jobs', order)).toBe('200')
      expect((await logOf(ana, { text: 'BULK' })).length).toBe(1)
      expect(await logOf(ana, { text: '%' })).toEqual([])
    }),
  )

  test(
    'filters and pages of many entries, in which texts stand for themselves',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      let seen: number | null = null
      for (let at = 0; at < 130; at += 1) {
        const order: NoteOrder = { text: `note_${at}`, seen }
        const path = `/api/zones/${zone}/notes/${instanceId}`
        // As the route answers.
        seen = ((await ana.send('PUT', path, order)).body as Note).at
      }
      const first = await pageOf(ana, '')
      expect([first.entries.length, first.more, first.people]).toEqual([100, true, ['Ana']])
      const before = first.entries.at(-1)?.seq ?? 0
      const second = await pageOf(ana, `?before=${before}`)
      expect([second.entries.length, second.more]).toEqual([31, false])
      expect((await logOf(ana, { text: 'note_12' })).length).toBe(11)
      expect((await logOf(ana, { text: 'noteX12' })).length).toBe(0)
      expect((await logOf(ana, { until: 1 })).length).toBe(0)
      expect((await logOf(ana, { person: 'Ben' })).length).toBe(0)
      expect(await ana.told('GET', '/api/audit?result=wonderful')).toBe('400 bad-request')
      expect(await ana.told('GET', '/api/audit?from=yesterday')).toBe('400 bad-request')
    }),
  )
})

test('what a killed server had begun ends as unknown, or as its operation ended', async () => {
  const store = await openStore(':memory:')
  const old = Date.now() - 3_600_000
  const log = { warn() {} }
  const killed = new Audit(store, log)
  await killed.begin({ event: 'stop-instance', by: { name: 'Ana' } })
  const started = await killed.begin({ event: 'start-instance', by: { name: 'Ana' } })
  await killed.settle(started, { result: 'accepted', operationId })
  await sql`drop trigger audit_is_final`.execute(store)
  await store.updateTable('audit').set({ at: old }).execute()

  const next = new Audit(store, log)
  await next.sweep()
  await next.ended({
    id: operationId,
    zone,
    endpoint: 'start-instance',
    state: 'success',
    startedAt: old,
    endedAt: old,
    by: 'Ana',
  })

  const { entries } = await listAudit(store, {})
  expect(told(entries)).toEqual(['start-instance done Ana', 'stop-instance unknown Ana'])
  await Promise.all([killed.close(), next.close()])
  await store.destroy()
})

test('what took too long at Exoscale is told as in all other places', async () => {
  const store = await openStore(':memory:')
  const audit = new Audit(store, { warn() {} })
  const started = await audit.begin({ event: 'stop-instance', by: { name: 'Ana' } })
  await audit.settle(started, { result: 'accepted', operationId })
  await audit.ended({
    id: operationId,
    zone,
    endpoint: 'stop-instance',
    state: 'timeout',
    startedAt: Date.now(),
    endedAt: Date.now(),
    by: 'Ana',
  })

  const { entries } = await listAudit(store, { result: 'timed-out' })
  expect(told(entries)).toEqual(['stop-instance timed-out Ana'])
  await audit.close()
  await store.destroy()
})

test('what a killed process had stored of a chain and a job is their outcome', async () => {
  const store = await openStore(':memory:')
  const log = { warn() {} }
  const killed = new Audit(store, log)
  const by = { name: 'Ana' }
  await killed.begin({ entry: 'chain', event: 'scale-instance', by })
  await killed.begin({ entry: 'job', event: 'bulk-stop', by })
  const old = Date.now() - 10 * 60_000
  await sql`drop trigger audit_is_final`.execute(store)
  await store.updateTable('audit').set({ at: old }).execute()
  const counts = { waiting: 0, sending: 0, pending: 0, success: 2, failure: 0 }
  const job = { counts: { ...counts, skipped: 0, unknown: 0 } }
  await store
    .insertInto('job')
    .values({
      id: 'job',
      asked_at: old,
      ended_at: old,
      stop_asked: 0,
      body: JSON.stringify(job),
    })
    .execute()
  const step = { part: 'change', endpoint: 'scale-instance', state: 'failure' }
  const chain = { state: 'failure', steps: [step] }
  await store
    .insertInto('chain')
    .values({
      id: 'chain',
      zone,
      started_at: old,
      state: 'failure',
      body: JSON.stringify(chain),
    })
    .execute()

  const next = new Audit(store, log)
  next.knowsBy((entry) => knownOutcome(store, entry))
  await next.sweep()

  const { entries } = await listAudit(store, {})
  expect(told(entries).toSorted()).toEqual([
    'bulk-stop done Ana',
    'scale-instance failed Ana',
  ])
  await Promise.all([killed.close(), next.close()])
  await store.destroy()
})
