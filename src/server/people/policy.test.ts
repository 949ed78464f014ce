/** What roles may do, as admins set it and the store keeps it, on both databases. */
import { expect, test } from 'vitest'

import { defaultPolicy, type Policy } from '#contract/people/policy.ts'

import { endOfFeed, onBothStores, type InHouse } from '../testing/test-house.ts'
import { firstAdmin, invited } from '../testing/test-people.ts'
import { Policies } from './policy.ts'

function setsPolicy(house: InHouse): void {
  test(
    'an admin changes it, everyone reads it, and the log has each switch',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben } = await invited(ana, origin, { name: 'Ben', role: 'viewer' })
      expect((await ben.send('GET', '/api/policy')).body).toEqual(defaultPolicy)

      const change = { screens: { viewer: { see: true } }, fourEyes: ['delete-instance'] }
      expect(await ben.told('PUT', '/api/policy', change)).toBe('403 needs-role')
      const { body } = await ana.send('PUT', '/api/policy', change)

      const wanted: Policy = {
        screens: {
          ...defaultPolicy.screens,
          viewer: { see: true, type: false, copy: false, play: true },
        },
        fourEyes: ['delete-instance'],
      }
      expect(body).toEqual(wanted)
      expect((await ben.send('GET', '/api/policy')).body).toEqual(wanted)
      const { body: log } = await ana.send('GET', '/api/audit')
      const { entries } = log as { entries: { event: string; changed: unknown }[] } // AuditPage
      expect(entries.find(({ event }) => event === 'change-policy')?.changed).toEqual({
        'viewer.see': { before: false, after: true },
        fourEyes: { before: [], after: ['delete-instance'] },
      })
    }),
  )

  test(
    'what isn’t a policy is refused, and what changes nothing is no entry',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const bad = { screens: { viewer: { see: false, type: true } } }
      expect(await ana.told('PUT', '/api/policy', bad)).toBe('400 bad-policy')
      expect(await ana.told('PUT', '/api/policy', defaultPolicy)).toBe('200')
      const { body } = await ana.send('GET', '/api/audit')
      expect(JSON.stringify(body)).not.toContain('change-policy')
    }),
  )
}

function holdsForAll(house: InHouse): void {
  test(
    'two admins who change it at once lose nothing of each other',
    house(async ({ store }) => {
      const [one, other] = [new Policies(store), new Policies(store)]
      await Promise.all([
        one.change({ screens: { viewer: { see: true } } }),
        other.change({ screens: { operator: { copy: false } } }),
        one.change({ fourEyes: ['reset-instance'] }),
      ])
      for (const policies of [one, other]) {
        const { screens, fourEyes } = await policies.read()
        expect([screens.viewer.see, screens.operator.copy, fourEyes]).toEqual([
          true,
          false,
          ['reset-instance'],
        ])
      }
    }),
  )

  test(
    'event streams end for those whose rights changed, and for no one else',
    house(async ({ origin, store }) => {
      const ana = await firstAdmin(origin, store)
      const { person: ben } = await invited(ana, origin, { name: 'Ben', role: 'viewer' })
      const { person: cleo } = await invited(ana, origin, {
        name: 'Cleo',
        role: 'operator',
      })
      const set = (change: object) => ana.told('PUT', '/api/policy', change)
      const allow = () => set({ screens: { viewer: { see: true } } })
      expect(await endOfFeed(origin, ben, allow)).toBeLessThan(2_000)

      // Of the operator, which goes on while only viewers are concerned.
      const { cookie } = cleo
      const stream = await fetch(`${origin}/api/feed?since=0`, {
        headers: { cookie },
      })
      let hasEnded = false
      const reading = (async () => {
        await stream.text()
        hasEnded = true
      })()
      await set({ screens: { viewer: { see: false } } })
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(hasEnded).toBe(false)
      await set({ screens: { operator: { type: false } } })
      await reading
      expect(hasEnded).toBe(true)
    }),
  )

  test(
    'a row that can’t be read gives no right',
    house(async ({ store }) => {
      await store.updateTable('policy').set({ body: '{not json' }).execute()
      const policies = new Policies(store)
      expect(await policies.rightsOf('operator')).toMatchObject({ see: false, play: false })
      expect(await policies.rightsOf('admin')).toMatchObject({ see: true })
    }),
  )
}

onBothStores((house) => {
  setsPolicy(house)
  holdsForAll(house)
})
