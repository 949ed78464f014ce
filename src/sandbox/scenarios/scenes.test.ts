/** The goals of the scenarios: none is reached at the start, and each by what its sentence says. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import { scenarioIds, type ScenarioId } from '#contract/sandbox/scenario.ts'
import type { InstanceType, Snapshot } from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { createClient, type Client } from '../testing/test-client.ts'

let sandbox: Sandbox
let geneva: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  geneva = createClient(sandbox)
})
afterEach(() => sandbox.close())

const at = (id: string) => ({ parameters: { id } })
const isReached = async () => (await sandbox.controls.state()).scenario?.reached

async function load(scenario: ScenarioId): Promise<void> {
  await sandbox.controls.load(scenario)
  expect(await sandbox.controls.state()).toEqual({
    changed: false,
    scenario: { id: scenario, reached: false },
  })
}

async function create(client: Client, name: string): Promise<void> {
  const like = await geneva.findByName('web-01')
  const { body } = await client.ask<{ templates: { id: string; family?: string }[] }>(
    'list-templates',
  )
  await client.perform('create-instance', {
    body: {
      name,
      'disk-size': 10,
      'instance-type': { id: like['instance-type']?.id },
      template: { id: body.templates.find(({ family }) => family === 'debian')?.id },
    },
  })
}

test.each(scenarioIds)('the goal of %s isn’t reached at the start', load)

test('the first instance reaches its goal when it runs', async () => {
  await load('first-server')
  await create(geneva, 'first')
  expect(await sandbox.controls.state()).toEqual({
    changed: true,
    scenario: { id: 'first-server', reached: true },
  })
})

test('a size counts when it was larger and is the old one again', async () => {
  await load('scale-and-back')
  const { id } = await geneva.findByName('web-01')
  const { body } = await geneva.ask<{ 'instance-types': InstanceType[] }>(
    'list-instance-types',
  )
  const scale = (size: string) => {
    const type = body['instance-types'].find(
      (one) => one.family === 'standard' && one.size === size,
    )
    return geneva.perform('scale-instance', {
      ...at(id),
      body: { 'instance-type': { id: type?.id } },
    })
  }
  await geneva.perform('stop-instance', at(id))
  await scale('small')
  await scale('medium')
  await geneva.perform('start-instance', { ...at(id), body: {} })
  expect(await isReached()).toBe(false)
  await geneva.perform('stop-instance', at(id))
  await scale('large')
  await scale('medium')
  expect(await isReached()).toBe(false)
  await geneva.perform('start-instance', { ...at(id), body: {} })
  expect(await isReached()).toBe(true)
})

test('an update is undone by a snapshot from before it, and not by a reboot', async () => {
  await load('update-broke-it')
  const { id, snapshots } = await geneva.findByName('web-01')
  await geneva.perform('reboot-instance', at(id))
  expect(await isReached()).toBe(false)
  await geneva.perform('stop-instance', at(id))
  await geneva.perform('revert-instance-to-snapshot', {
    parameters: { 'instance-id': id },
    body: { id: snapshots?.[0]?.id },
  })
  await geneva.perform('start-instance', { ...at(id), body: {} })
  expect(await isReached()).toBe(true)
})

test('an instance without a kernel doesn’t boot, until it is reverted to a snapshot with one', async () => {
  await load('does-not-boot')
  const { id } = await geneva.findByName('web-02')
  expect(await sandbox.controls.bootOf(id)).toBe('no-boot')
  await geneva.perform('reboot-instance', at(id))
  expect(await sandbox.controls.bootOf(id)).toBe('no-boot')
  // A snapshot of a damaged disk doesn't help.
  const { reference } = await geneva.perform('create-snapshot', at(id))
  await geneva.perform('stop-instance', at(id))
  await geneva.perform('revert-instance-to-snapshot', {
    parameters: { 'instance-id': id },
    body: { id: reference?.id },
  })
  await geneva.perform('start-instance', { ...at(id), body: {} })
  expect(await sandbox.controls.bootOf(id)).toBe('no-boot')
  expect(await isReached()).toBe(false)
  await geneva.perform('stop-instance', at(id))
  await geneva.perform('reset-instance', { ...at(id), body: {} })
  await geneva.perform('start-instance', { ...at(id), body: {} })
  expect(await isReached()).toBe(true)
})

test('who deleted an instance is in the events, and creating it again is the goal', async () => {
  await load('wrong-one-deleted')
  const zurich = createClient(sandbox, { zone: 'ch-dk-2' })
  await expect(zurich.findByName('web-03')).rejects.toThrow('no web-03')
  const { body } =
    await zurich.ask<{ handler: string; 'iam-user'?: { email: string } }[]>('list-events')
  const deleted = body.find(({ handler }) => handler === 'delete-instance')
  expect(deleted?.['iam-user']?.email).toBe('ben@example.com')
  await create(zurich, 'web-03')
  expect(await isReached()).toBe(true)
})

test('a dark zone doesn’t respond, and the others do', async () => {
  await load('zone-dark')
  const zurich = createClient(sandbox, { zone: 'ch-dk-2' })
  await expect(zurich.ask('list-instances')).rejects.toThrow()
  const frankfurt = createClient(sandbox, { zone: 'de-fra-1' })
  const { id } = await frankfurt.findByName('web-standby')
  await frankfurt.perform('start-instance', { ...at(id), body: {} })
  expect(await isReached()).toBe(true)
  await sandbox.controls.load(undefined)
  expect((await zurich.ask('list-instances')).status).toBe(200)
})

test('a full limit rejects a snapshot until another one is deleted', async () => {
  await load('limit-full')
  const { id } = await geneva.findByName('shop-db-01')
  expect((await geneva.ask('create-snapshot', at(id))).status).toBe(403)
  const wiki = await geneva.findByName('old-wiki')
  const { body } = await geneva.ask<{ snapshots: (Snapshot & { id: string })[] }>(
    'list-snapshots',
  )
  const old = body.snapshots.find(({ instance }) => instance?.id === wiki.id)
  await geneva.perform('delete-snapshot', at(old?.id ?? ''))
  expect(await isReached()).toBe(false)
  await geneva.perform('create-snapshot', at(id))
  expect(await isReached()).toBe(true)
})

test('a new world has other instances, and operations of the old one still end', async () => {
  const { id } = await geneva.findByName('web-01')
  const begun = await geneva.ask<{ id: string }>('stop-instance', at(id))
  await sandbox.controls.load(undefined)
  const again = await geneva.findByName('web-01')
  expect(again).toMatchObject({ state: 'running' })
  expect(again.id).not.toBe(id)
  expect((await geneva.ask('get-operation', at(begun.body.id))).status).toBe(200)
  expect(await sandbox.controls.state()).toEqual({ changed: false })
})

test('a loaded world has no machines where its seed has none', async () => {
  const without = await createSandbox({ machines: 'painted', seedWithoutMachines: true })
  await without.controls.load(undefined)
  const { id } = await createClient(without).findByName('web-01')
  expect(await without.controls.bootOf(id)).toBe('unknown')
  await without.close()
})
