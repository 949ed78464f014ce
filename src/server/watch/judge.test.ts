/** API keys that may change instances, but not read operations or lists. */
import { expect, test } from 'vitest'

import type { Chain } from '#contract/chain.ts'
import type { Inventory } from '#contract/feed.ts'

import {
  instanceId,
  json,
  withConsole,
  type TestConsole,
  type TestZone,
} from '../testing/test-zone.ts'

const zoneName = 'ch-test-1'
const at = `/instance/${instanceId}`
const [small, large] = [
  '11111111-7e3e-4c0e-9e10-1e5d8a7c4b2a',
  '22222222-7e3e-4c0e-9e10-1e5d8a7c4b2a',
]
const denied = json({ message: 'Forbidden by role policy for compute' }, 403)
const pending = (id: string) => json({ id, state: 'pending' })
const operationId = '1b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'

/** An instance whose changes take a moment, in a zone that lets nobody read operations. */
function changeable(zone: TestZone) {
  const instance: Record<string, unknown> = {
    id: instanceId,
    name: 'web-01',
    state: 'running',
    'instance-type': { id: small },
    'created-at': '2026-01-01T00:00:00Z',
  }
  const change = (path: string, during: object, after: object, refuse = false) => {
    zone.answers[`PUT ${at}:${path}`] = (...given) => {
      if (refuse) return json({ message: 'no capacity' }, 400)(...given)
      Object.assign(instance, during)
      setTimeout(() => Object.assign(instance, after), 300)
      return pending(operationId)(...given)
    }
  }
  zone.answers[`GET /operation/${operationId}`] = denied
  zone.answers['GET /instance'] = (...given) => json({ instances: [instance] })(...given)
  zone.answers[`GET ${at}`] = (...given) => json(instance)(...given)
  const types = [small, large].map((id, index) => ({
    id,
    family: 'standard',
    size: index === 0 ? 'small' : 'large',
    memory: 1 + index,
  }))
  zone.answers['GET /instance-type'] = json({ 'instance-types': types })
  change('stop', { state: 'stopping' }, { state: 'stopped' })
  change('start', { state: 'starting' }, { state: 'running' })
  change('scale', {}, { 'instance-type': { id: large } })
  return { instance, change }
}

const scale = { endpoint: 'scale-instance', body: { 'instance-type': { id: large } } }

const begin = ({ origin }: TestConsole, request: object) =>
  fetch(`${origin}/api/zones/${zoneName}/chains`, {
    method: 'POST',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ instanceId, request }),
  })

async function inventoryOf({ origin }: TestConsole): Promise<Inventory> {
  // The contract's answer of this endpoint.
  return (await (await fetch(`${origin}/api/inventory`)).json()) as Inventory
}

async function endOf(console: TestConsole): Promise<Chain | undefined> {
  let chain: Chain | undefined
  await expect
    .poll(
      async () => {
        chain = (await inventoryOf(console)).chains[0]
        return chain?.state
      },
      { timeout: 30_000, interval: 200 },
    )
    .not.toBe('running')
  return chain
}

const sent = ({ asked }: TestZone) =>
  asked.filter((one) => one.startsWith('PUT')).map((one) => one.split(':').at(-1))

test(
  'without get-operation a change of size is judged by the instance, which runs again',
  () =>
    withConsole(async (zone, console) => {
      const { instance } = changeable(zone)

      expect((await begin(console, scale)).status).toBe(200)
      const chain = await endOf(console)

      expect(sent(zone)).toEqual(['stop', 'scale', 'start'])
      expect(instance).toMatchObject({ state: 'running', 'instance-type': { id: large } })
      expect(chain?.state).toBe('success')
      const lacking = { code: 'judged-by-instance', lacks: 'get-operation' }
      expect(chain?.steps.map(({ cause }) => cause)).toEqual([lacking, lacking, lacking])
    }),
  60_000,
)

test(
  'without get-operation a rejected change leaves the instance running',
  () =>
    withConsole(async (zone, console) => {
      const { instance, change } = changeable(zone)
      change('scale', {}, {}, true)

      await begin(console, scale)
      const chain = await endOf(console)

      expect(sent(zone)).toEqual(['stop', 'scale', 'start'])
      expect(instance['state']).toBe('running')
      expect(chain).toMatchObject({
        state: 'partial',
        steps: [{ state: 'success' }, { message: 'no capacity' }, { state: 'success' }],
      })
    }),
  60_000,
)

test(
  'a single operation that can’t be read is judged, too, and says what is lacking',
  () =>
    withConsole(async (zone, console) => {
      changeable(zone)
      await fetch(`${console.origin}/api/zones/${zoneName}${at}:stop`, {
        method: 'PUT',
        headers: { 'x-vedette': '1' },
      })

      const operation = async () => (await inventoryOf(console)).operations[0]
      await expect.poll(operation, { timeout: 20_000, interval: 200 }).toMatchObject({
        state: 'success',
        cause: { code: 'judged-by-instance', lacks: 'get-operation' },
      })
      // Refused once, it isn't asked for again.
      expect(zone.asked.filter((one) => one.startsWith('GET /operation'))).toHaveLength(1)
    }),
  60_000,
)

test(
  'what nothing shows is unknown, and neither done nor failed',
  () =>
    withConsole(async (zone, console) => {
      changeable(zone)
      zone.answers[`PUT ${at}:reboot`] = pending(operationId)
      await fetch(`${console.origin}/api/zones/${zoneName}${at}:reboot`, {
        method: 'PUT',
        headers: { 'x-vedette': '1' },
      })

      const operation = async () => (await inventoryOf(console)).operations[0]
      await expect.poll(operation, { timeout: 20_000, interval: 200 }).toMatchObject({
        state: 'unknown',
        cause: { code: 'operation-not-readable', lacks: 'get-operation' },
      })
    }),
  60_000,
)

const lists = ['/snapshot', '/instance-type', '/block-storage', '/template', '/event']

test.each(lists)(
  'a change of size does not need the list %s',
  (list) =>
    withConsole(async (zone, console) => {
      const { instance } = changeable(zone)
      zone.answers[`GET ${list}`] = denied

      expect((await begin(console, scale)).status).toBe(200)
      const chain = await endOf(console)

      expect(chain?.state).toBe('success')
      expect(instance).toMatchObject({ state: 'running', 'instance-type': { id: large } })
    }),
  60_000,
)

test(
  'an outage of what a change is checked against still forbids it',
  () =>
    withConsole(async (zone, console) => {
      changeable(zone)
      zone.answers['GET /instance-type'] = json({ message: 'broken' }, 500)

      const answer = await begin(console, scale)

      expect(answer.status).toBe(500)
      expect(sent(zone)).toEqual([])
    }),
  60_000,
)
