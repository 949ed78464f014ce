/**
 * Creations and what follows them, whose server is killed after every step in turn: each ends with one instance that has everything that was requested, by the zone's own events.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Chain } from '#contract/chain.ts'
import type { CreateOrder } from '#contract/create.ts'
import type { Instance, Template, ZoneEvent } from '#contract/types.ts'

import {
  expect,
  launchConsole,
  launchSandbox,
  settingsFor,
  test,
  type Running,
} from './app.ts'
import { ask, chainOf, inZone, read, typeOf, zone } from './ask.ts'

test.describe.configure({ mode: 'parallel' })

const secret = 'only-cloud-init-may-know'
const steps = [
  'create-instance',
  'attach-instance-to-private-network',
  'attach-instance-to-elastic-ip',
  'update-reverse-dns-instance',
  'add-instance-protection',
]

async function orderOf(app: Running, name: string): Promise<CreateOrder> {
  const { templates } = await inZone<{ templates: Template[] }>(app, '/template')
  const networks = await inZone<{ 'private-networks': { id: string }[] }>(
    app,
    '/private-network',
  )
  const addresses = await inZone<{ 'elastic-ips': { id: string }[] }>(app, '/elastic-ip')
  return {
    body: {
      name,
      'disk-size': 20,
      'instance-type': { id: await typeOf(app, 'small') },
      template: { id: templates.find(({ size }) => (size ?? 0) < 11e9)?.id ?? '' },
      'user-data': Buffer.from(`#cloud-config\n# ${secret}\n`).toString('base64'),
    },
    privateNetworks: [{ id: networks['private-networks'][0]?.id ?? '' }],
    elasticIps: [addresses['elastic-ips'][0]?.id ?? ''],
    reverseDns: `${name}.example.net`,
    protect: true,
  }
}

/** What the zone accepted of an instance, in its order. */
async function callsOf(app: Running, { name, id }: { name: string; id: string }) {
  const events = await ask<ZoneEvent[]>(app, `/zones/${zone}/event`)
  return events
    .filter(({ status }) => (status ?? 200) < 400)
    .filter(({ 'path-params': path, 'body-params': body }) => {
      const { id: attached } = (body?.['instance'] ?? {}) as { id?: string } // an attach's
      const values = Object.values(path ?? {})
      return body?.['name'] === name || attached === id || values.includes(id)
    })
    .map(({ handler }) => handler)
    .toReversed()
}

const named = async (app: Running, name: string) =>
  (await inZone<{ instances: Instance[] }>(app, '/instance')).instances.filter(
    (one) => one.name === name,
  )

for (const [index, step] of steps.entries()) {
  for (const moment of ['sending', 'pending'] as const) {
    test(`a new instance: the server may die while ${step} is ${moment}`, async () => {
      test.setTimeout(120_000)
      const sandbox = await launchSandbox({ SANDBOX_SPEED: '4' })
      const folder = mkdtempSync(join(tmpdir(), 'vedette-creations-'))
      const start = () =>
        launchConsole({ ...settingsFor(sandbox), DATA_DIR: folder, LOG_LEVEL: 'warn' })
      let app = await start()
      try {
        const name = `made-${index}`
        const order = await orderOf(app, name)
        // The answer may be lost together with the server.
        const begun = inZone<Chain[]>(app, '/creations', 'POST', order).catch(() => [])
        const sent = moment === 'sending' ? /sending|pending|success/ : /pending|success/
        if (index === 0 && moment === 'sending') {
          // As soon as the zone has it, whether its answer came back or not.
          await expect
            .poll(async () => (await named(app, name)).length, { intervals: [5] })
            .toBe(1)
        } else {
          const [chain] = await begun
          await expect
            .poll(async () => (await chainOf(app, chain?.id ?? ''))?.steps[index]?.state, {
              intervals: [10],
              timeout: 30_000,
            })
            .toMatch(sent)
        }
        await app.kill('SIGKILL')
        await begun
        app = await start()

        const { chains } = await ask<{ chains: Chain[] }>(app, '/inventory')
        const id = chains.find(({ subject }) => subject === name)?.id ?? ''
        await expect
          .poll(async () => (await chainOf(app, id))?.state, { timeout: 60_000 })
          .toBe('success')

        const made = await named(app, name)
        expect(made).toHaveLength(1)
        const instanceId = made[0]?.id ?? ''
        expect((await chainOf(app, id))?.instanceId).toBe(instanceId)
        const instance = await read(app, instanceId)
        expect(instance.state).toBe('running')
        expect(instance['user-data']).toBe(order.body['user-data'])
        expect(instance['private-networks']).toHaveLength(1)
        expect(instance['elastic-ips']).toHaveLength(1)
        expect(await callsOf(app, { name, id: instanceId })).toEqual(steps)
      } finally {
        await app.kill()
        await sandbox.kill()
        rmSync(folder, { recursive: true, force: true })
      }
    })
  }
}
