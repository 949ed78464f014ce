/** An instance changes as `plan` predicts: for every operation, in every state. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { instanceStates } from '#contract/lifecycle.ts'
import { plan, type ChangeRequest, type Known } from '#contract/plan.ts'
import type {
  BlockStorageVolume,
  Instance,
  InstanceType,
  Snapshot,
  Template,
} from '#contract/types.ts'

import { createSandbox, type Sandbox } from './app.ts'
import { createClient, type Client } from './testing/test-client.ts'

let sandbox: Sandbox
let zone: Client
let known: Known
let count = 0

beforeAll(async () => {
  sandbox = await createSandbox({ machines: 'painted', speed: 1_000 })
  zone = createClient(sandbox)
  const types = await zone.ask<{ 'instance-types': InstanceType[] }>('list-instance-types')
  const templates = await zone.ask<{ templates: Template[] }>('list-templates')
  known = {
    zone: 'ch-gva-2',
    types: types.body['instance-types'],
    templates: templates.body.templates,
  }
})
// Deletes what a test has created, because the quotas are limited.
afterEach(async () => {
  const { body } = await zone.ask<{ instances: Instance[] }>('list-instances')
  for (const { id, name } of body.instances) {
    if (!name?.startsWith('planned-') && name !== 'renamed') continue
    await zone.perform('remove-instance-protection', { parameters: { id } })
    await zone.perform('delete-instance', { parameters: { id } })
  }
})
afterAll(() => sandbox.close())

const typeId = (name: string) =>
  known.types?.find(({ family, size }) => `${family}.${size}` === name)?.id ?? ''
const templateOf = (pick: (template: Template) => boolean) =>
  known.templates?.find(pick)?.id ?? ''

/** A new instance with a snapshot, running or not. */
async function instanceIn(state: 'running' | 'stopped'): Promise<Instance> {
  count += 1
  const begun = await zone.perform('create-instance', {
    body: {
      name: `planned-${count}`,
      'instance-type': { id: typeId('standard.small') },
      template: {
        id: templateOf(
          ({ 'boot-mode': mode, size }) => mode === 'uefi' && (size ?? 0) < 11e9,
        ),
      },
      'disk-size': 20,
      labels: { env: 'test' },
      'auto-start': state === 'running',
    },
  })
  const id = begun.reference?.id ?? ''
  await zone.perform('create-snapshot', { parameters: { id } })
  return read(id)
}

async function read(id: string): Promise<Instance> {
  return (await zone.ask<Instance>('get-instance', { parameters: { id } })).body
}

async function snapshotsOf(id: string): Promise<Snapshot[]> {
  const { body } = await zone.ask<{ snapshots: Snapshot[] }>('list-snapshots')
  return body.snapshots.filter(({ instance }) => instance?.id === id)
}

type Make = (snapshots: Snapshot[]) => ChangeRequest

const changes: Record<string, Make> = {
  start: () => ({ endpoint: 'start-instance', body: {} }),
  'start in rescue mode': () => ({
    endpoint: 'start-instance',
    body: { 'rescue-profile': 'netboot-efi' },
  }),
  'leave rescue mode': () => ({
    endpoint: 'start-instance',
    body: {},
    leavesRescue: true,
  }),
  stop: () => ({ endpoint: 'stop-instance' }),
  reboot: () => ({ endpoint: 'reboot-instance' }),
  scale: () => ({
    endpoint: 'scale-instance',
    body: { 'instance-type': { id: typeId('standard.medium') } },
  }),
  'scale to another family': () => ({
    endpoint: 'scale-instance',
    body: { 'instance-type': { id: typeId('cpu.large') } },
  }),
  grow: () => ({ endpoint: 'resize-instance-disk', body: { 'disk-size': 30 } }),
  reinstall: () => ({ endpoint: 'reset-instance', body: {} }),
  'reinstall with another template and a larger disk': () => ({
    endpoint: 'reset-instance',
    body: {
      template: {
        id: templateOf(
          ({ family, size }) => /debian/i.test(family ?? '') && (size ?? 0) < 20e9,
        ),
      },
      'disk-size': 40,
    },
  }),
  'go back': ([snapshot]) => ({
    endpoint: 'revert-instance-to-snapshot',
    body: { id: snapshot?.id ?? '' },
  }),
  tpm: () => ({ endpoint: 'enable-tpm' }),
  snapshot: () => ({ endpoint: 'create-snapshot' }),
  rename: () => ({ endpoint: 'update-instance', body: { name: 'renamed' } }),
  label: () => ({ endpoint: 'update-instance', body: { labels: { env: 'live' } } }),
  'remove labels': () => ({ endpoint: 'reset-instance-field' }),
  'new password': () => ({ endpoint: 'reset-instance-password' }),
  protect: () => ({ endpoint: 'add-instance-protection' }),
  unprotect: () => ({ endpoint: 'remove-instance-protection' }),
  delete: () => ({ endpoint: 'delete-instance' }),
}

const ways = [
  {},
  { leaveStopped: true },
  { snapshotFirst: true },
  { snapshotFirst: true, leaveStopped: true },
]
const cases = Object.keys(changes).flatMap((name) =>
  (['running', 'stopped'] as const).flatMap((state) =>
    ways.map((way) => ({ name, state, way, said: Object.keys(way).join(' and ') })),
  ),
)

/** The parts of an instance that a plan predicts. */
function told(instance: Instance | null) {
  return (
    instance && {
      state: instance.state,
      name: instance.name,
      type: instance['instance-type']?.id,
      template: instance.template?.id,
      disk: instance['disk-size'],
      tpm: instance['tpm-enabled'] ?? false,
      labels: instance.labels ?? {},
    }
  )
}

