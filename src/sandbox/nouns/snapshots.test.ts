/** Snapshots: taken, reverted to, exported and deleted. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Operation, Snapshot, Template } from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { createClient, type Client } from '../testing/test-client.ts'

let sandbox: Sandbox
let client: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  client = createClient(sandbox)
})
afterEach(() => sandbox.close())

const at = (id: string) => ({ parameters: { id } })
const read = (id: string) => client.ask<Snapshot>('get-snapshot', at(id))
const revert = (instance: string, id: string) => ({
  parameters: { 'instance-id': instance },
  body: { id },
})

async function take(instanceId: string): Promise<string> {
  const operation = await client.perform('create-snapshot', at(instanceId))
  return operation.reference?.id ?? ''
}

test('a revert restores the snapshot’s template, and a larger disk keeps its size', async () => {
  const before = await client.findByName('old-wiki')
  const id = await take(before.id)
  const { body } = await client.ask<{ templates: Template[] }>('list-templates', {
    query: { visibility: 'private' },
  })
  await client.perform('reset-instance', {
    ...at(before.id),
    body: { 'disk-size': 60, template: { id: body.templates[0]?.id } },
  })
  expect((await client.findByName('old-wiki'))['disk-size']).toBe(60)

  const operation = await client.perform(
    'revert-instance-to-snapshot',
    revert(before.id, id),
  )

  expect(operation).toMatchObject({ state: 'success', reference: { id: before.id } })
  expect(await client.findByName('old-wiki')).toMatchObject({
    'disk-size': 60,
    template: before.template,
  })
})

test('a revert needs a stopped instance and one of its own snapshots', async () => {
  const web = await client.findByName('web-01')
  const wiki = await client.findByName('old-wiki')
  const ask = (instance: string, id = '') =>
    client.ask<{ message: string }>('revert-instance-to-snapshot', revert(instance, id))

  expect((await ask(web.id, web.snapshots?.[0]?.id)).body.message).toBe(
    'The instance needs to be stopped.',
  )
  expect((await ask(wiki.id, web.snapshots?.[0]?.id)).status).toBe(400)
  expect((await ask(wiki.id, web.id)).status).toBe(404)
})

test('an instance lists its snapshot until it is deleted', async () => {
  const web = await client.findByName('web-01')
  const id = await take(web.id)

  expect((await read(id)).body).toMatchObject({
    state: 'ready',
    size: 50,
    instance: { id: web.id },
  })
  expect((await read(id)).body).not.toHaveProperty('templateId')
  expect((await client.findByName('web-01')).snapshots).toContainEqual({ id })

  await client.perform('delete-snapshot', at(id))

  expect((await read(id)).status).toBe(404)
  expect((await client.findByName('web-01')).snapshots).not.toContainEqual({ id })
})

test('an exported snapshot has a download address, and can still be used', async () => {
  const wiki = await client.findByName('old-wiki')
  const id = wiki.snapshots?.[0]?.id ?? ''
  expect((await read(id)).body).not.toHaveProperty('export')

  await client.perform('export-snapshot', at(id))

  expect((await read(id)).body).toMatchObject({
    state: 'exported',
    export: { md5sum: expect.stringMatching(/^[0-9a-f]{32}$/) },
  })
  const operation = await client.perform('revert-instance-to-snapshot', revert(wiki.id, id))
  expect(operation.state).toBe('success')
})

test('a snapshot that is being taken can be neither deleted nor exported', async () => {
  const slow = await createSandbox({ machines: 'painted', speed: 1 })
  const patient = createClient(slow)
  const web = await patient.findByName('web-01')
  const { body } = await patient.ask<Operation>('create-snapshot', at(web.id))
  const made = at(body.reference?.id ?? '')
  const deleted = await patient.ask('delete-snapshot', made)
  const exported = await patient.ask('export-snapshot', made)
  await slow.close()

  expect([deleted.status, exported.status]).toEqual([409, 409])
})

test('a failed snapshot has the state error and can be deleted', async () => {
  const { id: instanceId } = await client.findByName('fails-on-snapshot')
  const { state, reference } = await client.perform('create-snapshot', at(instanceId))
  const id = reference?.id ?? ''

  expect(state).toBe('failure')
  expect((await read(id)).body.state).toBe('error')
  expect((await client.ask('export-snapshot', at(id))).status).toBe(400)
  expect((await client.perform('delete-snapshot', at(id))).state).toBe('success')
})

test('the quota of snapshots is enforced', async () => {
  const { id } = await client.findByName('web-01')
  const taken: number[] = []
  for (let count = 0; count < 20 && taken.at(-1) !== 403; count += 1) {
    const { status, body } = await client.ask<Operation>('create-snapshot', at(id))
    taken.push(status)
    let operation = body
    while (operation.state === 'pending') {
      operation = (await client.ask<Operation>('get-operation', at(operation.id))).body
    }
  }
  const { body } = await client.ask<{ quotas: { resource: string }[] }>('list-quotas')

  expect(taken.at(-1)).toBe(403)
  expect(body.quotas).toContainEqual({ resource: 'snapshot', limit: 20, usage: 20 })
})
