/** Every endpoint of the allow-list has a handler, whose response matches the contract. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { endpoints, type EndpointId } from '#contract/endpoints.ts'
import openapi from '#contract/openapi/openapi.json' with { type: 'json' }
import type {
  BlockStorageVolume,
  ElasticIp,
  PrivateNetwork,
  SecurityGroup,
  Snapshot,
} from '#contract/types.ts'

import { createSandbox, type Sandbox } from './app.ts'
import { createClient, type Client, type Sent } from './testing/test-client.ts'

const ajv = new Ajv2020({
  strict: false,
  formats: { uuid: true, ipv4: true, 'date-time': true },
})
ajv.addSchema({ $id: 'contract', ...openapi })

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

/** The differences of a response from the one that the contract declares. */
function faultsOf(id: EndpointId, body: unknown) {
  const { method, path } = endpoints[id]
  // The JSON's inferred type lists every path apart; here each is looked up by name.
  const paths = openapi.paths as Record<
    string,
    Record<string, { responses: { '200': { $ref?: string } } }>
  >
  const verb = method.toLowerCase()
  const where =
    paths[path]?.[verb]?.responses['200'].$ref ??
    `#/paths/${escaped(path)}/${verb}/responses/200`
  const check = ajv.compile({ $ref: `contract${where}/content/application~1json/schema` })
  return check(body) ? [] : check.errors
}

type Found = { id?: string }

/** The objects of the seed that the examples use, and an operation that is started here. */
async function findInSeed(client: Client) {
  const first = async <T>(id: EndpointId, key: string) => {
    const one = (await client.ask<Record<string, T[]>>(id)).body[key]?.[0]
    if (!one) throw new Error(`the seed has no ${key}`)
    return one
  }
  const web = await client.findByName('web-01')
  const stopped = await client.findByName('old-wiki')
  const { snapshots } = (await client.ask<{ snapshots: Snapshot[] }>('list-snapshots')).body
  const snapshotOf = (instanceId: string) =>
    snapshots.find(({ instance }) => instance?.id === instanceId)
  const volumes = await client.ask<{ 'block-storage-volumes': BlockStorageVolume[] }>(
    'list-block-storage-volumes',
  )
  const sentinel = volumes.body['block-storage-volumes'].find(
    ({ name }) => name === 'fails-on-attach',
  )
  const volumeIn = (state: string) =>
    volumes.body['block-storage-volumes'].find(
      (one) => one.state === state && one !== sentinel,
    )
  const groups = await client.ask<{ 'security-groups': SecurityGroup[] }>(
    'list-security-groups',
  )
  return {
    web,
    stopped,
    doomed: await client.findByName('shop-cache'),
    operation: await client.perform('update-instance', {
      parameters: { id: web.id },
      body: { labels: { a: 'b' } },
    }),
    network: await first<PrivateNetwork>('list-private-networks', 'private-networks'),
    address: await first<ElasticIp>('list-elastic-ips', 'elastic-ips'),
    group: await first<SecurityGroup>('list-security-groups', 'security-groups'),
    ruled: groups.body['security-groups'].find(({ rules }) => rules !== undefined),
    antiAffinity: await first<Found>('list-anti-affinity-groups', 'anti-affinity-groups'),
    ownSnapshot: snapshotOf(stopped.id),
    otherSnapshot: snapshotOf(web.id),
    sentinel,
    attached: volumeIn('attached'),
    detached: volumeIn('detached'),
    pool: await first<Found>('list-instance-pools', 'instance-pools'),
    member: await client.findByName('pool-shop-workers-c2m9p'),
  }
}

const at = (found: Found | undefined) => ({ parameters: { id: found?.id ?? '' } })

const aRule = {
  'flow-direction': 'ingress',
  protocol: 'tcp',
  'start-port': 22,
  'end-port': 22,
  network: '203.0.113.7/32',
}

const ruleOf = ({ id = '', rules = [] }: Partial<SecurityGroup> = {}) => ({
  id,
  'rule-id': rules[0]?.id ?? '',
})

