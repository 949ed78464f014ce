/** Pools keep their number of members. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Instance, InstanceListItem, InstancePool } from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { takes, type Here } from '../change.ts'
import { createClock } from '../clock.ts'
import { createConsoles } from '../console/consoles.ts'
import { seedWorld } from '../seed/world.ts'
import { createClient, type Client } from '../testing/test-client.ts'
import { refillPool } from './instance-pools.ts'

let sandbox: Sandbox
let client: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  client = createClient(sandbox)
})
afterEach(() => sandbox.close())

const at = (id: string) => ({ parameters: { id } })
const member = 'pool-shop-workers-a7f3k'

async function poolOf(zone: Client, name: string): Promise<InstancePool> {
  const { body } = await zone.ask<{ 'instance-pools': InstancePool[] }>(
    'list-instance-pools',
  )
  const found = body['instance-pools'].find((one) => one.name === name)
  if (!found) throw new Error(`no pool ${name}`)
  return found
}

const evict = (zone: Client, poolId: string, ...instances: string[]) =>
  zone.ask<{ message: string }>('evict-instance-pool-members', {
    ...at(poolId),
    body: { instances },
  })

test('an evicted member is deleted, and the pool stays smaller', async () => {
  const { id } = await client.findByName(member)
  const pool = await poolOf(client, 'shop-workers')
  const end = await client.perform('evict-instance-pool-members', {
    ...at(pool.id),
    body: { instances: [id] },
  })

  expect(end).toMatchObject({
    state: 'success',
    reference: { command: 'get-instance-pool' },
  })
  expect((await client.ask('get-instance', at(id))).status).toBe(404)
  expect(pool).toMatchObject({ size: 3 })
  const after = await poolOf(client, 'shop-workers')
  expect(after).toMatchObject({ size: 2, state: 'running' })
  const others = pool.instances?.map((one) => one.id).filter((one) => one !== id)
  expect(after.instances?.map((one) => one.id)).toEqual(others)
  // A pool with too few members would add one when it replaces another.
  await client.perform('delete-instance', at(others?.[0] ?? ''))
  const ids = async () =>
    (await poolOf(client, 'shop-workers')).instances?.map((one) => one.id) ?? []
  await expect.poll(ids).toHaveLength(2)
  expect(await ids()).not.toContain(others?.[0])
})

test('a deleted member is replaced according to the pool', async () => {
  const { id } = await client.findByName(member)
  const before = await poolOf(client, 'shop-workers')
  await client.perform('update-instance', { ...at(id), body: { labels: { mine: 'yes' } } })
  await client.perform('delete-instance', at(id))

  await expect
    .poll(async () => (await poolOf(client, 'shop-workers')).instances?.length)
    .toBe(3)
  const { instances, size } = await poolOf(client, 'shop-workers')
  expect(size).toBe(3)
  const known = new Set(before.instances?.map((one) => one.id))
  const fresh = instances?.find((one) => !known.has(one.id))
  const state = async () =>
    (await client.ask<Instance>('get-instance', at(fresh?.id ?? ''))).body
  await expect.poll(async () => (await state()).state).toBe('running')
  expect(await state()).toMatchObject({
    name: expect.stringMatching(/^pool-shop-workers-[0-9a-f]{5}$/),
    manager: { id: before.id, type: 'instance-pool' },
    labels: { env: 'production', app: 'shop' },
  })
})

test('an instance that is no member, is protected, or belongs to an SKS pool can’t be evicted', async () => {
  const pool = await poolOf(client, 'shop-workers')
  const web = await client.findByName('web-01')
  const { id } = await client.findByName(member)
  const frankfurt = createClient(sandbox, { zone: 'de-fra-1' })
  const sks = await poolOf(frankfurt, 'nodepool-shop-k8s')
  await client.perform('add-instance-protection', at(id))

  expect((await evict(client, pool.id, web.id)).status).toBe(400)
  expect((await evict(client, pool.id, id)).status).toBe(403)
  const answer = await evict(frankfurt, sks.id, sks.instances?.[0]?.id ?? '')
  expect(answer.status).toBe(403)
  expect(answer.body.message).toContain(`Managed by SKS nodepool ${sks.manager?.id}`)
  expect(await poolOf(client, 'shop-workers')).toEqual(pool)
})

test('a node’s manager is its node pool', async () => {
  const frankfurt = createClient(sandbox, { zone: 'de-fra-1' })
  const sks = await poolOf(frankfurt, 'nodepool-shop-k8s')
  const { body } = await frankfurt.ask<{ instances: InstanceListItem[] }>('list-instances')
  const nodes = body.instances.filter(({ manager }) => manager?.type === 'sks-nodepool')

  expect(nodes.map(({ manager }) => manager?.id)).toEqual([sks.manager?.id])
})

/** A world that no client sees, with all that its instances keep; `member` has just been deleted from its pool. */
function withoutMember() {
  const clock = createClock(1000)
  const consoles = createConsoles({
    machines: 'painted',
    speed: 1000,
    now: clock.now,
    insistsOnBinary: false,
    onFault() {},
  })
  const world = seedWorld(['ch-gva-2'], clock.now(), 0)
  const zone = world.zones.get('ch-gva-2')
  const gone = [...(zone?.instances.values() ?? [])].find(({ name }) => name === member)
  if (!zone || !gone) throw new Error(`no ${member}`)
  zone.instances.delete(gone.id)
  const known = new Set(zone.instances.keys())
  const here: Here = { world, zone, clock, consoles }
  return {
    here,
    gone,
    fresh: () => [...zone.instances.values()].filter(({ id }) => !known.has(id)),
    async close() {
      clock.close()
      await consoles.close()
    },
  }
}

test('a replacement has neither the fault nor the deletion of the deleted member', async () => {
  const { here, gone, fresh, close } = withoutMember()
  gone.destroyed = { zone: 'ch-gva-2', at: here.clock.now(), wasRunning: true }
  gone.fault = 'no-kernel'
  gone.simulated = true
  gone.publicKeys = ['ssh-ed25519 AAAA ada']
  refillPool(here, gone)

  await expect.poll(fresh).toHaveLength(1)
  for (const kept of ['destroyed', 'fault', 'simulated', 'publicKeys'])
    expect(fresh()[0]).not.toHaveProperty(kept)
  await close()
})

test('a world that was replaced replaces no members', async () => {
  const { here, gone, fresh, close } = withoutMember()
  here.world.isReplaced = true
  refillPool(here, gone)

  // The clock keeps the order of what was asked of it.
  await new Promise<void>((resolve) => here.clock.later(takes.poolNotices + 1_000, resolve))
  expect(fresh()).toEqual([])
  await close()
})
