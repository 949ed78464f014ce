/**
 * Chains, whose server is killed after every step in turn: each ends as planned, and the zone's own events have no step twice.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Chain } from '#contract/chain.ts'
import type { ChangeRequest } from '#contract/plan.ts'
import type { Instance, Operation, Snapshot, Template, ZoneEvent } from '#contract/types.ts'

import {
  expect,
  launchConsole,
  launchSandbox,
  settingsFor,
  test,
  type Running,
} from './app.ts'
import { ask, chainOf, inZone, read, typeOf, zone } from './ask.ts'

/** A new running instance of a UEFI template. */
async function newInstance(app: Running, name: string): Promise<string> {
  const { templates } = await inZone<{ templates: Template[] }>(app, '/template')
  const template = templates.find(
    ({ 'boot-mode': mode, size }) => mode === 'uefi' && (size ?? 0) < 11e9,
  )
  const type = await typeOf(app, 'small')
  const operation = await inZone<Operation>(app, '/instance', 'POST', {
    name,
    'instance-type': { id: type },
    template: { id: template?.id },
    'disk-size': 20,
  })
  const id = operation.reference?.id ?? ''
  await expect.poll(async () => (await read(app, id)).state).toBe('running')
  return id
}

async function newSnapshot(app: Running, id: string): Promise<string> {
  const path = `/instance/${id}:create-snapshot`
  const { reference } = await inZone<Operation>(app, path, 'POST')
  await expect
    .poll(async () => {
      const { snapshots } = await inZone<{ snapshots: Snapshot[] }>(app, '/snapshot')
      return snapshots.find((one) => one.id === reference?.id)?.state
    })
    .toBe('ready')
  return reference?.id ?? ''
}

type Case = {
  name: string
  steps: string[]
  request: (app: Running, id: string) => Promise<ChangeRequest>
  changed: (instance: Instance, request: ChangeRequest) => boolean
}

const cases: Case[] = [
  {
    name: 'change of size',
    steps: ['stop-instance', 'scale-instance', 'start-instance'],
    request: async (app) => ({
      endpoint: 'scale-instance',
      body: { 'instance-type': { id: await typeOf(app, 'medium') } },
    }),
    changed: (instance, request) =>
      request.endpoint === 'scale-instance' &&
      instance['instance-type']?.id === request.body['instance-type'].id,
  },
  {
    name: 'larger disk',
    steps: ['stop-instance', 'resize-instance-disk', 'start-instance'],
    request: () =>
      Promise.resolve({ endpoint: 'resize-instance-disk', body: { 'disk-size': 30 } }),
    changed: (instance) => instance['disk-size'] === 30,
  },
  {
    name: 'TPM',
    steps: ['stop-instance', 'enable-tpm', 'start-instance'],
    request: () => Promise.resolve({ endpoint: 'enable-tpm' }),
    changed: (instance) => instance['tpm-enabled'] === true,
  },
  {
    name: 'way back after a snapshot',
    steps: [
      'create-snapshot',
      'stop-instance',
      'revert-instance-to-snapshot',
      'start-instance',
    ],
    request: async (app, id) => ({
      endpoint: 'revert-instance-to-snapshot',
      body: { id: await newSnapshot(app, id) },
      snapshotFirst: true,
    }),
    changed: (instance) => instance.snapshots?.length === 2,
  },
  {
    name: 'reinstall after a snapshot',
    steps: ['create-snapshot', 'stop-instance', 'reset-instance', 'start-instance'],
    request: () =>
      Promise.resolve({
        endpoint: 'reset-instance',
        body: { 'disk-size': 40 },
        snapshotFirst: true,
      }),
    changed: (instance) => instance['disk-size'] === 40,
  },
]

test.describe.configure({ mode: 'parallel' })

for (const { name, steps, request, changed } of cases) {
  test(`${name}: the server may die after any step`, async () => {
    test.setTimeout(180_000)
    const sandbox = await launchSandbox({ SANDBOX_SPEED: '8' })
    const folder = mkdtempSync(join(tmpdir(), 'vedette-chains-'))
    const start = () =>
      launchConsole({ ...settingsFor(sandbox), DATA_DIR: folder, LOG_LEVEL: 'warn' })
    let app = await start()
    try {
      for (const [index, step] of steps.entries()) {
        const id = await newInstance(app, `chained-${index}`)
        const change = await request(app, id)
        // What came before the chain is no step of it.
        const before = (await ask<ZoneEvent[]>(app, `/zones/${zone}/event`)).length
        const begun = await inZone<Chain>(app, '/chains', 'POST', {
          instanceId: id,
          request: change,
        })
        expect(begun.steps.map(({ endpoint }) => endpoint)).toEqual(steps)
        await expect
          .poll(async () => (await chainOf(app, begun.id))?.steps[index]?.state, {
            intervals: [20],
            timeout: 30_000,
          })
          .toMatch(index % 2 === 0 ? /pending|success/ : 'success')

        await app.kill('SIGKILL')
        app = await start()

        await expect
          .poll(async () => (await chainOf(app, begun.id))?.state, { timeout: 60_000 })
          .toBe('success')
        const instance = await read(app, id)
        expect(instance.state, step).toBe('running')
        expect(changed(instance, change), step).toBe(true)
        const events = await ask<ZoneEvent[]>(app, `/zones/${zone}/event`)
        const calls = events
          .slice(0, events.length - before)
          .filter(
            ({ 'path-params': parameters, status }) =>
              Object.values(parameters ?? {}).includes(id) && (status ?? 200) < 400,
          )
          .map(({ handler }) => handler)
        expect(calls.toReversed(), step).toEqual(steps)
      }
    } finally {
      await app.kill()
      await sandbox.kill()
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
