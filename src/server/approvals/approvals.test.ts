/** Changes that need a second person: what is sent, by whom, and what isn't, on both databases. */
import { randomUUID } from 'node:crypto'

import { expect, test } from 'vitest'

import type { AuditPage } from '#contract/audit/audit.ts'
import type { ChainRequest } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'
import type { JobDetail } from '#contract/job.ts'
import { APPROVAL_MS, type ApprovalDetail } from '#contract/people/approval.ts'

import {
  asks,
  begin,
  below,
  confirms,
  deletion,
  entriesOf,
  listOf,
  path,
  tell,
  zone,
} from '../testing/test-approvals.ts'
import { later, onBothStores, type InHouse } from '../testing/test-house.ts'
import { orderOf } from '../testing/test-jobs.ts'
import { invited } from '../testing/test-people.ts'
import { json } from '../testing/test-zone.ts'

function isRefused(house: InHouse): void {
  test(
    'a change on the list is refused to everyone who sends it directly, in each way',
    house(async (the) => {
      const { ana, machines, web, sent } = await begin(the)
      const on = `${below}/instance/${web.id}`
      expect(await ana.told('DELETE', on)).toBe('403 needs-second-person')
      const chain = {
        instanceId: web.id,
        request: { endpoint: 'delete-instance', snapshotFirst: true },
      }
      expect(await ana.told('POST', `${below}/chains`, chain)).toBe(
        '403 needs-second-person',
      )
      expect(await ana.told('POST', '/api/jobs', orderOf('delete', machines))).toBe(
        '403 needs-second-person',
      )
      expect(sent()).toEqual([])
      expect(await the.store.selectFrom('job').selectAll().execute()).toEqual([])
      // What isn't on the list is sent as always.
      expect(await ana.told('PUT', `${on}:reboot`)).toBe('200')
      const refused = (await entriesOf(ana)).filter(({ event }) => event === 'refuse')
      expect(refused.map(({ cause }) => cause?.code)).toEqual([
        'needs-second-person',
        'needs-second-person',
        'needs-second-person',
      ])
    }),
  )

  test(
    'a list that can’t be read is every danger',
    house(async (the) => {
      const { ana, web } = await begin(the, [])
      await the.store.updateTable('policy').set({ body: '{not json' }).execute()
      expect(await ana.told('DELETE', `${below}/instance/${web.id}`)).toBe(
        '403 needs-second-person',
      )
    }),
  )
}

function isRefusedAgain(house: InHouse): void {
  test(
    'what takes back or repeats a bulk action is refused, too',
    house(async (the) => {
      const { ana, ben, web, sent } = await begin(the, ['remove-instance-protection'])
      const { body } = await ana.send('POST', '/api/jobs', orderOf('protect', [web]))
      const { id } = body as JobDetail // the contract's answer
      const end = async (jobId: string) => {
        await expect
          .poll(async () => {
            const answer = await ana.send('GET', `/api/jobs/${jobId}`)
            return (answer.body as JobDetail).endedAt // as above
          })
          .toBeDefined()
      }
      await end(id)
      await expect
        .poll(() => ana.told('POST', `/api/jobs/${id}/undo`))
        .toBe('403 needs-second-person')
      // Its name is told as the zone has it, which is read by then.
      await expect
        .poll(
          async () => {
            const { zones } = (await ana.send('GET', '/api/inventory')).body as Inventory // the contract's answer
            return zones.flatMap(({ instances }) => instances.map((one) => one.name))
          },
          { timeout: 15_000 },
        )
        .toContain('web-0')
      const asked = await asks(ana, { kind: 'undo-job', jobId: id })
      expect(asked).toMatchObject({
        what: { action: 'unprotect' },
        names: ['web-0'],
        count: 1,
      })
      const { outcome } = await confirms(ben.person, asked)
      expect(outcome).toMatchObject({ is: 'sent', result: { kind: 'job' } })
      await end(outcome?.is === 'sent' ? (outcome.result?.id ?? '') : '')
      expect(sent()).toContain(`PUT /instance/${web.id}:remove-protection`)

      await ana.send('PUT', '/api/policy', { fourEyes: ['delete-instance'] })
      the.zone.answers[`DELETE /instance/${web.id}`] = json({ message: 'no' }, 400)
      const order = orderOf('delete', [web])
      await confirms(ben.person, await asks(ana, { kind: 'job', job: order }))
      await end(order.key)
      await expect
        .poll(() => ana.told('POST', `/api/jobs/${order.key}/retry`))
        .toBe('403 needs-second-person')
      const again = await asks(ana, { kind: 'retry-job', jobId: order.key })
      expect((await confirms(ben.person, again)).outcome).toMatchObject({ is: 'sent' })
    }),
  )
}

