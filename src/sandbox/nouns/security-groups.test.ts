/** Security groups and their rules: created, used, deleted, and what a zone rejects. */
import { setTimeout as wait } from 'node:timers/promises'

import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type { Operation, SecurityGroup } from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { createClient, type Client, type Sent } from '../testing/test-client.ts'

let sandbox: Sandbox
let client: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  client = createClient(sandbox)
})
afterEach(() => sandbox.close())

const ssh = {
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': 22,
  'end-port': 22,
  network: '203.0.113.7/32',
} as const

async function made(name = 'ssh-from-home'): Promise<string> {
  const { state, reference } = await client.perform('create-security-group', {
    body: { name, description: 'From home' },
  })
  expect(state).toBe('success')
  return reference?.id ?? ''
}

const read = async (id: string) =>
  (await client.ask<SecurityGroup>('get-security-group', { parameters: { id } })).body

test('a new group has no rules, and gets and loses them one by one, in every zone', async () => {
  const id = await made()
  expect(await read(id)).toEqual({
    id,
    name: 'ssh-from-home',
    description: 'From home',
    visibility: 'private',
  })

  const at = { parameters: { id } }
  const added = await client.perform('add-rule-to-security-group', { ...at, body: ssh })
  expect(added).toMatchObject({
    state: 'success',
    reference: { id, command: 'get-security-group' },
  })
  const elsewhere = createClient(sandbox, { zone: 'de-fra-1' })
  const { body } = await elsewhere.ask<SecurityGroup>('get-security-group', at)
  expect(body.rules).toEqual([{ ...ssh, id: expect.any(String) }])

  const rule = { parameters: { id, 'rule-id': body.rules?.[0]?.id ?? '' } }
  await client.perform('delete-rule-from-security-group', rule)
  expect(await read(id)).not.toHaveProperty('rules')
  expect((await client.ask('delete-rule-from-security-group', rule)).status).toBe(404)

  await client.perform('delete-security-group', at)
  expect((await client.ask('get-security-group', at)).status).toBe(404)
})

test('a taken name, an equal rule and a group in use are a conflict', async () => {
  const id = await made()
  const at = { parameters: { id } }
  const again = await client.ask('create-security-group', {
    body: { name: 'ssh-from-home' },
  })
  expect(again.status).toBe(409)

  await client.perform('add-rule-to-security-group', { ...at, body: ssh })
  expect(
    (await client.ask('add-rule-to-security-group', { ...at, body: ssh })).status,
  ).toBe(409)

  const instance = { id: (await client.findByName('web-01')).id }
  await client.perform('attach-instance-to-security-group', { ...at, body: { instance } })
  expect(await client.ask('delete-security-group', at)).toEqual({
    status: 409,
    body: { message: "Cannot delete group when it's in use by virtual machines" },
  })
})

test.each([
  { ...ssh, network: '203.0.113.7' },
  { ...ssh, network: '203.0.113.7/33' },
  { ...ssh, network: '203.0.113/24' },
  { ...ssh, network: '2001:db8::/129' },
  { ...ssh, network: 'home' },
  { ...ssh, protocol: 'icmp' },
  { ...ssh, 'start-port': 80 },
  { ...ssh, 'end-port': 65_536 },
  { ...ssh, 'flow-direction': 'both' },
])('the rule %j is rejected and adds nothing', async (body) => {
  const id = await made()
  const { status } = await client.ask('add-rule-to-security-group', {
    parameters: { id },
    body,
  })

  expect(status).toBe(400)
  expect(await read(id)).not.toHaveProperty('rules')
})

test('a creation that fails leaves no group', async () => {
  const { state, reason } = await client.perform('create-security-group', {
    body: { name: 'fails-with-fault' },
  })

  expect({ state, reason }).toEqual({ state: 'failure', reason: 'fault' })
  const { body } = await client.ask<{ 'security-groups': SecurityGroup[] }>(
    'list-security-groups',
  )
  expect(body['security-groups'].map(({ name }) => name)).not.toContain('fails-with-fault')
})

test('a group that an instance gets while it is deleted stays with it, or isn’t given', async () => {
  const slow = await createSandbox({ machines: 'painted', speed: 1 })
  onTestFinished(() => slow.close())
  const { ask, perform, findByName } = createClient(slow)
  const begin = async (id: EndpointId, sent: Sent) => (await ask<Operation>(id, sent)).body
  const ended = async ({ id }: Operation) => {
    const read = async () =>
      (await ask<Operation>('get-operation', { parameters: { id } })).body
    await expect
      .poll(async () => (await read()).state, { timeout: 10_000 })
      .not.toBe('pending')
    const { state, reason } = await read()
    return [state, reason]
  }
  const instance = { id: (await findByName('web-01')).id }
  const groupsOf = async () =>
    ((await findByName('web-01'))['security-groups'] ?? []).map(({ id }) => id)
  const { reference } = await perform('create-security-group', { body: { name: 'late' } })
  const at = { parameters: { id: reference?.id ?? '' } }

  // Two seconds and one: the deletion ends last.
  const attached = await begin('attach-instance-to-security-group', {
    ...at,
    body: { instance },
  })
  await wait(1_300)
  const deleted = await begin('delete-security-group', at)
  expect(await ended(attached)).toEqual(['success', undefined])
  expect(await ended(deleted)).toEqual(['failure', 'conflict'])
  expect(await groupsOf()).toContain(at.parameters.id)

  await perform('detach-instance-from-security-group', { ...at, body: { instance } })
  const again = await begin('delete-security-group', at)
  const late = await begin('attach-instance-to-security-group', {
    ...at,
    body: { instance },
  })
  expect(await ended(again)).toEqual(['success', undefined])
  expect(await ended(late)).toEqual(['failure', 'conflict'])
  expect(await groupsOf()).not.toContain(at.parameters.id)
}, 60_000)