test.each(cases)('$name of a $state instance $said', async ({ name, state, way }) => {
  const instance = await instanceIn(state)
  const snapshots = await snapshotsOf(instance.id)
  const make = changes[name]
  if (!make) throw new Error(name)
  const request: ChangeRequest = { ...make(snapshots), ...way }
  const planned = plan(instance, request, { ...known, snapshots })
  const parameters = { id: instance.id, 'instance-id': instance.id, field: 'labels' }

  if (planned.refused !== undefined) {
    const body = 'body' in request ? request.body : undefined
    const sent = await zone.ask(request.endpoint, {
      parameters,
      ...(body ? { body } : {}),
    })
    expect(sent.status).toBeGreaterThanOrEqual(400)
    return
  }
  for (const { endpoint, body } of planned.steps) {
    const operation = await zone.perform(endpoint, {
      parameters,
      // A step's body is JSON; an absent one is left out.
      ...(body ? { body: body as object } : {}),
    })
    expect(operation.state).toBe('success')
  }

  const after = await zone.ask<Instance>('get-instance', { parameters })
  expect(told(after.status === 404 ? null : after.body)).toEqual(told(planned.after))
})

test('no action is planned in a state in which the zone rejects it', () => {
  for (const state of instanceStates) {
    if (state === 'running' || state === 'stopped') continue
    const instance: Instance = { id: 'an-id', state, 'disk-size': 20 }
    for (const name of ['start', 'stop', 'scale', 'grow', 'reinstall', 'tpm', 'snapshot']) {
      const request = changes[name]?.([])
      if (!request) throw new Error(name)
      expect(plan(instance, request, known).refused, `${name} of ${state}`).toBeDefined()
    }
  }
})

test.each([
  ['same-type', { 'instance-type': { id: 't1' } }],
  ['no-such-type', { 'instance-type': { id: 'nowhere' } }],
  ['type-not-offered', { 'instance-type': { id: 'elsewhere' } }],
  ['type-not-offered', { 'instance-type': { id: 'locked' } }],
  ['other-family', { 'instance-type': { id: 'gpu' } }],
] as const)('%s is known before a stop', (refused, body) => {
  const type = (id: string, more: Partial<InstanceType>): InstanceType => ({
    id,
    family: 'standard',
    size: 'small',
    zones: ['ch-gva-2'],
    ...more,
  })
  const types = [
    type('t1', {}),
    type('elsewhere', { zones: ['de-fra-1'] }),
    type('locked', { authorized: false }),
    type('gpu', { family: 'gpu2' }),
  ]
  const instance: Instance = {
    id: 'an-id',
    state: 'running',
    'instance-type': { id: 't1' },
  }

  expect(
    plan(instance, { endpoint: 'scale-instance', body }, { zone: 'ch-gva-2', types })
      .refused,
  ).toBe(refused)
})

async function volumesIn(): Promise<BlockStorageVolume[]> {
  const { body } = await zone.ask<{ 'block-storage-volumes': BlockStorageVolume[] }>(
    'list-block-storage-volumes',
  )
  return body['block-storage-volumes']
}

test('what is lost is told before that the instance goes offline', async () => {
  const { id } = await instanceIn('running')
  const request = changes['reinstall']?.([])
  if (!request) throw new Error('reinstall')
  const planned = plan(await read(id), request, known)

  if (planned.refused !== undefined) throw new Error(planned.refused)
  expect(planned.effects.slice(0, 2)).toEqual(['disk-erased', 'goes-offline'])
})

test.each(['reinstall', 'delete'])(
  'a volume stays through %s, as foretold',
  async (name) => {
    const { id } = await instanceIn('stopped')
    const volume = (await volumesIn()).find((one) => one.name === 'old-uploads')
    await zone.perform('attach-block-storage-volume-to-instance', {
      parameters: { id: volume?.id ?? '' },
      body: { instance: { id } },
    })
    const request = changes[name]?.([])
    if (!request) throw new Error(name)
    const planned = plan(await read(id), request, known)

    if (planned.refused !== undefined) throw new Error(planned.refused)
    expect(planned.effects).toContain('volumes-stay')
    for (const { endpoint, body } of planned.steps)
      await zone.perform(endpoint, {
        parameters: { id },
        // A step's body is JSON; an absent one is left out.
        ...(body ? { body: body as object } : {}), // as in the table above
      })
    const after = (await volumesIn()).find((one) => one.id === volume?.id)
    expect(after).toMatchObject({
      size: 50,
      state: planned.after ? 'attached' : 'detached',
    })
    if (planned.after)
      await zone.perform('detach-block-storage-volume', {
        parameters: { id: volume?.id ?? '' },
      })
  },
)

test('a pool replaces a deleted member, as predicted', async () => {
  const member = await zone.findByName('pool-shop-workers-a7f3k')
  const planned = plan(member, { endpoint: 'delete-instance' }, known)
  const members = async () => {
    const query = { 'manager-id': member.manager?.id ?? '' }
    return (await zone.ask<{ instances: Instance[] }>('list-instances', { query })).body
      .instances
  }

  expect(planned).toMatchObject({
    after: null,
    effects: expect.arrayContaining(['pool-replaces']),
  })
  const before = await members()
  await zone.perform('delete-instance', { parameters: { id: member.id } })
  await expect.poll(async () => (await members()).length).toBe(before.length)
  expect((await members()).some(({ id }) => id === member.id)).toBe(false)
})
