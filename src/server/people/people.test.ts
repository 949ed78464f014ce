/** What admins do with people, and what each person may do, on both databases. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'

import { expect, test } from 'vitest'

import type { Invited, PersonChange, PersonRow } from '#contract/people/people.ts'
import { personTag } from '#contract/seen.ts'

import { endOfFeed, onBothStores, type InHouse } from '../testing/test-house.ts'
import { changesOf, orderOf } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import {
  firstAdmin,
  invited,
  password,
  TestPerson,
  tokenIn,
} from '../testing/test-people.ts'
import { instanceId } from '../testing/test-zone.ts'
import { firstLink } from './first-link.ts'

function comparesPeople(house: InHouse): void {
  test(
    'a change of a person whom another admin has changed since is rejected, also at once',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { id } = await invited(ana, origin, { name: 'Ben', role: 'viewer' })
      const row = async () => {
        const people = (await ana.send('GET', '/api/people')).body as PersonRow[] // the contract's answer
        return people.find((one) => one.id === id)
      }
      const seen = async () => {
        const now = await row()
        return now ? personTag(now) : ''
      }
      const change = async (body: PersonChange, tag: string) =>
        (await ana.send('PUT', `/api/people/${id}`, body, { 'if-match': tag })).status
      const first = await seen()
      expect(await change({ area: { labels: { team: 'web' } } }, first)).toBe(200)

      expect(await change({ role: 'operator' }, first)).toBe(412)
      expect(await change({ area: null }, first)).toBe(412)
      expect(await row()).toMatchObject({
        role: 'viewer',
        area: { labels: { team: 'web' } },
      })
      const second = await seen()
      const both = [change({ role: 'operator' }, second), change({ name: 'Bo' }, second)]
      expect((await Promise.all(both)).toSorted()).toEqual([200, 412])
      expect(await change({ area: null }, await seen())).toBe(200)
    }),
  )
}

function managesPeople(house: InHouse): void {
  test(
    'each role may do what the table says, and a change of the role holds at once',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'viewer',
      })
      const stop = `/api/zones/ch-test-1/instance/${instanceId}:stop`
      const screen = `/api/zones/ch-test-1/console/${instanceId}`
      expect(await ben.told('GET', '/api/inventory')).toBe('200')
      expect(await ben.told('PUT', stop)).toBe('403 needs-role')
      expect(await ben.told('POST', screen)).toBe('403 needs-right')
      expect(await ben.told('GET', '/api/people')).toBe('403 needs-role')

      const raise = () => ana.told('PUT', `/api/people/${id}`, { role: 'operator' })
      expect(await endOfFeed(origin, ben, raise)).toBeLessThan(2_000)
      expect(await ben.told('POST', screen)).toBe('200')
      expect((await ben.session()).person.role).toBe('operator')

      const stopBen = () => ana.told('PUT', `/api/people/${id}`, { disabled: true })
      expect(await endOfFeed(origin, ben, stopBen)).toBeLessThan(2_000)
      expect(await ben.told('GET', '/api/inventory')).toBe('401 session-ended')
      expect(await ben.signIn('Ben')).toBe('401 sign-in-failed')
    }),
  )

  test(
    'an invitation works once, gives its own person a password, and is replaced by the next',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { body } = await ana.send('POST', '/api/people', {
        name: 'Ben',
        role: 'viewer',
      })
      const first = body as Invited // the contract's answer
      const again = await ana.send('POST', `/api/people/${first.person.id}/invitation`)
      const second = again.body as Invited // as above
      const ben = new TestPerson(origin)
      const use = (path: string) =>
        ben.told('POST', '/api/set-up', { token: tokenIn(path), name: 'Eve', password })
      expect(await use(first.path)).toBe('410 no-such-invitation')
      expect(await use(second.path)).toBe('200')
      expect((await ben.session()).person).toMatchObject({ name: 'Ben', role: 'viewer' })
      expect(await use(second.path)).toBe('410 no-such-invitation')
    }),
  )

  test(
    'two requests with one link make one account',
    house(async ({ origin, store }) => {
      const link = await firstLink(store)
      const token = tokenIn(link?.path ?? '')
      const tell = (name: string) =>
        new TestPerson(origin).told('POST', '/api/set-up', { token, name, password })
      const told = await Promise.all([tell('Ana'), tell('Ben'), tell('Cleo')])
      expect(told.filter((status) => status === '200')).toHaveLength(1)
      expect(await store.selectFrom('person').selectAll().execute()).toHaveLength(1)
    }),
  )
}

function keepsPeople(house: InHouse): void {
  test(
    'the last person who can manage people stays',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { id } = (await ana.session()).person
      const own = `/api/people/${id}`
      // An admin who has no password yet can't manage anyone.
      await ana.send('POST', '/api/people', { name: 'Ben', role: 'admin' })
      expect(await ana.told('PUT', own, { role: 'viewer' })).toBe('409 last-admin')
      expect(await ana.told('PUT', own, { disabled: true })).toBe('409 last-admin')
      expect(await ana.told('DELETE', own)).toBe('409 last-admin')
      const { person: cleo, id: other } = await invited(ana, origin, {
        name: 'Cleo',
        role: 'admin',
      })
      const both = await Promise.all([
        ana.told('PUT', own, { role: 'viewer' }),
        cleo.told('PUT', `/api/people/${other}`, { role: 'viewer' }),
      ])
      expect(both.toSorted()).toEqual(['200', '409 last-admin'])
    }),
  )

  test(
    'a name is one person’s, and a deleted person is signed out and leaves no draft',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'viewer',
      })
      expect(await ana.told('POST', '/api/people', { name: 'bEN ', role: 'viewer' })).toBe(
        '409 name-taken',
      )
      expect(await ana.told('PUT', `/api/people/${id}`, { name: 'ANA' })).toBe(
        '409 name-taken',
      )
      expect(await ben.told('PUT', '/api/kept/a-draft', { text: 1 })).toBe('200')
      expect(await ana.told('DELETE', `/api/people/${id}`)).toBe('204')
      expect(await ben.told('GET', '/api/session')).toBe('401 session-ended')
      expect(await store.selectFrom('kept').selectAll().execute()).toEqual([])
      expect(await ana.told('DELETE', `/api/people/${id}`)).toBe('404 no-such-person')
    }),
  )

  test(
    'drafts are each person’s own',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben } = await invited(ana, origin, { name: 'Ben', role: 'viewer' })
      await ana.send('PUT', '/api/kept/a-draft', { text: 'Ana’s' })
      expect((await ben.send('GET', '/api/kept/a-draft')).body).toMatchObject({
        value: null,
      })
    }),
  )
}

function endsJobs(house: InHouse): void {
  test.each([
    ['becomes a viewer', { role: 'viewer' }],
    ['is disabled', { disabled: true }],
  ] as const)('a bulk action asks nothing more when its person %s', async (_how, change) =>
    house(async ({ zone, origin, store }) => {
      const machines = addMachines(zone, 60, { pending: true })
      const ana = await firstAdmin(origin, store)
      const { person: ben, id } = await invited(ana, origin, {
        name: 'Ben',
        role: 'operator',
      })
      const order = orderOf('stop', machines)
      expect(await ben.told('POST', '/api/jobs', order)).toBe('200')
      await expect.poll(() => changesOf(zone).length).toBeGreaterThan(2)

      expect(await ana.told('PUT', `/api/people/${id}`, change)).toBe('200')

      const asked = changesOf(zone).length
      const job = (await ana.send('GET', `/api/jobs/${order.key}`)).body
      expect(job).toMatchObject({ state: 'stopped', by: 'Ben' })
      expect(asked).toBeLessThan(60)
      // Each of those that were under way may have been on its way to the zone.
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(changesOf(zone).length).toBeLessThanOrEqual(asked + 4)
    })(),
  )
}

/** Sends a request whose body arrives only when `rest` is called; resolves with the status. */
async function sendSlowly(origin: string, { cookie }: TestPerson, body: object) {
  const sent = httpRequest(`${origin}/api/people`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json', cookie },
  })
  const text = JSON.stringify(body)
  sent.write(text.slice(0, 1))
  await once(sent, 'socket')
  // Long enough for the server to have the head.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return async () => {
    sent.end(text.slice(1))
    const [{ statusCode }] = await once(sent, 'response')
    return Number(statusCode)
  }
}

function looksAgain(house: InHouse): void {
  test.each([
    ['deleted', 401],
    ['demoted', 403],
  ])('someone who is %s while a body arrives does nothing more', (how, status) =>
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: eve, id } = await invited(ana, origin, { name: 'Eve', role: 'admin' })
      const rest = await sendSlowly(origin, eve, { name: 'Mallory', role: 'admin' })
      if (how === 'deleted') await ana.send('DELETE', `/api/people/${id}`)
      else await ana.send('PUT', `/api/people/${id}`, { role: 'viewer' })
      expect(await rest()).toBe(status)
      const people = await store.selectFrom('person').select('name').execute()
      expect(people.map(({ name }) => name)).not.toContain('Mallory')
    })(),
  )
}

onBothStores((house) => {
  comparesPeople(house)
  managesPeople(house)
  endsJobs(house)
  keepsPeople(house)
  looksAgain(house)
})
