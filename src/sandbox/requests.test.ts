/** What a zone answers before and beside its handlers. */
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

test('zones are told to everybody, the rest to signers only', async () => {
  const { endpoint } = await open()
  const zones = await fetch(`${endpoint}/zone`)
  const instances = await fetch(`${endpoint}/instance`)

  expect(await zones.json()).toMatchObject({ zones: [{ name: 'ch-gva-2' }, {}, {}] })
  expect(instances.status).toBe(403)
  expect(await instances.json()).toEqual({ message: 'Invalid request signature' })
})

test('a path that is no endpoint tells a stranger nothing', async () => {
  const { endpoint } = await open()

  expect((await fetch(`${endpoint}/nothing`)).status).toBe(403)
})

test('a body that is too long is refused before it is read to its end', async () => {
  const { endpoint } = await open()
  const body = 'x'.repeat(1_000_001)

  expect((await fetch(`${endpoint}/instance`, { method: 'POST', body })).status).toBe(413)
})

test('what breaks inside is the fault of the zone, and says nothing of it', async () => {
  const consoleOrigin = () => {
    throw new Error('this line on stderr is part of the test')
  }
  const client = createClient(await open({ consoleOrigin }))

  expect(await client.ask('list-instances')).toEqual({
    status: 500,
    body: { message: 'Internal server error' },
  })
})

test('a name that is escaped wrongly is nobody', async () => {
  const client = createClient(await open())

  expect((await client.ask('get-ssh-key', { parameters: { name: '%' } })).status).toBe(404)
})

test('old operations are forgotten, pending ones are not', async () => {
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
