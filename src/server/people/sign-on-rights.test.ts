/** What ends with a role that the groups of an identity provider don't give any more, on both databases. */
import { expect, test } from 'vitest'

import type { Job, JobDetail } from '#contract/job.ts'

import { asks, deletion, tell } from '../testing/test-approvals.ts'
import { endOfFeed, onBothStores, type InHouse } from '../testing/test-house.ts'
import { changesOf, orderOf, resultsOf } from '../testing/test-jobs.ts'
import { addMachines } from '../testing/test-machines.ts'
import { firstAdmin } from '../testing/test-people.ts'
import { housesOf, SignOnVisitor, startAcme } from '../testing/test-sign-on.ts'

const acme = await startAcme()
const withAcme = housesOf(acme)

function narrows(house: InHouse): void {
  test(
    'who is an admin no more is narrowed as before, also in a bulk action that runs',
    withAcme(house, async ({ zone, origin, store }) => {
      const machines = addMachines(zone, 2)
      for (const [at, team] of ['web', 'db'].entries())
        Object.assign(machines[at] ?? {}, { labels: { team } })
      const [, other] = machines
      const ana = await firstAdmin(origin, store)
      const ada = new SignOnVisitor(origin)
      await ada.signIn('ada')
      const { id } = (await ada.person.session()).person
      const area = { labels: { team: 'web' } }
      expect(await ana.told('PUT', `/api/people/${id}`, { area })).toBe('200')
      acme.accounts.set('ada', { name: 'Ada', groups: ['leads'] })
      await ada.signIn('ada')

      acme.accounts.set('ada', { name: 'Ada', groups: ['ops'] })
      const elsewhere = new SignOnVisitor(origin)
      const path = `GET /instance/${other?.id}`
      const answer = zone.answers[path]
      // The groups change while the job reads the second one.
      zone.answers[path] = (request, response) =>
        void elsewhere.signIn('ada').then(() => answer?.(request, response))
      const { body } = await ada.person.send('POST', '/api/jobs', orderOf('stop', machines))
      const detail = async () => {
        const job = await ana.send('GET', `/api/jobs/${(body as Job).id}`) // the contract's answer
        return job.body as JobDetail // as above
      }
      await expect.poll(async () => (await detail()).endedAt).toBeDefined()
      expect(resultsOf(await detail())).toEqual(['success', 'skipped: instance-gone'])
      expect(other?.state).toBe('running')
    }),
    30_000,
  )
}

function ends(house: InHouse): void {
  test(
    'what waits for a second person isn’t sent when no group of who asked has a role',
    withAcme(house, async ({ zone, origin, store }) => {
      const [web] = addMachines(zone, 1)
      if (!web) throw new Error('no machine')
      const ana = await firstAdmin(origin, store)
      await ana.send('PUT', '/api/policy', { fourEyes: ['delete-instance'] })
      await ana.send('GET', '/api/inventory')
      const grace = new SignOnVisitor(origin)
      await grace.signIn('grace')
      const asked = await asks(grace.person, deletion(web))

      acme.accounts.set('grace', { name: 'Grace Hopper', groups: ['guests'] })
      const there = new SignOnVisitor(origin)
      const leave = () => there.signIn('grace')
      expect(await endOfFeed(origin, grace.person, leave)).toBeLessThan(5_000)

      expect(await tell(ana, asked, 'confirm')).toBe('409 approval-over')
      expect(changesOf(zone)).toEqual([])
    }),
  )
}

onBothStores(narrows)
onBothStores(ends)
