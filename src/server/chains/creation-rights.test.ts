/** A call that follows a creation needs the same rights as when it is sent alone, on both databases. */
import { expect, test } from 'vitest'

import type { Chain, ChainStep } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import { onBothStores, type House, type InHouse } from '../testing/test-house.ts'
import { addMachines } from '../testing/test-machines.ts'
import { firstAdmin, invited } from '../testing/test-people.ts'

const below = '/api/zones/ch-test-1'
const anyId = '7d1a4f8e-1f5b-4d55-9a8e-6a0f6a0a1111'

/** An admin and the operator Ben, in front of an instance of the team whose creation lacks one step. */
async function begin({ zone, origin, store }: House, lacks: Partial<ChainStep>) {
  const [machine] = addMachines(zone, 1)
  if (!machine) throw new Error('no machine')
  machine.labels = { team: 'web' }
  const ana = await firstAdmin(origin, store)
  const ben = await invited(ana, origin, { name: 'Ben', role: 'operator' })
  await ana.send('PUT', `${below}/instance/${machine.id}:reboot`)
  await expect
    .poll(async () => {
      const { zones } = (await ana.send('GET', '/api/inventory')).body as Inventory // the contract's answer
      return zones[0]?.instances[0]?.labels
    })
    .toEqual(machine.labels)
  const follow = { part: 'follow', endpoint: 'add-instance-protection', state: 'failure' }
  const chain: Chain = {
    id: crypto.randomUUID(),
    zone: 'ch-test-1',
    instanceId: machine.id,
    subject: machine.name,
    endpoint: 'create-instance',
    steps: [
      { part: 'change', endpoint: 'create-instance', body: {}, state: 'success' },
      { ...follow, ...lacks } as ChainStep, // a whole step
    ],
    state: 'partial',
    startedAt: Date.now() - 1_000,
    endedAt: Date.now(),
    by: 'Ana',
  }
  const { id, zone: name, state, startedAt } = chain
  const row = { id, zone: name, state, started_at: startedAt, body: JSON.stringify(chain) }
  await store.insertInto('chain').values(row).execute()
  return { ana, ben: ben.person, benId: ben.id, again: `${below}/chains/${id}/again` }
}

function needRights(house: InHouse): void {
  test(
    'only an admin has protection turned on with a creation, or tries that again',
    house(async (the) => {
      const { ana, ben, again } = await begin(the, {})
      const body = {
        name: 'web-01',
        'disk-size': 10,
        'instance-type': { id: anyId },
        template: { id: anyId },
      }
      const order = { body, protect: true }
      expect(await ben.told('POST', `${below}/creations`, order)).toBe('403 needs-role')
      expect(await ben.told('POST', again)).toBe('403 needs-role')
      expect(the.zone.asked).not.toContain('POST /instance')
      expect(the.zone.asked.join()).not.toContain(':add-protection')
      expect(await ana.told('POST', again)).toBe('200')
    }),
  )

  test(
    'who is narrowed by label doesn’t attach an elastic IP by trying a creation again',
    house(async (the) => {
      const lacks = { endpoint: 'attach-instance-to-elastic-ip', target: anyId } as const
      const { ana, ben, benId, again } = await begin(the, lacks)
      const area = { labels: { team: 'web' } }
      expect(await ana.told('PUT', `/api/people/${benId}`, { area })).toBe('200')
      expect(await ben.told('POST', again)).toBe('403 not-narrowed-only')
      expect(the.zone.asked.join()).not.toContain(':attach')
    }),
  )
}

onBothStores(needRights)
