/** Block volumes: their states, what they reject, and that they outlive their instance. */
import { afterEach, beforeEach, expect, test } from 'vitest'

import type { BlockStorageVolume, Operation, Quota } from '#contract/types.ts'

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
const attachId = 'attach-block-storage-volume-to-instance'

async function list(query: Record<string, string> = {}): Promise<BlockStorageVolume[]> {
  const answer = await client.ask<{ 'block-storage-volumes': BlockStorageVolume[] }>(
    'list-block-storage-volumes',
    { query },
  )
  return answer.body['block-storage-volumes']
}

async function volume(name: string): Promise<BlockStorageVolume> {
  const found = (await list()).find((one) => one.name === name)
  if (!found) throw new Error(`no volume ${name}`)
  return found
}

async function attach(name: string, instance: string) {
  const [{ id }, holder] = [await volume(name), await client.findByName(instance)]
  return { ...at(id), body: { instance: { id: holder.id } } }
}

const volumeIdsOf = async (instance: string) =>
  (await client.findByName(instance))['block-storage-volumes']?.map(({ id }) => id)

test('a volume is attached and detached, with the states in between', async () => {
  const { id } = await volume('old-uploads')
  const web = await client.findByName('web-02')
  const slow = await createSandbox({ machines: 'painted', speed: 1 })
  const watched = createClient(slow)
  const begun = await watched.ask<Operation>(
    attachId,
    await attach('old-uploads', 'web-02'),
  )
  const between = await watched.ask<BlockStorageVolume>('get-block-storage-volume', at(id))
  await slow.close()

  expect(begun.body.reference).toMatchObject({ id, command: 'get-block-storage-volume' })
  expect(between.body).toMatchObject({ state: 'attaching', instance: { id: web.id } })
  await client.perform(attachId, await attach('old-uploads', 'web-02'))
  expect(await volume('old-uploads')).toMatchObject({
    state: 'attached',
    instance: { id: web.id },
  })
  expect(await volumeIdsOf('web-02')).toEqual([id])
  expect((await list({ 'instance-id': web.id })).map(({ name }) => name)).toEqual([
    'old-uploads',
  ])
  await client.perform('detach-block-storage-volume', at(id))
  expect(await volume('old-uploads')).toMatchObject({ state: 'detached' })
  expect(await volume('old-uploads')).not.toHaveProperty('instance')
  expect(await volumeIdsOf('web-02')).toEqual([])
})

test('an attached volume can’t be attached again, and a detached one can’t be detached', async () => {
  const here = await client.ask(attachId, await attach('shop-uploads', 'web-01'))
  const elsewhere = await client.ask(attachId, await attach('shop-uploads', 'web-02'))
  const { id } = await volume('old-uploads')
  const held = await volume('shop-uploads')

  expect([here.status, elsewhere.status]).toEqual([409, 409])
  expect(await client.ask('detach-block-storage-volume', at(id))).toEqual({
    status: 404,
    body: { message: 'Volume not attached' },
  })
  expect((await client.ask('delete-block-storage-volume', at(held.id))).status).toBe(409)
})

test('an instance smaller than small can’t have a volume', async () => {
  const answer = await client.ask(attachId, await attach('old-uploads', 'old-wiki'))

  expect(answer).toEqual({
    status: 400,
    body: { message: 'Request restricted: Instance size must be at least small' },
  })
})

test('an instance has five volumes at most', async () => {
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six'])
    await client.perform('create-block-storage-volume', { body: { name, size: 10 } })
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    await client.perform(attachId, await attach(name, 'web-02'))

  const { status, body } = await client.ask(attachId, await attach('six', 'web-02'))
  expect([status, body]).toEqual([
    400,
    { message: 'Request restricted: Instance already has 5 volumes' },
  ])
})

test('a busy volume or instance rejects other changes', async () => {
  const slow = await createSandbox({ machines: 'painted', speed: 1 })
  const watched = createClient(slow)
  const { id } = await volume('old-uploads')
  await watched.ask(attachId, await attach('old-uploads', 'web-02'))

  expect((await watched.ask('detach-block-storage-volume', at(id))).status).toBe(409)
  expect((await watched.ask(attachId, await attach('old-uploads', 'web-01'))).status).toBe(
    409,
  )
  const { status } = await watched.ask(
    'stop-instance',
    at((await client.findByName('web-02')).id),
  )
  expect(status).toBe(409)
  await slow.close()
})

