/** Changes of instances, and which are rejected. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type {
  AntiAffinityGroup,
  Instance,
  InstanceListItem,
  InstanceType,
  Operation,
  Quota,
  Template,
} from '#contract/types.ts'

import { createSandbox, type Sandbox } from '../app.ts'
import { createClient, type Client } from '../testing/test-client.ts'

let sandbox: Sandbox
let geneva: Client
let zurich: Client
let frankfurt: Client

beforeEach(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000 })
  geneva = createClient(sandbox)
  zurich = createClient(sandbox, { zone: 'ch-dk-2' })
  frankfurt = createClient(sandbox, { zone: 'de-fra-1' })
})
afterEach(() => sandbox.close())

const at = (id: string) => ({ parameters: { id } })

async function typeId(name: string): Promise<string> {
  const { body } = await geneva.ask<{ 'instance-types': InstanceType[] }>(
    'list-instance-types',
  )
  const type = body['instance-types'].find((one) => `${one.family}.${one.size}` === name)
  return type?.id ?? ''
}

async function template(family: string): Promise<Template> {
  const { body } = await geneva.ask<{ templates: Template[] }>('list-templates', {
    query: { visibility: 'public', family },
  })
  const found = body.templates[0]
  if (!found) throw new Error(`no ${family}`)
  return found
}

async function order(more: object = {}) {
  return {
    'disk-size': 10,
    'instance-type': { id: await typeId('standard.micro') },
    template: { id: (await template('ubuntu')).id },
    ...more,
  }
}

test.each<[EndpointId, object | undefined]>([
  ['start-instance', {}],
  ['scale-instance', undefined],
  ['resize-instance-disk', { 'disk-size': 60 }],
  ['reset-instance', {}],
  ['enable-tpm', undefined],
])('%s is refused while the machine runs', async (id, body) => {
  const web = await geneva.findByName('web-01')
  const sent = id === 'scale-instance' ? { 'instance-type': web['instance-type'] } : body

  const { status, body: said } = await geneva.ask<{ message: string }>(id, {
    ...at(web.id),
    ...(sent ? { body: sent } : {}),
  })

  expect(status).toBe(400)
  expect(said.message).toBe('The instance needs to be stopped.')
})

test.each<[EndpointId, string]>([
  ['stop-instance', 'Only running instances can be stopped.'],
  ['reboot-instance', 'The instance needs to be running.'],
  ['get-console-proxy-url', 'The instance needs to be running.'],
])('%s is refused while the machine is off', async (id, message) => {
  const wiki = await geneva.findByName('old-wiki')

  expect(await geneva.ask(id, at(wiki.id))).toEqual({ status: 400, body: { message } })
})

test('start and stop return a resource, the others a reference', async () => {
  const web = await geneva.findByName('web-01')
  const stopped = await geneva.perform('stop-instance', at(web.id))
  const started = await geneva.perform('start-instance', { ...at(web.id), body: {} })
  const rebooted = await geneva.perform('reboot-instance', at(web.id))

  for (const operation of [stopped, started]) {
    expect(operation).toMatchObject({ state: 'success', resource: { id: web.id } })
    expect(operation).not.toHaveProperty('reference')
  }
  expect(rebooted.reference).toMatchObject({ id: web.id, command: 'get-instance' })
})

test('a second change of a busy instance is a conflict', async () => {
  const web = await geneva.findByName('web-01')
  const slow = await createSandbox({ machines: 'painted', speed: 1 })
  const client = createClient(slow)

  await client.ask('reboot-instance', at(web.id))
  const second = await client.ask('create-snapshot', at(web.id))
  await slow.close()

  expect(second.status).toBe(409)
})

test('a protected instance can’t be deleted until its protection is removed', async () => {
  const db = await geneva.findByName('shop-db-01')

  expect(await geneva.ask('delete-instance', at(db.id))).toEqual({
    status: 403,
    body: {
      message: `Operation delete-instance on resource ${db.id} is forbidden - reason: manual instance protection`,
    },
  })
  await geneva.perform('remove-instance-protection', at(db.id))
  await geneva.perform('delete-instance', at(db.id))

  expect((await geneva.ask('get-instance', at(db.id))).status).toBe(404)
  const { body } = await geneva.ask<{ snapshots: { instance: { id: string } }[] }>(
    'list-snapshots',
  )
  expect(body.snapshots.filter(({ instance }) => instance.id === db.id)).toEqual([])
})

test('each sentinel fails in its way', async () => {
  const start = await geneva.findByName('fails-on-start')
  const snapshot = await geneva.findByName('fails-on-snapshot')
  const stop = await zurich.findByName('never-stops')

  expect(
    await geneva.perform('start-instance', { ...at(start.id), body: {} }),
  ).toMatchObject({ state: 'failure', reason: 'unavailable' })
  expect(await geneva.perform('create-snapshot', at(snapshot.id))).toMatchObject({
    state: 'failure',
  })
  expect(await zurich.perform('stop-instance', at(stop.id))).toMatchObject({
    state: 'timeout',
  })
  expect((await geneva.findByName('fails-on-start')).state).toBe('stopped')
  expect((await zurich.findByName('never-stops')).state).toBe('running')
})

test.each([
  [{ 'ip-address': '159.100.250.17' }, ['web-01']],
  [{ labels: 'app=shop,tier=db' }, ['shop-db-01']],
  [{ labels: 'tier' }, ['shop-db-01']],
  [{ labels: 'app=nothing' }, []],
  [
    { 'manager-type': 'instance-pool' },
    ['pool-shop-workers-a7f3k', 'pool-shop-workers-c2m9p', 'pool-shop-workers-q8d4x'],
  ],
])('the list for %j holds %j', async (query, names) => {
  const { body } = await geneva.ask<{ instances: InstanceListItem[] }>('list-instances', {
    query,
  })

  expect(body.instances.map(({ name }) => name)).toEqual(names)
})

test('a filter that the contract doesn’t declare is rejected', async () => {
  const query = { 'manager-type': 'sks-nodepool' }

  expect((await geneva.ask('list-instances', { query })).status).toBe(400)
})

test('only a dual instance has an IPv6 address, which can’t be removed', async () => {
  const web = await geneva.findByName('web-02')
  const dual = { ...at(web.id), body: { 'public-ip-assignment': 'dual' } }
  await geneva.perform('update-instance', dual)
  const back = { ...at(web.id), body: { 'public-ip-assignment': 'inet4' } }

  expect(web).not.toHaveProperty('ipv6-address')
  expect((await geneva.findByName('web-02'))['ipv6-address']).toMatch(/^2a04:[0-9a-f:]+$/)
  expect((await geneva.ask('update-instance', back)).status).toBe(400)

  const made = await geneva.perform('create-instance', {
    body: await order({ 'public-ip-assignment': 'none', name: 'hidden' }),
  })
  expect(made.state).toBe('success')
  expect(await geneva.findByName('hidden')).not.toHaveProperty('public-ip')
})

test.each([
  [{ 'disk-size': 201 }, 400],
  [{ 'ssh-keys': [{ name: 'nobody' }] }, 404],
  [{ 'security-groups': [{ id: '00000000-0000-4000-8000-000000000000' }] }, 404],
  [{ 'deploy-target': { id: '00000000-0000-4000-8000-000000000000' } }, 404],
])('an order with %j is answered %i', async (more, status) => {
  expect((await geneva.ask('create-instance', { body: await order(more) })).status).toBe(
    status,
  )
})

test('a full anti-affinity group rejects a ninth member', async () => {
  const { body } = await geneva.ask<{ 'anti-affinity-groups': AntiAffinityGroup[] }>(
    'list-anti-affinity-groups',
  )
  const idOf = (name: string) =>
    body['anti-affinity-groups'].find((one) => one.name === name)?.id
  const into = async (name: string) =>
    geneva.ask<Operation>('create-instance', {
      body: await order({ 'anti-affinity-groups': [{ id: idOf(name) }] }),
    })

  expect((await into('batch-spread')).status).toBe(400)
  expect((await into('unused')).status).toBe(200)
  const { body: group } = await geneva.ask<AntiAffinityGroup>(
    'get-anti-affinity-group',
    at(idOf('unused') ?? ''),
  )
  expect(group.instances).toHaveLength(1)
})

test('the quota of instances is returned and enforced', async () => {
  const quota = async () => {
    const { body } = await geneva.ask<{ quotas: Quota[] }>('list-quotas')
    const found = body.quotas.find(({ resource }) => resource === 'instance')
    return { limit: found?.limit ?? 0, usage: found?.usage ?? 0 }
  }
  const { limit, usage } = await quota()
  const body = await order()
  for (let count = usage; count < limit; count += 1) {
    expect((await geneva.ask('create-instance', { body })).status).toBe(200)
  }

  expect(await quota()).toEqual({ limit, usage: limit })
  expect((await geneva.ask('create-instance', { body })).status).toBe(403)
})

test('a reset installs another template and never shrinks the disk', async () => {
  const wiki = await geneva.findByName('old-wiki')
  const windows = await template('windows')
  const reset = (body: object) => geneva.ask('reset-instance', { ...at(wiki.id), body })

  expect((await reset({ 'disk-size': 10 })).status).toBe(400)
  expect((await reset({ template: { id: windows.id } })).status).toBe(400)
  await geneva.perform('reset-instance', {
    ...at(wiki.id),
    body: { template: { id: windows.id }, 'disk-size': 50 },
  })

  expect(await geneva.findByName('old-wiki')).toMatchObject({
    'disk-size': 50,
    template: { id: windows.id },
  })
  const { body } = await geneva.ask<object>('reveal-instance-password', at(wiki.id))
  expect(body).toHaveProperty('password')
})

test('a disk grows up to what its type allows', async () => {
  const wiki = await geneva.findByName('old-wiki')
  const resize = (gib: number) => ({ ...at(wiki.id), body: { 'disk-size': gib } })

  expect((await geneva.ask('resize-instance-disk', resize(20))).status).toBe(400)
  expect((await geneva.ask('resize-instance-disk', resize(401))).status).toBe(400)
  await geneva.perform('resize-instance-disk', resize(400))

  expect((await geneva.findByName('old-wiki'))['disk-size']).toBe(400)
})

test('a reset password is a new one, and most instances have none', async () => {
  const windows = await zurich.findByName('win-accounting-01')
  const reveal = async () =>
    (await zurich.ask<{ password: string }>('reveal-instance-password', at(windows.id)))
      .body
  const before = await reveal()
  await zurich.perform('reset-instance-password', at(windows.id))
  const web = await geneva.findByName('web-01')

  expect((await reveal()).password).toMatch(/^.{8,}$/)
  expect(await reveal()).not.toEqual(before)
  expect(await geneva.ask('reveal-instance-password', at(web.id))).toEqual({
    status: 200,
    body: {},
  })
})

test('a TPM can’t be removed and needs UEFI', async () => {
  const runner = await frankfurt.findByName('build-runner')
  await frankfurt.perform('enable-tpm', at(runner.id))

  expect((await frankfurt.findByName('build-runner'))['tpm-enabled']).toBe(true)
  expect((await frankfurt.ask('enable-tpm', at(runner.id))).status).toBe(409)
})

test('labels are replaced, and can be reset to none', async () => {
  const { id } = await geneva.findByName('web-01')
  await geneva.perform('update-instance', { ...at(id), body: { labels: { a: '1' } } })
  expect((await geneva.findByName('web-01')).labels).toEqual({ a: '1' })

  await geneva.perform('reset-instance-field', { parameters: { id, field: 'labels' } })
  const { body } = await geneva.ask<Instance>('get-instance', at(id))

  expect(body.labels).toEqual({})
})

test('an instance named fails-with-… fails with this reason, does not change, and can be renamed', async () => {
  const { id } = await geneva.findByName('old-wiki')
  await geneva.perform('update-instance', {
    ...at(id),
    body: { name: 'fails-with-partial' },
  })

  const grown = await geneva.perform('resize-instance-disk', {
    ...at(id),
    body: { 'disk-size': 90 },
  })
  const started = await geneva.perform('start-instance', { ...at(id), body: {} })
  const renamed = await geneva.perform('update-instance', {
    ...at(id),
    body: { name: 'old-wiki' },
  })

  expect(grown).toMatchObject({ state: 'failure', reason: 'partial' })
  expect(started).toMatchObject({ state: 'failure', reason: 'partial' })
  expect(renamed.state).toBe('success')
  const { body } = await geneva.ask<Instance>('get-instance', at(id))
  expect(body).toMatchObject({ state: 'stopped', 'disk-size': 20 })
})

test('null labels are left as they are, as exo sends them when it renames', async () => {
  const { id } = await geneva.findByName('web-01')
  await geneva.perform('update-instance', { ...at(id), body: { labels: { a: '1' } } })
  await geneva.perform('update-instance', {
    ...at(id),
    body: { name: 'renamed', labels: null },
  })

  const { body } = await geneva.ask<Instance>('get-instance', at(id))
  expect(body).toMatchObject({ name: 'renamed', labels: { a: '1' } })
})
