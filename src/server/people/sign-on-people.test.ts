/** People of an identity provider beside those with a password, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import type { AppOptions } from '../options.ts'
import { openStore } from '../store/store.ts'
import {
  laterMeasured,
  localSession,
  onBothStores,
  type InHouse,
} from '../testing/test-house.ts'
import { firstAdmin, invited, password, TestPerson } from '../testing/test-people.ts'
import {
  peopleOf,
  publicOrigin,
  SignOnVisitor,
  startAcme,
  withProvider,
  housesOf,
} from '../testing/test-sign-on.ts'
import { startConsole, startZone } from '../testing/test-zone.ts'

const acme = await startAcme()
const withAcme = housesOf(acme)

function haveNames(house: InHouse): void {
  test(
    'whose name is taken gets another one, and never the account of that name',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      acme.accounts.set('eve', { name: ' ANA ', groups: ['leads'] })
      acme.accounts.set('eve-2', { name: 'Ana', groups: ['all'] })
      const [eve, second] = [new SignOnVisitor(origin), new SignOnVisitor(origin)]
      await eve.signIn('eve')
      await second.signIn('eve-2')
      await eve.signIn('eve')
      const names = (await peopleOf(admin)).map(({ name, provider }) => [name, provider])
      expect(names.toSorted()).toEqual([
        ['ANA (Acme)', 'Acme'],
        ['Ana (Acme 2)', 'Acme'],
        ['Ana', undefined],
      ])
      expect((await admin.session()).person.name).toBe('Ana')
      const local = new TestPerson(origin)
      expect(await local.signIn('ANA (Acme)', '')).toBe('401 sign-in-failed')
      expect(await local.signIn('Ana')).toBe('200')
      expect((await local.session()).person.id).toBe((await admin.session()).person.id)
    }),
  )

  test(
    'the name, the role and the password of someone from the provider are not Vedette’s to change',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const { id } = (await ada.person.session()).person
      const path = `/api/people/${id}`
      for (const change of [{ role: 'admin' }, { name: 'Ana 2' }])
        expect(await admin.told('PUT', path, change)).toBe('409 from-provider')
      expect(await admin.told('POST', `${path}/invitation`)).toBe('409 from-provider')
      const own = { current: '', next: password }
      expect(await ada.person.told('PUT', '/api/password', own)).toBe('409 from-provider')
      expect(await admin.told('PUT', path, { disabled: true })).toBe('200')
      expect(await admin.told('DELETE', path)).toBe('204')
    }),
  )
}

function keepAnAdmin(house: InHouse): void {
  test(
    'the last admin with a password stays, for the day when the provider is down',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const grace = new SignOnVisitor(origin)
      await grace.signIn('grace')
      const { id } = (await admin.session()).person
      expect(await grace.person.told('DELETE', `/api/people/${id}`)).toBe(
        '409 last-local-admin',
      )
      expect(await admin.told('PUT', `/api/people/${id}`, { role: 'viewer' })).toBe(
        '409 last-local-admin',
      )
      const second = await invited(admin, origin, { name: 'Second', role: 'admin' })
      expect(await grace.person.told('DELETE', `/api/people/${id}`)).toBe('204')
      const own = (await grace.person.session()).person.id
      expect(await second.person.told('DELETE', `/api/people/${own}`)).toBe('204')
    }),
  )

  test(
    'the first account with a password can be created as long as there is none',
    withAcme(house, async ({ origin, store }) => {
      const grace = new SignOnVisitor(origin)
      await grace.signIn('grace')
      const ana = await firstAdmin(origin, store)
      expect((await ana.session()).person).toMatchObject({ name: 'Ana', role: 'admin' })
    }),
  )
}

function signOut(house: InHouse): void {
  test(
    'signing out ends the session here, and leads to the provider’s page only if wanted',
    withAcme(house, async ({ origin }) => {
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      expect(await ada.person.told('POST', '/api/sign-out', {})).toBe('204')
      await ada.signIn('ada')
      const { person } = ada
      const { body } = await person.send('POST', '/api/sign-out', { atProvider: true })
      // The contract's answer.
      const next = new URL((body as { next: string }).next)
      expect(next.origin).toBe(acme.issuer)
      expect(Object.fromEntries(next.searchParams)).toEqual({
        client_id: 'vedette',
        post_logout_redirect_uri: `${publicOrigin}/sign-in`,
      })
      expect(await ada.person.told('GET', '/api/session')).toBe('401 session-ended')

      await ada.signIn('ada')
      await acme.stop()
      laterMeasured(3_000)
      const gone = await ada.person.send('POST', '/api/sign-out', { atProvider: true })
      await acme.start()
      expect(gone.body).toEqual({ next: '/sign-in?problem=provider-keeps-session' })
    }),
  )
}

onBothStores((house) => {
  haveNames(house)
  keepAnAdmin(house)
  signOut(house)
})

test('people of a provider that is not set any more are signed out by the start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-sign-on-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const zone = await startZone()
  onTestFinished(() => zone.close())
  const start = async (options: Partial<AppOptions>) => {
    const store = await openStore(join(folder, 'vedette.db'))
    return {
      store,
      ...(await startConsole(zone, { session: localSession, store, ...options })),
    }
  }
  const first = await start(withProvider(acme))
  const ada = new SignOnVisitor(first.origin)
  await ada.signIn('ada')
  await firstAdmin(first.origin, first.store)
  await first.close()

  const same = await start(withProvider(acme))
  expect(await same.store.selectFrom('session').select('id').execute()).toHaveLength(2)
  await same.close()
  const without = await start({})
  expect(await without.store.selectFrom('session').select('id').execute()).toHaveLength(1)
  const ana = new TestPerson(without.origin)
  await ana.signIn('Ana')
  // An earlier provider is called by its host.
  const { host } = new URL(acme.issuer)
  expect((await peopleOf(ana)).map(({ provider }) => provider)).toEqual([host, undefined])
  await without.close()
})
