import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'

import type { EndpointId } from '#contract/endpoints.ts'
import type { InstanceType, Template } from '#contract/types.ts'

import { createSandbox, type SandboxOptions } from '../../app.ts'
import { createClient, type Client, type Sent } from '../../testing/test-client.ts'
import { desktopSize, rawEncoding, TestViewer } from '../../testing/test-viewer.ts'
import { aMachine, aZone } from '../../testing/test-zone.ts'
import { startTimeOf } from '../qemu/process.ts'
import { qemuAvailable } from '../qemu/qemu-machine.ts'
import { installerPieces } from './installer.ts'
import { guestPieces } from './pieces.ts'

// If QEMU is installed, the installer must be available, too.
const withQemu = test.skipIf(!qemuAvailable())
const guestTestMs = 240_000

beforeAll(async () => {
  if (qemuAvailable()) await Promise.all([guestPieces(), installerPieces()])
}, 600_000)

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function aSandbox(options: SandboxOptions) {
  const sandbox = await createSandbox({ speed: 40, seedWithoutMachines: true, ...options })
  onTestFinished(() => sandbox.close())
  return { sandbox, client: createClient(sandbox) }
}

async function theInstaller({ ask }: Client): Promise<Template | undefined> {
  const { body } = await ask<{ templates: Template[] }>('list-templates')
  return body.templates.find(({ name }) => name === 'Debian installer 64-bit')
}

test('the installer is only offered with its setting', async () => {
  const { client } = await aSandbox({ machines: 'auto' })

  expect(await theInstaller(client)).toBeUndefined()
})

test('with simulated machines, the installer is not offered', async () => {
  const { client } = await aSandbox({ machines: 'painted', installer: true })

  expect(await theInstaller(client)).toBeUndefined()
})

/** Creates an instance from the template; `done` is for requests that must succeed. */
async function order(client: Client) {
  const done = async (endpoint: EndpointId, sent: Sent) => {
    const operation = await client.perform(endpoint, sent)
    expect(operation).toMatchObject({ state: 'success' })
    return operation.reference?.id ?? ''
  }
  const template = await theInstaller(client)
  const types = await client.ask<{ 'instance-types': InstanceType[] }>(
    'list-instance-types',
  )
  const small = types.body['instance-types'].find(
    ({ family, size }) => family === 'standard' && size === 'small',
  )
  const id = await done('create-instance', {
    body: {
      name: 'by-hand',
      template: { id: template?.id },
      'instance-type': { id: small?.id },
      'disk-size': 10,
    },
  })
  return { id, done }
}

withQemu(
  'a machine of its template runs the real installer, and is treated like the rest',
  async () => {
    // The zone's other machines use up the maximum, except the one for installers.
    const options = { machines: 'qemu', maxQemu: 0, installer: true } as const
    const { sandbox, client } = await aSandbox(options)
    const { id, done } = await order(client)
    const parameters = { id }
    const machine = await sandbox.machineOf(id)
    const { pid = 0 } = machine
    const ticket = await client.ask<{ url: string }>('get-console-proxy-url', {
      parameters,
    })
    const viewer = await TestViewer.open(ticket.body.url, [rawEncoding, desktopSize])

    // The guest's kernel stays in text mode; the installer's brings drivers for screens.
    await viewer.until(({ width, height }) => width === 1280 && height === 800)

    const snapshot = await done('create-snapshot', { parameters })
    await done('reboot-instance', { parameters })
    await viewer.until(({ width }) => width < 1280)
    const closing = viewer.closing()
    await done('stop-instance', { parameters })
    expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })
    expect(startTimeOf(pid)).toBeUndefined()

    await done('revert-instance-to-snapshot', {
      parameters: { 'instance-id': id },
      body: { id: snapshot },
    })
    await done('start-instance', { parameters, body: {} })
    const { pid: later = 0 } = await sandbox.machineOf(id)
    expect(startTimeOf(later)).toBeDefined()
    await done('delete-instance', { parameters })
    await vi.waitUntil(() => startTimeOf(later) === undefined, guestTestMs)
  },
  guestTestMs,
)

withQemu(
  'a rescue of such a machine is the one that all have, and it gets no password from outside',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const spec = aMachine({ installer: true })
    await zone.consoles.start(spec, { rescue: 'netboot' })
    const machine = await zone.consoles.machineOf(spec.instanceId)

    expect((await machine.inside('cat /proc/cmdline')).text).toContain('exo.rescue=1')

    await zone.consoles.stop(spec.instanceId)
    await zone.consoles.start(spec)
    // The installer can't set it, and nothing waits for it.
    await zone.consoles.setPassword(spec, 'secret')
    await zone.consoles.stop(spec.instanceId)
    expect(zone.consoles.isRunning(spec.instanceId)).toBe(false)
  },
  guestTestMs,
)

withQemu(
  'where the installer can’t be had the screen is simulated and says so, until it can',
  async () => {
    const folder = aFolder()
    const cache = join(folder, 'vedette')
    const keep = (path: string) =>
      symlinkSync(dirname(path), join(cache, basename(dirname(path))))
    const [guest, installer] = [await guestPieces(), await installerPieces()]
    mkdirSync(cache)
    keep(guest.kernel)
    // An apt without package lists.
    mkdirSync(join(folder, 'lists'))
    const config = join(folder, 'apt.conf')
    writeFileSync(
      config,
      `Dir::State::lists "${join(folder, 'lists')}";\nDir::Cache "${folder}";\n`,
    )
    vi.stubEnv('XDG_CACHE_HOME', folder)
    vi.stubEnv('APT_CONFIG', config)
    onTestFinished(() => void vi.unstubAllEnvs())
    const zone = await aZone({ machines: 'qemu', stateDir: join(folder, 'state') })
    const spec = aMachine({ templateFamily: 'debian', installer: true })

    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId)
    await viewer.untilText('Simulated screen: apt cannot find debian-installer')

    keep(installer.kernel)
    await zone.consoles.stop(spec.instanceId)
    await zone.consoles.start(spec)
    expect((await zone.consoles.machineOf(spec.instanceId)).pid).toBeDefined()
  },
  guestTestMs,
)

withQemu(
  'a third installer at the same time gets a simulated screen that says so',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const specs = [1, 2, 3].map(() =>
      aMachine({ templateFamily: 'debian', installer: true }),
    )
    for (const spec of specs) await zone.consoles.start(spec)
    const viewer = await zone.look(specs[2]?.instanceId ?? '')

    await viewer.untilText(
      'Simulated screen: the limit of running installers (2) is reached',
    )
  },
  guestTestMs,
)