test('the sentinel can’t be attached and stays detached', async () => {
  const end = await client.perform(attachId, await attach('fails-on-attach', 'web-02'))

  expect(end).toMatchObject({ state: 'failure', reason: 'unavailable' })
  expect(await volume('fails-on-attach')).toMatchObject({ state: 'detached' })
  expect(await volumeIdsOf('web-02')).toEqual([])
})

test('volumes survive the instance that has them', async () => {
  const { id } = await client.findByName('web-01')
  await client.perform('delete-instance', at(id))

  const left = await volume('shop-uploads')
  expect(left).toMatchObject({ state: 'detached', size: 200 })
  expect(left).not.toHaveProperty('instance')
})

test('a new volume is detached and can be deleted', async () => {
  const create = (size: number, name = 'new') =>
    client.ask<{ message: string }>('create-block-storage-volume', { body: { name, size } })
  expect((await create(9)).body).toMatchObject({ errors: [{ path: 'size' }] })
  expect((await create(10_241)).status).toBe(400)
  const begun = await client.perform('create-block-storage-volume', {
    body: { name: 'new', size: 10 },
  })

  expect(await volume('new')).toMatchObject({ id: begun.reference?.id, state: 'detached' })
  await client.perform('delete-block-storage-volume', at(begun.reference?.id ?? ''))
  expect((await list()).some(({ name }) => name === 'new')).toBe(false)
})

test('the quota of storage limits new volumes', async () => {
  const quotas = async () => {
    const { body } = await client.ask<{ quotas: Quota[] }>('list-quotas')
    return Object.fromEntries(body.quotas.map(({ resource, usage }) => [resource, usage]))
  }
  const before = await quotas()
  const tooLarge = await client.ask('create-block-storage-volume', {
    body: { name: 'huge', size: 2_001 },
  })
  await client.perform('create-block-storage-volume', { body: { name: 'a', size: 2_000 } })
  const tooMuch = await client.ask('create-block-storage-volume', {
    body: { name: 'b', size: 2_000 },
  })

  expect([tooLarge.status, tooMuch.status]).toEqual([403, 403])
  const after = await quotas()
  expect(after['block-storage-volume']).toBe((before['block-storage-volume'] ?? 0) + 1)
  expect(after['block-storage']).toBe((before['block-storage'] ?? 0) + 2_000)
})

test('a volume belongs to its zone', async () => {
  const elsewhere = createClient(sandbox, { zone: 'de-fra-1' })
  const { id } = await volume('old-uploads')

  expect((await elsewhere.ask('get-block-storage-volume', at(id))).status).toBe(404)
})

test('a volume can be renamed, and grows at once if no running instance has it', async () => {
  const free = await volume('old-uploads')
  await client.perform('update-block-storage-volume', {
    ...at(free.id),
    body: { name: 'archive' },
  })
  expect(await volume('archive')).toMatchObject({ id: free.id, size: free.size })
  const resize = (id: string, size: number) =>
    client.ask<BlockStorageVolume>('resize-block-storage-volume', {
      ...at(id),
      body: { size },
    })
  const size = (free.size ?? 0) + 10

  expect((await resize(free.id, free.size ?? 0)).status).toBe(400)
  expect((await resize(free.id, 2_001)).status).toBe(403)
  // The response is the volume, not an operation.
  expect((await resize(free.id, size)).body).toMatchObject({ id: free.id, size })
  expect((await volume('archive')).size).toBe(size)

  await client.perform(attachId, await attach('archive', 'web-02'))
  expect((await resize(free.id, size + 10)).status).toBe(400)
  await client.perform('stop-instance', at((await client.findByName('web-02')).id))
  expect((await resize(free.id, size + 10)).body).toMatchObject({ size: size + 10 })
})

test('a null name and null labels are left as they are', async () => {
  const { id } = await volume('old-uploads')
  const change = (body: object) =>
    client.perform('update-block-storage-volume', { ...at(id), body })
  await change({ name: null, labels: { env: 'prod' } })
  await change({ name: 'archive', labels: null })
  await change({ name: null, labels: null })

  expect(await volume('archive')).toMatchObject({ id, labels: { env: 'prod' } })
})
