/** What the audit log has of people who come by an identity provider, and that none comes in without it. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'

import type { AuditEntry, AuditPage } from '#contract/audit/audit.ts'

import { onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin, type TestPerson } from '../testing/test-people.ts'
import { SignOnVisitor, startAcme, housesOf } from '../testing/test-sign-on.ts'

const acme = await startAcme()
const withAcme = housesOf(acme)

/** The sign-ins of the log, newest first, without that of the first admin. */
async function signInsOf(admin: TestPerson): Promise<AuditEntry[]> {
  const { body } = await admin.send('GET', '/api/audit')
  const { entries } = body as AuditPage // the contract's answer
  return entries.filter(({ event }) => event === 'sign-in')
}

/** What can be compared: how it ended, whose it is, and what changed or why nothing did. */
const told = (entries: readonly AuditEntry[]) =>
  entries.map(({ result = 'open', by, changed, cause }) => [
    `${result} ${by?.name} ${by?.role ?? ''}`.trim(),
    cause ? `${cause.code} ${cause.provider}` : changed,
  ])

function hasSignIns(house: InHouse): void {
  test(
    'a new person, a person again, and a role that their groups have changed',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      await ada.signIn('ada')
      acme.accounts.set('ada', { name: 'Ada Lovelace', groups: ['leads'] })
      await ada.signIn('ada')

      const entries = await signInsOf(admin)
      const provider = 'Acme'
      expect(told(entries)).toEqual([
        [
          'done Ada Lovelace admin',
          { provider, role: { before: 'operator', after: 'admin' } },
        ],
        ['done Ada Lovelace operator', { provider }],
        ['done Ada Lovelace operator', { provider, created: true, role: 'operator' }],
      ])
      const { id } = (await ada.person.session()).person
      for (const { by } of entries) expect(by).toMatchObject({ id, from: '127.0.0.1' })
    }),
  )

  test(
    'who wasn’t let in and why, by name only where there is an account',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const [ada, eve] = [new SignOnVisitor(origin), new SignOnVisitor(origin)]
      await ada.signIn('ada')
      await eve.signIn('eve')
      acme.accounts.set('ada', { name: 'Ada King', groups: ['guests'] })
      await ada.signIn('ada')

      expect(told(await signInsOf(admin))).toEqual([
        ['refused Ada Lovelace operator', 'no-group-with-role Acme'],
        // Nothing in the log is what Eve calls herself.
        ['refused', 'no-group-with-role Acme'],
        ['done Ada Lovelace operator', expect.anything()],
      ])
    }),
  )

  test(
    'a disabled person, by name',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const { id } = (await ada.person.session()).person
      await admin.send('PUT', `/api/people/${id}`, { disabled: true })
      await ada.signIn('ada')

      const [refused] = await signInsOf(admin)
      expect(told(refused ? [refused] : [])).toEqual([
        ['refused Ada Lovelace operator', 'account-disabled Acme'],
      ])
      expect(refused?.by?.id).toBe(id)
    }),
  )
}

function hasFailures(house: InHouse): void {
  const ways: [string, (eve: SignOnVisitor) => Promise<unknown>][] = [
    ['sign-on-expired', (eve) => eve.visit('/auth/callback?code=a&state=made-up')],
    [
      'wrong-nonce',
      async (eve) => {
        const start = new URL((await eve.visit('/auth/start')).location)
        start.searchParams.set('nonce', 'of-another-sign-in')
        await eve.visit(await eve.there.signIn(start.href, 'ada'))
      },
    ],
    [
      'wrong-issuer',
      async (eve) => {
        const back = new URL(await eve.back('ada'))
        back.searchParams.set('iss', 'https://evil.example')
        await eve.visit(back.href)
      },
    ],
    [
      'provider-unreachable',
      async (eve) => {
        await acme.stop()
        await eve.visit('/auth/start').finally(() => acme.start())
      },
    ],
  ]

  test.each(ways)('%s is in it once, as refused', (code, come) =>
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      await come(new SignOnVisitor(origin))

      const entries = await signInsOf(admin)
      expect(told(entries)).toEqual([['refused', `${code} Acme`]])
      // What the browser got is a redirect, which no one may take for a success.
      expect(entries[0]?.status).toBeUndefined()
    })(),
  )
}

function comesFirst(house: InHouse): void {
  test(
    'without a row in it no session starts and no person is stored, and the sign-in page says why',
    withAcme(house, async ({ origin, store }) => {
      const ada = new SignOnVisitor(origin)
      const back = await ada.back('ada')
      await sql`alter table audit rename column body to gone`.execute(store)

      const { location } = await ada.visit(back)
      expect(location).toBe('/sign-in?problem=store-unavailable&to=%2Fwall')
      expect(ada.person.cookie).toBe('')
      for (const table of ['person', 'session'] as const)
        expect(await store.selectFrom(table).select('id').execute()).toEqual([])

      await sql`alter table audit rename column gone to body`.execute(store)
      expect((await ada.signIn('ada')).status).toBe(200)
    }),
  )

  test(
    'a sign-in whose session can’t be stored is settled as failed, and not as done',
    withAcme(house, async ({ origin, store }) => {
      const admin = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      const back = await ada.back('ada')
      await sql`alter table session rename column browser to gone`.execute(store)

      expect((await ada.visit(back)).status).toBe(303)
      expect(ada.person.cookie).toBe('')
      await sql`alter table session rename column gone to browser`.execute(store)
      const [failed] = await signInsOf(admin)
      expect(failed?.result).toBe('failed')
      expect(failed?.by?.name).toBe('Ada Lovelace')
      expect(failed?.cause?.code).toMatch(/^(internal|store-unavailable)$/)
    }),
  )
}

onBothStores((house) => {
  hasSignIns(house)
  hasFailures(house)
  comesFirst(house)
})
