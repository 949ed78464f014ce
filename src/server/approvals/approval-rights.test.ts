/** Who sees and confirms changes that need a second person, and what can't be asked for, on both databases. */
import { randomUUID } from 'node:crypto'

import { expect, test } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type { ApprovalOrder } from '#contract/people/approval.ts'

import { Policies } from '../people/policy.ts'
import { openStore } from '../store/store.ts'
import {
  asks,
  begin,
  below,
  confirms,
  deletion,
  listOf,
  path,
  tell,
  zone,
} from '../testing/test-approvals.ts'
import { localSession, onBothStores, type InHouse } from '../testing/test-house.ts'
import { changesOf } from '../testing/test-jobs.ts'
import { addMachines, machineId } from '../testing/test-machines.ts'
import { TestPerson } from '../testing/test-people.ts'
import { json, withConsole } from '../testing/test-zone.ts'

const snapshotId = '0b12cb6b-7e3e-4c0e-9e10-0000000002aa'

function isTheirs(house: InHouse): void {
  test(
    'only who may do it sees and confirms it',
    house(async (the) => {
      const { ana, ben, oli, vic, web, machines } = await begin(the, ['delete-snapshot'])
      const snapshot = { id: snapshotId, name: 'monday', instance: { id: web.id } }
      the.zone.answers[`GET /snapshot/${snapshotId}`] = json(snapshot)
      the.zone.answers[`DELETE /snapshot/${snapshotId}`] = json({
        id: randomUUID(),
        state: 'success',
      })
      Object.assign(web, { labels: { team: 'web' } })
      Object.assign(machines[1] ?? {}, { labels: { team: 'db' } })
      await ana.send('PUT', `${below}/instance/${web.id}:reboot`)
      await expect
        .poll(async () => JSON.stringify((await ana.send('GET', '/api/inventory')).body))
        .toContain('"team":"web"')
      const order: ApprovalOrder = {
        kind: 'call',
        zone,
        endpoint: 'delete-snapshot',
        parameters: { id: snapshotId },
      }
      const narrow = (team: string) =>
        ana.told('PUT', `/api/people/${oli.id}`, { area: { labels: { team } } })
      const asked = await asks(ana, order)
      expect(asked).toMatchObject({ names: ['monday'], instanceId: web.id })
      expect(await listOf(vic.person)).toEqual([])
      expect(await tell(vic.person, asked, 'confirm')).toBe('404 no-such-approval')
      expect(await vic.person.told('POST', path, order)).toBe('403 needs-role')
      await narrow('db')
      expect(await listOf(oli.person)).toEqual([])
      expect(await tell(oli.person, asked, 'confirm')).toBe('404 no-such-approval')
      expect(await oli.person.told('POST', path, order)).toBe('404 no-such-page')
      await narrow('web')
      expect(await listOf(oli.person)).toHaveLength(1)
      expect((await confirms(oli.person, asked)).outcome).toMatchObject({ is: 'sent' })
      expect(await tell(ben.person, asked, 'confirm')).toBe('409 approval-over')
    }),
  )

  test(
    'what needs no second person, what no one else could confirm and what is no order is refused',
    house(async (the) => {
      const { ana, ben, web } = await begin(the, [])
      expect(await ana.told('POST', path, deletion(web))).toBe('409 no-approval-needed')
      await ana.send('PUT', '/api/policy', { fourEyes: ['delete-instance'] })
      await ana.send('PUT', `/api/people/${ben.id}`, { role: 'operator' })
      expect(await ana.told('POST', path, deletion(web))).toBe('409 no-second-person')
      for (const order of [
        null,
        [],
        {},
        { kind: 'call' },
        { ...deletion(web), parameters: { id: 1 } },
        { ...deletion(web), parameters: {} },
        { kind: 'chain', zone },
        { kind: 'job', job: [] },
        { kind: 'undo-job' },
      ])
        expect([order, await ana.told('POST', path, order)]).toEqual([
          order,
          '400 bad-approval',
        ])
      expect(await ana.told('POST', `${path}/${randomUUID()}/confirm`)).toBe(
        '404 no-such-approval',
      )
    }),
  )
}

onBothStores(isTheirs)

const web = { id: machineId(0), name: 'web-0', state: 'running', labels: {} }
const fourEyes: EndpointId[] = ['delete-instance']

test('the only person of the sandbox may be the second one, too, and the answer says both', async () => {
  const session = { ...localSession, signIn: 'demo', sandbox: true } as const
  await withConsole(
    async (there, { origin }) => {
      const machines = addMachines(there, 1)
      const you = new TestPerson(origin)
      await you.send('PUT', '/api/policy', { fourEyes })
      expect(await you.told('DELETE', `${below}/instance/${web.id}`)).toBe(
        '403 needs-second-person',
      )
      const asked = await asks(you, deletion(web))
      expect(asked).toMatchObject({ isOwn: true, mayAnswer: true })
      expect((await confirms(you, asked)).outcome).toMatchObject({ is: 'sent' })
      expect(machines).toEqual([])
    },
    { session },
  )
})

test('without a sign-in there is no second person, so none can be required or asked', async () => {
  const store = await openStore(':memory:')
  await new Policies(store).change({ fourEyes })
  await withConsole(
    async (there, { origin }) => {
      addMachines(there, 1)
      const one = new TestPerson(origin)
      expect(await one.told('PUT', '/api/policy', { fourEyes: [] })).toBe('404 no-people')
      // As it was left when there were accounts.
      expect(await one.told('DELETE', `${below}/instance/${web.id}`)).toBe(
        '403 needs-second-person',
      )
      expect(await one.told('POST', path, deletion(web))).toBe('409 one-person-only')
      expect(changesOf(there)).toEqual([])
    },
    { store },
  )
})
