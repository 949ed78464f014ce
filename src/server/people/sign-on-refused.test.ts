/** Who isn't let in by an identity provider, each for a reason, with a real one and on both databases. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterAll, expect, test } from 'vitest'

import { later, onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin, TestPerson } from '../testing/test-people.ts'
import { settingsOf, startProvider } from '../testing/test-provider.ts'
import {
  peopleOf,
  publicOrigin,
  SignOnVisitor,
  startAcme,
  withProvider,
  housesOf,
} from '../testing/test-sign-on.ts'
import { Provider } from './provider.ts'

const acme = await startAcme()
const other = await startProvider({ origins: [publicOrigin] })
afterAll(() => other.stop())
const withAcme = housesOf(acme)

const refusedFor = (why: string, to = '%2Fwall') => `/sign-in?problem=${why}&to=${to}`

function refusesPeople(house: InHouse): void {
  test(
    'who has no group with a role is not let in, and what was open for them ends',
    withAcme(house, async ({ origin, store }) => {
      const eve = new SignOnVisitor(origin)
      expect((await eve.signIn('eve')).location).toBe(refusedFor('no-group-with-role'))
      expect(eve.person.cookie).toBe('')
      expect(await store.selectFrom('person').selectAll().execute()).toHaveLength(0)

      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const there = ada.person
      acme.accounts.set('ada', { name: 'Ada', groups: [] })
      const again = new SignOnVisitor(origin)
      expect((await again.signIn('ada')).location).toBe(refusedFor('no-group-with-role'))
      expect(await there.told('GET', '/api/session')).toBe('401 session-ended')

      acme.accounts.set('ada', { name: 'Ada' })
      expect((await again.signIn('ada')).location).toBe(refusedFor('no-groups'))
      expect(again.person.cookie).toBe('')
    }),
  )

  test(
    'a disabled person stays out, and a deleted one is another person when they come again',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const { id } = (await ada.person.session()).person
      await admin.send('PUT', `/api/people/${id}`, { disabled: true })
      acme.accounts.set('ada', { name: 'Ada', groups: ['leads'] })
      expect((await ada.signIn('ada')).location).toBe(refusedFor('account-disabled'))
      expect(await ada.person.told('GET', '/api/session')).toBe('401 session-ended')
      expect((await peopleOf(admin)).find((one) => one.id === id)).toMatchObject({
        role: 'operator',
        disabled: true,
      })

      await admin.send('DELETE', `/api/people/${id}`)
      await ada.signIn('ada')
      expect((await ada.person.session()).person.id).not.toBe(id)
    }),
  )
}

function refusesAddresses(house: InHouse): void {
  test(
    'an address that was used, changed or invented lets no one in',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const back = await ada.back('ada')
      const kept = new Map(ada.cookies)
      expect((await ada.visit(back)).status).toBe(200)
      const expired = '/sign-in?problem=sign-on-expired'
      // Once more, also with the cookie of before, and in another browser.
      const twice = new SignOnVisitor(origin)
      expect((await twice.visit(back)).location).toBe(expired)
      for (const [name, value] of kept) twice.cookies.set(name, value)
      expect((await twice.visit(back)).location).toBe(refusedFor('sign-on-expired'))

      const stolen = new SignOnVisitor(origin)
      expect(
        (await stolen.visit(await new SignOnVisitor(origin).back('ada'))).location,
      ).toBe(expired)
      const eve = new SignOnVisitor(origin)
      const changed = new URL(await eve.back('ada'))
      const state = changed.searchParams.get('state') ?? ''
      changed.searchParams.set('state', `${state.slice(0, 20)}${'A'.repeat(23)}`)
      expect((await eve.visit(changed.href)).location).toBe(expired)
      for (const query of [
        '',
        '?code=a',
        '?state=',
        '?state=a&state=b',
        '?code=%00&state=%ff',
      ])
        expect((await eve.visit(`/auth/callback${query}`)).location).toBe(expired)
      for (const one of [twice, stolen, eve]) expect(one.person.cookie).toBe('')
    }),
  )

  test(
    'a code of another sign-in, or one that the provider has not given, is refused',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const first = new URL(await ada.back('ada'))
      const second = new URL(await new SignOnVisitor(origin).back('ada'))
      // PKCE: the code belongs to another verifier.
      first.searchParams.set('code', second.searchParams.get('code') ?? '')
      expect((await ada.visit(first.href)).location).toBe(refusedFor('sign-on-expired'))
      const made = new URL(await ada.back('ada'))
      made.searchParams.set('code', 'made-up')
      expect((await ada.visit(made.href)).location).toBe(refusedFor('sign-on-expired'))
      expect(ada.person.cookie).toBe('')
    }),
  )

  test(
    'another nonce and another issuer are refused, each with its reason',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const start = new URL((await ada.visit('/auth/start?to=/wall')).location)
      start.searchParams.set('nonce', 'of-another-sign-in')
      const back = await ada.there.signIn(start.href, 'ada')
      expect((await ada.visit(back)).location).toBe(refusedFor('wrong-nonce'))

      other.accounts.set('ada', { name: 'Ada', groups: ['leads'] })
      const mixed = new URL((await ada.visit('/auth/start?to=/wall')).location)
      mixed.host = new URL(other.issuer).host
      const fromOther = await ada.there.signIn(mixed.href, 'ada')
      expect(new URL(fromOther).searchParams.get('iss')).toBe(other.issuer)
      expect((await ada.visit(fromOther)).location).toBe(refusedFor('wrong-issuer'))
      const silent = new URL(await ada.back('ada'))
      silent.searchParams.delete('iss')
      expect((await ada.visit(silent.href)).location).toBe(refusedFor('wrong-issuer'))
      expect(ada.person.cookie).toBe('')
    }),
  )
}

function refusesSome(house: InHouse): void {
  test(
    'ten minutes are enough, and a provider’s refusal is not a way in',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const back = await ada.back('ada')
      later(10 * 60_000)
      expect((await ada.visit(back)).location).toBe('/sign-in?problem=sign-on-expired')
      const { location } = await ada.visit('/auth/start?to=/wall')
      const canceled = await new SignOnVisitor(origin).there.signIn(location, '', 'cancel')
      expect((await ada.visit(canceled)).location).toBe(refusedFor('provider-rejected'))
      expect(ada.person.cookie).toBe('')
    }),
  )

  test(
    'one browser has four sign-ins under way at most, and the last ones work',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const ways: string[] = []
      for (let tab = 0; tab < 6; tab += 1)
        ways.push((await ada.visit('/auth/start?to=/wall')).location)
      expect(ada.cookies.size).toBe(4)
      const back = (at: number) => ada.there.signIn(ways[at] ?? '', 'ada')
      expect((await ada.visit(await back(0))).location).toBe(
        '/sign-in?problem=sign-on-expired',
      )
      expect((await ada.visit(await back(2))).status).toBe(200)
      expect((await ada.visit(await back(5))).status).toBe(200)
    }),
  )
}

test('a provider whose answer has no end is given up after a megabyte', async () => {
  let sent = 0
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const piece = Buffer.alloc(256 * 1024, ' ')
    const go = () => {
      while (!response.destroyed && response.write(piece)) sent += piece.length
    }
    response.on('drain', go)
    go()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A TCP port's address is an AddressInfo.
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(settingsOf({ ...acme, issuer }), () => publicOrigin)
  const transaction = { state: 'a', nonce: 'b', verifier: 'c', to: '/' }
  await expect(provider.startUrl(transaction)).rejects.toThrow('provider-failed')
  // What the two ends of the line hold comes on top.
  expect(sent).toBeLessThan(20_000_000)
  server.closeAllConnections()
  server.close()
})

test('sign-ins that end at once are a limited number of requests to the provider', async () => {
  acme.hangs = true
  const provider = new Provider(settingsOf(acme), () => publicOrigin)
  const transaction = { state: 'a', nonce: 'b', verifier: 'c', to: '/' }
  const began = performance.now()
  const ends = Array.from({ length: 60 }, async () => {
    await expect(provider.finish('code=a&state=a', transaction)).rejects.toThrow(
      'provider-unreachable',
    )
    return performance.now() - began
  })
  const times = (await Promise.all(ends)).toSorted((a, b) => a - b)
  expect(times[9]).toBeLessThan(1_000)
  expect(times[10]).toBeGreaterThan(2_000)
}, 20_000)

function says(house: InHouse): void {
  test(
    'while the provider is down, it says so, and admins with a password come in',
    withAcme(house, async ({ origin, store }) => {
      await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await acme.stop()
      try {
        expect((await ada.visit('/auth/start?to=/wall')).location).toBe(
          refusedFor('provider-unreachable'),
        )
        const ana = new TestPerson(origin)
        expect(await ana.signIn('Ana')).toBe('200')
        expect((await ana.send('GET', '/api/sign-in')).body).toEqual({
          mode: 'local',
          setUp: false,
          provider: { name: 'Acme', claim: 'groups' },
        })
      } finally {
        await acme.start()
      }
      expect((await ada.signIn('ada')).status).toBe(200)
      // It goes down between the two halves.
      const back = await ada.back('ada')
      await acme.stop()
      expect((await ada.visit(back)).location).toBe(refusedFor('provider-unreachable'))
      await acme.start()
    }),
  )

  test(
    'a provider that never answers is given up within ten seconds',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      const back = await ada.back('ada')
      acme.hangs = true
      const begun = performance.now()
      expect((await ada.visit(back)).location).toBe(refusedFor('provider-unreachable'))
      expect(performance.now() - begun).toBeLessThan(10_000)
      const start = performance.now()
      expect((await ada.visit('/auth/start')).location).toBe(
        '/sign-in?problem=provider-unreachable',
      )
      expect(performance.now() - start).toBeLessThan(10_000)
    }),
    60_000,
  )
}

function saysOfSettings(house: InHouse): void {
  test('a provider whose metadata names another issuer is not used', async () => {
    // Another name of the same host.
    const issuer = new URL(acme.issuer.replace('127.0.0.1', 'localhost'))
    const options = { ...withProvider(acme), oidc: { ...settingsOf(acme), issuer } }
    await house(async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      expect((await ada.visit('/auth/start?to=/wall')).location).toBe(
        refusedFor('wrong-issuer'),
      )
    }, options)()
  })

  test('a secret that the provider does not know is a failure, and the log says which', async () => {
    const lines: string[] = []
    const logTo = { write: (line: string) => void lines.push(line) }
    const oidc = { ...settingsOf(acme), clientSecret: 'another canary' }
    await house(
      async ({ origin }) => {
        const ada = new SignOnVisitor(origin)
        expect((await ada.signIn('ada')).location).toBe(refusedFor('provider-failed'))
        expect(lines.join('')).toContain('invalid_client')
        expect(lines.join('')).not.toContain('another canary')
      },
      { ...withProvider(acme), oidc, logTo, logLevel: 'warn' },
    )()
  })

  test(
    'without a provider, its addresses lead to the sign-in page',
    house(async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      for (const path of ['/auth/start?to=/wall', '/auth/callback?code=a&state=b'])
        expect(await ada.visit(path)).toMatchObject({ status: 303, location: '/sign-in' })
    }),
  )
}

onBothStores((house) => {
  refusesPeople(house)
  refusesAddresses(house)
  refusesSome(house)
  says(house)
  saysOfSettings(house)
})
