/** Security groups, elastic IPs, private networks and reverse DNS: set, set twice and removed. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type { ElasticIp, Instance, PrivateNetwork, SecurityGroup } from '#contract/types.ts'

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

/** The entry of a list with this name or address. */
async function pick<T extends { id: string }>(id: EndpointId, key: string, name: string) {
  const { body } =
    await client.ask<Record<string, (T & { name?: string; ip?: string })[]>>(id)
  const found = body[key]?.find((one) => one.name === name || one.ip === name)
  if (!found) throw new Error(`no ${name} in ${key}`)
  return found
}

const securityGroup = (name: string) =>
  pick<SecurityGroup>('list-security-groups', 'security-groups', name)
const elasticIp = (ip: string) => pick<ElasticIp>('list-elastic-ips', 'elastic-ips', ip)
const network = (name: string) =>
  pick<PrivateNetwork>('list-private-networks', 'private-networks', name)

type Case = {
  noun: string
  find(): Promise<{ id: string }>
  members(instance: Instance): { id: string }[] | undefined
}

const cases: Case[] = [
  {
    noun: 'security-group',
    find: () => securityGroup('rdp'),
    members: (instance) => instance['security-groups'],
  },
  {
    noun: 'elastic-ip',
    find: () => elasticIp('159.100.250.44'),
    members: (instance) => instance['elastic-ips'],
  },
  {
    noun: 'private-network',
    find: () => network('replication'),
    members: (instance) => instance['private-networks'],
  },
]

test.each(cases)('$noun: attaches once, detaches once', async ({ noun, find, members }) => {
  const { id } = await find()
  const instance = await client.findByName('web-02')
  const sent = { ...at(id), body: { instance: { id: instance.id } } }
  // The names of the contract; a wrong one is no endpoint and fails at once.
  const attach = `attach-instance-to-${noun}` as EndpointId
  const detach = `detach-instance-from-${noun}` as EndpointId // as above
  const has = async () =>
    (members(await client.findByName('web-02')) ?? []).some((one) => one.id === id)

  expect((await client.ask(detach, sent)).status).toBe(404)
  const operation = await client.perform(attach, sent)
  expect(operation).toMatchObject({ state: 'success', reference: { id } })
  expect(operation.reference?.command).toBe(`get-${noun}`)
  expect(await has()).toBe(true)
  expect((await client.ask(attach, sent)).status).toBe(409)
  await client.perform(detach, sent)
  expect(await has()).toBe(false)
})

test.each(cases)('$noun: rejects those of another zone, and its instances', async (one) => {
  const { id } = await one.find()
  const elsewhere = createClient(sandbox, { zone: 'de-fra-1' })
  const attach = `attach-instance-to-${one.noun}` as EndpointId // as above
  const here = await client.findByName('web-02')
  const there = await elsewhere.findByName('bastion')
  const body = (instance: Instance) => ({
    ...at(id),
    body: { instance: { id: instance.id } },
  })

  expect((await client.ask(attach, body(there))).status).toBe(404)
  // Groups belong to the organization; elastic IPs and networks belong to a zone.
  const foreign = one.noun === 'security-group' ? body(here) : body(there)
  expect((await elsewhere.ask(attach, foreign)).status).toBe(404)
})

test('an elastic IP can be attached to several instances, which the filter finds', async () => {
  const { id, ip = '' } = await elasticIp('159.100.250.17')
  const { id: web } = await client.findByName('web-02')
  await client.perform('attach-instance-to-elastic-ip', {
    ...at(id),
    body: { instance: { id: web } },
  })

  const { body } = await client.ask<{ instances: Instance[] }>('list-instances', {
    query: { 'ip-address': ip },
  })
  expect(body.instances.map(({ name }) => name)).toEqual(['web-01', 'web-02'])
})

