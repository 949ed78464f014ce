import { beforeAll, expect, onTestFinished, test } from 'vitest'

import type { Instance } from '#contract/types.ts'

import { createSandbox } from '../app.ts'
import { guestPieces } from '../console/guest/pieces.ts'
import { qemuAvailable } from '../console/qemu/qemu-machine.ts'
import { createClient } from '../testing/test-client.ts'

beforeAll(async () => {
  if (qemuAvailable()) await guestPieces()
}, 600_000)

test.skipIf(!qemuAvailable())(
  'an instance whose operating system shuts down is stopped, and starts again',
  async () => {
    const options = { machines: 'qemu', speed: 40, seedWithoutMachines: true } as const
    const sandbox = await createSandbox(options)
    onTestFinished(() => sandbox.close())
    const client = createClient(sandbox)
    const { id } = await client.findByName('web-01')
    const parameters = { id }
    const state = async () =>
      (await client.ask<Instance>('get-instance', { parameters })).body.state
    // Its machine is the first one: the seed's have none.
    await client.perform('stop-instance', { parameters })
    await client.perform('start-instance', { parameters, body: {} })
    const machine = await sandbox.machineOf(id)
    await machine.booted(60_000)

    await machine.inside('poweroff -f >/dev/null 2>&1 &')

    await expect.poll(state, { timeout: 60_000 }).toBe('stopped')
    await client.perform('start-instance', { parameters, body: {} })
    await (await sandbox.machineOf(id)).booted(60_000)
    expect(await state()).toBe('running')
  },
  240_000,
)
