/**
 * A server that is killed in the middle of a job and of a chain: the next one goes on with both, and
 * the zone's own log has each request once.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Chain } from '#contract/chain.ts'
import { endedCount, type Job, type JobDetail, type JobOrder } from '#contract/job.ts'
import type { ZoneEvent } from '#contract/types.ts'

import {
  expect,
  launchConsole,
  launchSandbox,
  settingsFor,
  test,
  type Running,
} from './app.ts'
import { ask, chainOf, inZone, typeOf, zone } from './ask.ts'
import { find, inventoryOf } from './zone.ts'

const targetsIn = async (app: Running): Promise<JobOrder['targets']> => {
  const { zones } = await inventoryOf(app)
  return zones.flatMap(({ zone: name, instances }) =>
    instances
      .filter((one) => one.name?.startsWith('node-') && one.state === 'running')
      .map(({ id, name: own = '', state }) => ({
        zone: name,
        instanceId: id,
        name: own,
        seen: state,
      })),
  )
}

/** What the zone was asked of an instance, whether or not it accepted that. */
const askedOf = (events: readonly ZoneEvent[], id: string) =>
  events
    .filter(({ 'path-params': path }) => Object.values(path ?? {}).includes(id))
    .map(({ handler }) => handler)
    .toReversed()

for (const action of ['reboot', 'protect', 'delete'] as const) {
  test(`${action}: killed again and again, a job and a chain ask nothing twice`, async () => {
    test.setTimeout(240_000)
    const sandbox = await launchSandbox({
      SANDBOX_SPEED: '4',
      SANDBOX_INSTANCES: '120',
    })
    const folder = mkdtempSync(join(tmpdir(), 'vedette-killed-'))
    const start = () =>
      launchConsole({ ...settingsFor(sandbox), DATA_DIR: folder, LOG_LEVEL: 'warn' })
    let app = await start()
    try {
      const targets = (await targetsIn(app)).slice(0, 40)
      expect(targets.length).toBeGreaterThan(20)
      const web = await find(app, 'web-01')
      const before = (await ask<ZoneEvent[]>(app, `/zones/${zone}/event`)).length
      const { id: chainId } = await inZone<Chain>(app, '/chains', 'POST', {
        instanceId: web?.id,
        request: {
          endpoint: 'scale-instance',
          body: { 'instance-type': { id: await typeOf(app, 'large') } },
        },
      })
      const key = randomUUID()
      await ask<Job>(app, '/jobs', 'POST', { key, action, targets })
      const detail = () => ask<JobDetail>(app, `/jobs/${key}`)

      for (const share of [0.05, 0.3, 0.6]) {
        await expect
          .poll(async () => endedCount((await detail()).counts), {
            intervals: [20],
            timeout: 60_000,
          })
          .toBeGreaterThanOrEqual(Math.floor(share * targets.length))
        await app.kill('SIGKILL')
        app = await start()
      }

      await expect
        .poll(async () => (await detail()).endedAt, { timeout: 120_000 })
        .toBeDefined()
      await expect
        .poll(async () => (await chainOf(app, chainId))?.state, { timeout: 60_000 })
        .toBe('success')
      const events = await ask<ZoneEvent[]>(app, `/zones/${zone}/event`)
      const own = events.slice(0, events.length - before)
      expect(askedOf(own, web?.id ?? '')).toEqual([
        'stop-instance',
        'scale-instance',
        'start-instance',
      ])
      const { items, counts } = await detail()
      // Stored before it was sent, and killed in between: it is not sent, and nobody claims it was.
      expect(counts.success + counts.unknown).toBe(items.length)
      expect(counts.success).toBeGreaterThan(items.length / 2)
      for (const { instanceId, name, state } of items) {
        const asked = askedOf(own, instanceId)
        expect(asked.length, name).toBeLessThanOrEqual(1)
        if (state === 'success') expect(asked, name).toHaveLength(1)
      }
    } finally {
      await app.kill()
      await sandbox.kill()
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