/** An example of each request that needs parameters or a body. */
function examples(
  seed: Awaited<ReturnType<typeof findInSeed>>,
): Partial<Record<EndpointId, Sent>> {
  const run = at(seed.web)
  const off = at(seed.stopped)
  const type = { id: seed.web['instance-type']?.id ?? '' }
  const template = { id: seed.web.template?.id ?? '' }
  const to = { instance: { id: seed.web.id } }
  const name = { parameters: { name: 'ci-deploy' } }
  return {
    'get-operation': at(seed.operation),
    'get-instance': run,
    'create-instance': {
      body: { 'disk-size': 10, 'instance-type': type, template },
    },
    'update-instance': { ...run, body: { name: 'web-01' } },
    'delete-instance': at(seed.doomed),
    'start-instance': { ...off, body: {} },
    'stop-instance': run,
    'reboot-instance': run,
    'reset-instance': { ...off, body: {} },
    'scale-instance': { ...off, body: { 'instance-type': type } },
    'resize-instance-disk': { ...off, body: { 'disk-size': 40 } },
    'reveal-instance-password': run,
    'reset-instance-password': run,
    'add-instance-protection': run,
    'remove-instance-protection': run,
    'create-snapshot': run,
    'revert-instance-to-snapshot': {
      parameters: { 'instance-id': seed.stopped.id },
      body: { id: seed.ownSnapshot?.id },
    },
    'enable-tpm': off,
    'reset-instance-field': { parameters: { id: seed.web.id, field: 'labels' } },
    'get-console-proxy-url': run,
    'get-instance-type': at(type),
    'get-template': at(template),
    'get-ssh-key': name,
    'register-ssh-key': { body: { name: 'x', 'public-key': 'ssh-rsa AAAA' } },
    'delete-ssh-key': { parameters: { name: 'ben-yubikey' } },
    'get-security-group': at(seed.group),
    'create-security-group': { body: { name: 'new' } },
    'delete-security-group': at(seed.group),
    'add-rule-to-security-group': { ...at(seed.ruled), body: aRule },
    'delete-rule-from-security-group': { parameters: ruleOf(seed.ruled) },
    'attach-instance-to-security-group': { ...at(seed.group), body: to },
    'detach-instance-from-security-group': { ...at(seed.group), body: to },
    'get-anti-affinity-group': at(seed.antiAffinity),
    'get-elastic-ip': at(seed.address),
    'attach-instance-to-elastic-ip': { ...at(seed.address), body: to },
    'detach-instance-from-elastic-ip': { ...at(seed.address), body: to },
    'get-private-network': at(seed.network),
    'attach-instance-to-private-network': { ...at(seed.network), body: to },
    'detach-instance-from-private-network': { ...at(seed.network), body: to },
    'get-snapshot': at(seed.ownSnapshot),
    'delete-snapshot': at(seed.ownSnapshot),
    'export-snapshot': at(seed.otherSnapshot),
    'get-block-storage-volume': at(seed.attached),
    'create-block-storage-volume': { body: { name: 'new', size: 10 } },
    // Not the detached volume, which another example deletes.
    'attach-block-storage-volume-to-instance': { ...at(seed.sentinel), body: to },
    'detach-block-storage-volume': at(seed.attached),
    'update-block-storage-volume': { ...at(seed.attached), body: { name: 'other' } },
    'resize-block-storage-volume': { ...at(seed.sentinel), body: { size: 900 } },
    'delete-block-storage-volume': at(seed.detached),
    'get-instance-pool': at(seed.pool),
    'evict-instance-pool-members': {
      ...at(seed.pool),
      body: { instances: [seed.member.id] },
    },
    'get-reverse-dns-instance': run,
    'update-reverse-dns-instance': { ...run, body: { 'domain-name': 'a.example.com' } },
    'delete-reverse-dns-instance': run,
  }
}

let sandbox: Sandbox
let client: Client
let sent: Partial<Record<EndpointId, Sent>>

beforeAll(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  client = createClient(sandbox)
  sent = examples(await findInSeed(client))
})
afterAll(() => sandbox.close())

// Object.keys only knows strings; the table's keys are its own type.
const ids = Object.keys(endpoints) as EndpointId[]
const reads = ids.filter((id) => endpoints[id].access === 'read')

test.each(reads)('%s responds as the contract says', async (id) => {
  const { status, body } = await client.ask(id, sent[id])

  expect(status).toBe(200)
  expect(faultsOf(id, body)).toEqual([])
})

test.each(reads.filter((id) => id.startsWith('list-')))('%s is not empty', async (id) => {
  const { body } = await client.ask<object>(id, sent[id])
  const list: unknown = Array.isArray(body) ? body : Object.values(body)[0]

  expect(list).toHaveProperty('length')
  expect(list).not.toHaveLength(0)
})

test.each(ids.filter((id) => endpoints[id].access !== 'read'))(
  '%s has a handler',
  async (id) => {
    const { status, body } = await client.ask(id, sent[id])

    expect([200, 400, 409]).toContain(status)
    if (status === 200) expect(faultsOf(id, body)).toEqual([])
  },
)

test('a key sees only its own world', async () => {
  const other = createClient(sandbox, { key: 'EXO0123456789abcdef01234567' })
  const { id } = await client.findByName('old-wiki')
  await client.perform('update-instance', { parameters: { id }, body: { name: 'renamed' } })

  expect((await other.findByName('old-wiki')).id).not.toBe(id)
  expect((await other.ask('get-instance', { parameters: { id } })).status).toBe(404)
})

test('an id of another zone is unknown', async () => {
  const elsewhere = createClient(sandbox, { zone: 'de-fra-1' })
  const { id } = await client.findByName('web-02')

  expect(await elsewhere.ask('get-instance', { parameters: { id } })).toEqual({
    status: 404,
    body: { message: 'not found' },
  })
})

test('no secret and no empty member is returned', async () => {
  const windows = await createClient(sandbox, { zone: 'ch-dk-2' }).findByName(
    'win-accounting-01',
  )
  const group = await client.ask<SecurityGroup>('get-security-group', {
    parameters: { id: windows['security-groups']?.[0]?.id ?? '' },
  })
  const networks = await client.ask<{ 'private-networks': PrivateNetwork[] }>(
    'list-private-networks',
  )

  expect(windows).not.toHaveProperty('password')
  expect(windows).not.toHaveProperty('protected')
  expect(windows['instance-type']).toEqual({ id: expect.any(String) })
  expect(group.body).not.toHaveProperty('rules')
  const unmanaged = networks.body['private-networks'].find((one) => !one['start-ip'])
  expect(unmanaged).toBeDefined()
  expect(unmanaged).not.toHaveProperty('leases')
})