function isConfirmed(house: InHouse): void {
  test(
    'another person confirms, and it is sent once, in the name of the one who asked',
    house(async (the) => {
      const { ana, ben, web, machines, sent } = await begin(the)
      const asked = await asks(ana, deletion(web))
      expect(asked).toMatchObject({
        by: { name: 'Ana' },
        state: 'waiting',
        what: { endpoint: 'delete-instance' },
        names: ['web-0'],
        isOwn: true,
        mayAnswer: false,
      })
      expect(asked.expiresAt - asked.askedAt).toBe(APPROVAL_MS)
      expect(sent()).toEqual([])
      expect(await tell(ana, asked, 'confirm')).toBe('403 own-approval')
      expect(await tell(ana, asked, 'decline')).toBe('403 own-approval')

      const [waits] = await listOf(ben.person)
      expect(waits).toMatchObject({ id: asked.id, isOwn: false, mayAnswer: true })
      const { body } = await ben.person.send('GET', `${path}/${asked.id}`)
      expect((body as ApprovalDetail).order).toMatchObject({ parameters: { id: web.id } }) // the contract's answer
      const done = await confirms(ben.person, asked)
      expect(done).toMatchObject({
        state: 'confirmed',
        answeredBy: { name: 'Ben' },
        outcome: { is: 'sent', result: { kind: 'operation', zone } },
      })
      expect(sent()).toEqual([`DELETE /instance/${web.id}`])
      expect(machines).toHaveLength(2)
      expect(await tell(ben.person, asked, 'confirm')).toBe('409 approval-over')
      expect(await tell(ana, asked, 'withdraw')).toBe('409 approval-over')
      expect(sent()).toHaveLength(1)
      expect((await listOf(ana))[0]).toMatchObject({
        state: 'confirmed',
        outcome: done.outcome,
      })

      const entries = await entriesOf(ana)
      const changed = entries.find(({ event }) => event === 'delete-instance')
      expect(changed).toMatchObject({
        by: { name: 'Ana' },
        changed: { secondPerson: 'Ben', approval: asked.id },
        result: 'done',
      })
      expect(entries.find(({ entry }) => entry === asked.id)).toMatchObject({
        event: 'ask-approval',
        parts: 1,
      })
    }),
  )

  test(
    'of two who confirm at once, one does',
    house(async (the) => {
      const { ana, ben, web, sent } = await begin(the)
      const { person: cas } = await invited(ana, the.origin, { name: 'Cas', role: 'admin' })
      const asked = await asks(ana, deletion(web))
      const told = await Promise.all(
        [ben.person, cas, ben.person].map((one) => tell(one, asked, 'confirm')),
      )
      expect(told.toSorted()).toEqual(['200', '409 approval-over', '409 approval-over'])
      expect(sent()).toEqual([`DELETE /instance/${web.id}`])
    }),
  )
}

function isRun(house: InHouse): void {
  test(
    'a chain and a bulk action run as they were asked for',
    house(async (the) => {
      const { ana, ben, web, machines, sent } = await begin(the)
      const chain = {
        instanceId: web.id,
        request: { endpoint: 'delete-instance', snapshotFirst: true },
      } as const
      const first = await asks(ana, { kind: 'chain', zone, chain })
      expect((await confirms(ben.person, first)).outcome).toMatchObject({
        is: 'sent',
        result: { kind: 'chain' },
      })
      await expect
        .poll(() => sent())
        .toEqual([`POST /instance/${web.id}:create-snapshot`, `DELETE /instance/${web.id}`])
      await expect.poll(() => machines.length).toBe(2)
      await ana.send('GET', '/api/inventory')

      const order = orderOf('delete', machines)
      const bulk = await asks(ana, { kind: 'job', job: order })
      expect(bulk).toMatchObject({
        what: { action: 'delete' },
        count: 2,
        names: ['web-1', 'web-2'],
      })
      expect((await confirms(ben.person, bulk)).outcome).toEqual({
        is: 'sent',
        result: { kind: 'job', id: order.key },
      })
      await expect.poll(() => machines.length).toBe(0)
    }),
  )

  test(
    'one key asks once',
    house(async (the) => {
      const { ana, web } = await begin(the)
      const key = { 'idempotency-key': randomUUID() }
      const first = await ana.send('POST', path, deletion(web), key)
      const second = await ana.send('POST', path, deletion(web), key)
      expect([first.status, second.status]).toEqual([200, 409])
      expect(await listOf(ana)).toHaveLength(1)
    }),
  )
}

