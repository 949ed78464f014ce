/** How people get in by an identity provider, with a real one and on both databases. */
import { expect, test } from 'vitest'

import { endOfFeed, onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin } from '../testing/test-people.ts'
import { clientSecret } from '../testing/test-provider.ts'
import {
  publicOrigin,
  SignOnVisitor,
  startAcme,
  withProvider,
  housesOf,
} from '../testing/test-sign-on.ts'

const acme = await startAcme()
const withAcme = housesOf(acme)

function comesIn(house: InHouse): void {
  test(
    'a person comes in, in the role of their groups, and to where they were going',
    withAcme(house, async ({ origin, store }) => {
      const ada = new SignOnVisitor(origin)
      const start = await ada.visit('/auth/start?to=%2Fwall%3Fa%3D%22b%22')
      expect(start.status).toBe(302)
      const asked = new URL(start.location).searchParams
      expect(asked.get('redirect_uri')).toBe(`${publicOrigin}/auth/callback`)
      expect(asked.get('code_challenge_method')).toBe('S256')
      expect(asked.get('scope')).toBe('openid profile')

      const came = await ada.visit(await ada.there.signIn(start.location, 'ada'))
      expect(came.status).toBe(200)
      expect(came.body).toContain('content="0;url=/wall?a=&quot;b&quot;"')
      expect(await ada.person.session()).toMatchObject({
        person: { name: 'Ada Lovelace', role: 'operator', provider: 'Acme' },
        signIn: 'local',
        endsAtProvider: true,
      })
      const [row] = await store.selectFrom('person').selectAll().execute()
      expect(row).toMatchObject({ issuer: acme.issuer, subject: 'ada', password: null })
      expect(await ada.person.told('GET', '/api/people')).toBe('403 needs-role')
    }),
  )

  test(
    'the cookie of the way is for these two addresses only, and gone when it is used',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const { set, location } = await ada.visit('/auth/start')
      expect(set).toHaveLength(1)
      for (const part of [
        'Path=/auth;',
        'HttpOnly',
        'SameSite=Lax',
        'Secure',
        'Max-Age=600',
      ])
        expect(`${set[0]};`).toContain(part)
      // Nothing in it can be read.
      const { searchParams } = new URL(location)
      for (const value of ['state', 'nonce'].map((name) => searchParams.get(name) ?? ''))
        expect(set[0]).not.toContain(value)
      const came = await ada.visit(await ada.there.signIn(location, 'ada'))
      expect([...ada.cookies.keys()]).toEqual(['__Host-sid'])
      expect(came.set.find((one) => one.startsWith('__Host-sid='))).toContain(
        'SameSite=Strict',
      )
    }),
  )

  test(
    'in the role of the highest of their groups, also if only `userinfo` says it',
    withAcme(house, async ({ origin }) => {
      acme.accounts.set('grace', { name: 'Grace', groups: ['all', 'leads', 'ops'] })
      const grace = new SignOnVisitor(origin)
      await grace.signIn('grace')
      expect((await grace.person.session()).person.role).toBe('admin')
      expect(acme.asked).toContain('GET /me')
    }),
  )
}

function comesAgain(house: InHouse): void {
  test(
    'who comes again is the same person, with the name and the role of that day',
    withAcme(house, async ({ origin, store }) => {
      await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const before = (await ada.person.session()).person
      const there = new SignOnVisitor(origin)
      await there.signIn('ada')
      acme.accounts.set('ada', { name: 'Ada King', groups: ['all'] })

      const again = () => there.signIn('ada')
      expect(await endOfFeed(origin, ada.person, again)).toBeLessThan(5_000)
      const { person } = await ada.person.session()
      expect(person).toMatchObject({ id: before.id, name: 'Ada King', role: 'viewer' })
      expect(await store.selectFrom('person').selectAll().execute()).toHaveLength(2)
    }),
  )

  test(
    'signing in again ends the session before',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const before = ada.person
      await ada.signIn('ada')
      expect(await before.told('GET', '/api/session')).toBe('401 session-ended')
      expect(await ada.person.told('GET', '/api/session')).toBe('200')
    }),
  )
}

function leavesTraces(house: InHouse): void {
  test('no token reaches the browser, the database or the log', async () => {
    const lines: string[] = []
    const logTo = { write: (line: string) => void lines.push(line) }
    await house(
      async ({ origin, store }) => {
        const ada = new SignOnVisitor(origin)
        const came = await ada.signIn('ada')
        await new SignOnVisitor(origin).signIn('eve')
        const rows = await Promise.all(
          (['person', 'session', 'kept'] as const).map((table) =>
            store.selectFrom(table).selectAll().execute(),
          ),
        )
        const all = JSON.stringify([came, rows, lines, await ada.person.session()])
        // How an encoded JSON object begins, as all parts of a token do.
        expect(all).not.toMatch(/\beyJ/)
        expect(all).not.toContain(clientSecret)
        expect(lines.join('')).toContain('no group has a role')
      },
      { ...withProvider(acme), logTo, logLevel: 'debug' },
    )()
  })
}

onBothStores((house) => {
  comesIn(house)
  comesAgain(house)
  leavesTraces(house)
})