test('a managed network leases a free address or the requested one', async () => {
  const { id } = await network('shop-backend')
  const wiki = await client.findByName('old-wiki')
  const attach = (ip?: string) =>
    ({ ...at(id), body: { instance: { id: wiki.id }, ...(ip ? { ip } : {}) } }) as const
  const leased = async () =>
    (await network('shop-backend')).leases?.find((one) => one['instance-id'] === wiki.id)
      ?.ip
  const ask = async (ip: string) =>
    (await client.ask('attach-instance-to-private-network', attach(ip))).status

  expect(await ask('10.0.1.5')).toBe(400)
  expect(await ask('10.0.0.999')).toBe(400)
  expect(await ask('10.0.0.20')).toBe(409)
  await client.perform('attach-instance-to-private-network', attach('10.0.0.77'))
  expect(await leased()).toBe('10.0.0.77')
  expect((await client.findByName('old-wiki'))['private-networks']).toEqual([
    { id, 'mac-address': expect.stringMatching(/^06(:[0-9a-f]{2}){5}$/) },
  ])
  await client.perform('detach-instance-from-private-network', attach())
  expect(await leased()).toBeUndefined()
  await client.perform('attach-instance-to-private-network', attach())
  expect(await leased()).toBe('10.0.0.24')
})

test('an unmanaged network has no leases', async () => {
  const { id } = await network('replication')
  const web = await client.findByName('web-01')
  const body = { instance: { id: web.id }, ip: '10.0.0.77' }

  expect(
    (await client.ask('attach-instance-to-private-network', { ...at(id), body })).status,
  ).toBe(400)
})

test('a deleted instance’s lease is released', async () => {
  const { id } = await client.findByName('shop-cache')
  await client.perform('delete-instance', at(id))
  const { leases } = await network('shop-backend')

  expect(leases?.some((one) => one['instance-id'] === id)).toBe(false)
})

test('a reverse DNS name has a trailing dot until it is removed', async () => {
  const { id } = await client.findByName('web-02')
  const read = () => client.ask<object>('get-reverse-dns-instance', at(id))
  const name = (text: string) => ({ ...at(id), body: { 'domain-name': text } })

  expect((await read()).status).toBe(404)
  expect((await client.ask('delete-reverse-dns-instance', at(id))).status).toBe(404)
  expect((await client.ask('update-reverse-dns-instance', name('no name'))).status).toBe(
    400,
  )
  await client.perform('update-reverse-dns-instance', name('two.example.com'))
  expect((await read()).body).toEqual({ 'domain-name': 'two.example.com.' })
  await client.perform('delete-reverse-dns-instance', at(id))
  expect((await read()).status).toBe(404)
})

test.each(cases)(
  '$noun: an instance named fails-with-… neither gets nor loses one',
  async ({ noun, find, members }) => {
    const { id } = await find()
    const { id: instanceId } = await client.findByName('web-02')
    const sent = { ...at(id), body: { instance: { id: instanceId } } }
    const attach = `attach-instance-to-${noun}` as EndpointId // as above
    const detach = `detach-instance-from-${noun}` as EndpointId // as above
    const rename = (name: string) =>
      client.perform('update-instance', { ...at(instanceId), body: { name } })
    const has = async (name: string) =>
      (members(await client.findByName(name)) ?? []).some((one) => one.id === id)
    const leases = async () =>
      (await network('replication')).leases?.filter(
        (one) => one['instance-id'] === instanceId,
      ) ?? []
    await rename('fails-with-busy')
    const failed = { state: 'failure', reason: 'busy', reference: { id } }

    expect(await client.perform(attach, sent)).toMatchObject(failed)
    expect(await has('fails-with-busy')).toBe(false)
    expect(await leases()).toEqual([])
    await rename('web-02')
    await client.perform(attach, sent)
    await rename('fails-with-busy')
    expect(await client.perform(detach, sent)).toMatchObject(failed)
    expect(await has('fails-with-busy')).toBe(true)
  },
)

test('reverse DNS of an instance named fails-with-… is neither set nor deleted', async () => {
  const { id } = await client.findByName('web-02')
  const set = { ...at(id), body: { 'domain-name': 'web.example.com' } }
  const rename = (name: string) =>
    client.perform('update-instance', { ...at(id), body: { name } })
  const failed = { state: 'failure', reason: 'partial' }
  await client.perform('update-reverse-dns-instance', set)
  await rename('fails-with-partial')

  const other = { ...at(id), body: { 'domain-name': 'other.example.com' } }
  expect(await client.perform('update-reverse-dns-instance', other)).toMatchObject(failed)
  expect(await client.perform('delete-reverse-dns-instance', at(id))).toMatchObject(failed)
  expect((await client.ask('get-reverse-dns-instance', at(id))).body).toEqual({
    'domain-name': 'web.example.com.',
  })
})
