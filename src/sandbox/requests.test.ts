/** Responses of a zone that don't come from its handlers. */
import { afterEach, expect, test } from 'vitest'

import { createSandbox, type Sandbox, type SandboxOptions } from './app.ts'
import { createClock } from './clock.ts'
import { begin } from './operations.ts'
import { seedWorld } from './seed/world.ts'
import { createClient } from './testing/test-client.ts'

let sandbox: Sandbox | undefined

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  sandbox = await createSandbox({ machines: 'painted', speed: 1000, ...options })
  return sandbox
}
afterEach(() => sandbox?.close())

test('the list of zones needs no signature, everything else does', async () => {
  const { endpoint } = await open()
  const zones = await fetch(`${endpoint}/zone`)
  const instances = await fetch(`${endpoint}/instance`)

  expect(await zones.json()).toMatchObject({ zones: [{ name: 'ch-gva-2' }, {}, {}] })
  expect(instances.status).toBe(403)
  expect(await instances.json()).toEqual({ message: 'Invalid request signature' })
})

test('an unsigned request is rejected with 403 also for an unknown path', async () => {
  const { endpoint } = await open()

  expect((await fetch(`${endpoint}/nothing`)).status).toBe(403)
})

test('a body that is too long is rejected before it is completely read', async () => {
  const { endpoint } = await open()
  const body = 'x'.repeat(1_000_001)

  expect((await fetch(`${endpoint}/instance`, { method: 'POST', body })).status).toBe(413)
})

test('an internal error is a 500 without details', async () => {
  const consoleOrigin = () => {
    throw new Error('this line on stderr is part of the test')
  }
  const client = createClient(await open({ consoleOrigin }))

  expect(await client.ask('list-instances')).toEqual({
    status: 500,
    body: { message: 'Internal server error' },
  })
})

test('a wrongly escaped name is not found', async () => {
  const client = createClient(await open())

  expect((await client.ask('get-ssh-key', { parameters: { name: '%' } })).status).toBe(404)
})

test('old operations are deleted, pending ones are not', async () => {
  const [zone] = seedWorld(['ch-gva-2'], 0, 0).zones.values()
  const clock = createClock(1)
  if (!zone) throw new Error('the seed has no zone')
  const make = (takesMs: number) =>
    begin({ zone, clock }, { takesMs, busyIds: [], effect: () => undefined })
  const lasting = make(60_000)
  for (let count = 0; count < 1_500; count += 1) make(0)
  await new Promise<void>((resolve) => clock.later(20, resolve))
  const last = make(60_000)
  clock.close()

  expect(zone.operations.size).toBe(1_000)
  expect(zone.operations.get(lasting.id)).toEqual(lasting)
  expect(zone.operations.get(last.id)).toEqual(last)
})