function isNotSent(house: InHouse): void {
  test(
    'who declines, withdraws or lets it expire sends nothing, and each is in the log',
    house(async (the) => {
      const { ana, ben, web, sent } = await begin(the)
      const declined = await asks(ana, deletion(web))
      expect(await tell(ben.person, declined, 'decline', { reason: ' In use. ' })).toBe(
        '200',
      )
      expect((await listOf(ana))[0]).toMatchObject({
        state: 'declined',
        reason: 'In use.',
        answeredBy: { name: 'Ben' },
      })
      const withdrawn = await asks(ana, deletion(web))
      expect(await tell(ben.person, withdrawn, 'withdraw')).toBe('404 no-such-approval')
      expect(await tell(ana, withdrawn, 'withdraw')).toBe('200')
      const expired = await asks(ana, deletion(web))
      later(APPROVAL_MS)
      for (const asked of [declined, withdrawn, expired])
        expect(await tell(ben.person, asked, 'confirm')).toBe('409 approval-over')
      expect(await tell(ana, expired, 'withdraw')).toBe('409 approval-over')
      expect(sent()).toEqual([])
      const { entries } = (await ana.send('GET', `/api/audit?parent=${expired.id}`))
        .body as AuditPage // the contract's answer
      expect(entries.map(({ event }) => event)).toEqual(['expire-approval'])
      const events = (await entriesOf(ana)).map(({ event }) => event)
      expect(events.filter((event) => event === 'ask-approval')).toHaveLength(3)
      const rows = await the.store.selectFrom('approval').select(['sealed']).execute()
      expect(rows.every(({ sealed }) => sealed === null)).toBe(true)
    }),
  )
}

function hasChanged(house: InHouse): void {
  test(
    'what has changed since isn’t sent, and both are told why',
    house(async (the) => {
      const { ana, ben, web, machines, sent } = await begin(the)
      expect((await ana.send('POST', path, deletion(web, 'db-1'))).status).toBe(409)
      const asked = await asks(ana, deletion(web))
      web.name = 'web-new'
      const { outcome } = await confirms(ben.person, asked)
      expect(outcome).toMatchObject({
        is: 'refused',
        problem: { cause: { code: 'name-changed' } },
      })
      expect((await listOf(ana))[0]?.outcome).toEqual(outcome)
      const entries = await entriesOf(ana)
      expect(entries.find(({ event }) => event === 'delete-instance')).toMatchObject({
        by: { name: 'Ana' },
        result: 'refused',
        cause: { code: 'name-changed' },
      })

      const [, other] = machines
      if (!other) throw new Error('too few machines')
      other.state = 'stopped'
      const chain: ChainRequest = {
        instanceId: other.id,
        request: { endpoint: 'delete-instance', snapshotFirst: true },
        seen: { name: other.name, steps: ['create-snapshot', 'delete-instance'] },
      }
      const planned = await asks(ana, { kind: 'chain', zone, chain })
      other.name = 'web-other'
      expect((await confirms(ben.person, planned)).outcome).toMatchObject({
        is: 'refused',
        problem: { cause: { code: 'name-changed' } },
      })
      expect(sent()).toEqual([])
    }),
  )

  test(
    'the one who asked must still be allowed to',
    house(async (the) => {
      const { ana, ben, web, sent } = await begin(the)
      const { person: cas, id } = await invited(ana, the.origin, {
        name: 'Cas',
        role: 'admin',
      })
      const change = (to: object) => ana.told('PUT', `/api/people/${id}`, to)
      const asked = await asks(cas, deletion(web))
      await change({ role: 'operator' })
      expect((await confirms(ben.person, asked)).outcome).toMatchObject({
        is: 'refused',
        problem: { cause: { code: 'needs-role' } },
      })
      await change({ role: 'admin' })
      const again = await asks(cas, deletion(web))
      await change({ disabled: true })
      expect((await confirms(ben.person, again)).outcome).toMatchObject({
        is: 'refused',
        problem: { cause: { code: 'asker-may-not' } },
      })
      expect(sent()).toEqual([])
    }),
  )
}

onBothStores(isRefused)
onBothStores(isRefusedAgain)
onBothStores(isConfirmed)
onBothStores(isRun)
onBothStores(isNotSent)
onBothStores(hasChanged)
