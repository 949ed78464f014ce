import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test, vi } from 'vitest'

import { qemuAvailable } from './qemu.ts'
import { startTimeOf } from './qemu/process.ts'
import { DESKTOP_SIZE, keysyms, RAW, type TestViewer } from './test-viewer.ts'
import { aMachine, aZone } from './test-zone.ts'

const withQemu = test.skipIf(!qemuAvailable())

// QEMU rounds VGA's six bits a little up or down, so colours are told by their upper halves.
const SILVER = 0xa0a0a0
const CYAN = 0x50f0f0
const GREEN = 0x50f050
const TEAL = 0x00a0a0

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function pixelsOf(viewer: TestViewer, colour: number): number {
  let count = 0
  for (const [pixel, n] of viewer.colours()) if ((pixel & 0xf0f0f0) === colour) count += n
  return count
}

/** The boot sector prints its prompt in green. */
const prompted = (viewer: TestViewer) => viewer.until((now) => pixelsOf(now, GREEN) > 0)

withQemu(
  'a QEMU machine shows a screen that changes when a key is pressed',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const spec = aMachine()
    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId, [RAW, DESKTOP_SIZE])
    await prompted(viewer)
    expect(pixelsOf(viewer, CYAN)).toBeGreaterThan(0)
    const before = pixelsOf(viewer, SILVER)

    viewer.type('mmmm')

    // Four letters are more than the blinking cursor, which is eighteen pixels.
    await viewer.until((now) => pixelsOf(now, SILVER) > before + 60)
  },
  60_000,
)

withQemu(
  'a QEMU machine answers what is typed',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const spec = aMachine()
    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId, [RAW, DESKTOP_SIZE])
    await prompted(viewer)
    const prompt = pixelsOf(viewer, GREEN)

    viewer.type('echo m')
    viewer.press(keysyms.enter)

    await viewer.until((now) => pixelsOf(now, GREEN) === prompt * 2)
  },
  60_000,
)

withQemu(
  'a reboot keeps the connection and boots again, under a new name',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const spec = aMachine({ name: 'x' })
    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId, [RAW, DESKTOP_SIZE])
    await prompted(viewer)
    const short = pixelsOf(viewer, GREEN)

    await zone.consoles.reboot(spec.instanceId, { ...spec, name: 'much-longer-name' })

    await viewer.until((now) => pixelsOf(now, GREEN) > short * 2)
  },
  60_000,
)

withQemu(
  'a rescue boot asks the network first, then answers from its own prompt',
  async () => {
    const zone = await aZone({ machines: 'qemu', stateDir: aFolder() })
    const spec = aMachine()
    await zone.consoles.start(spec, { rescue: 'netboot' })
    const viewer = await zone.look(spec.instanceId, [RAW, DESKTOP_SIZE])

    // iPXE prints its address in teal, which nothing of ours does.
    await viewer.until((now) => pixelsOf(now, TEAL) > 0)
    await prompted(viewer)
  },
  60_000,
)

withQemu(
  'stopping ends the connection with 1000 and leaves nothing behind',
  async () => {
    const folder = aFolder()
    const zone = await aZone({ machines: 'qemu', stateDir: folder })
    const spec = aMachine()
    await zone.consoles.start(spec)
    const viewer = await zone.look(spec.instanceId, [RAW, DESKTOP_SIZE])
    const closing = viewer.closing()

    await zone.consoles.stop(spec.instanceId)
    expect(await closing).toEqual({ code: 1000, reason: 'machine stopped' })

    await zone.consoles.close()
    expect(readdirSync(folder)).toEqual([])
  },
  60_000,
)

withQemu(
  'beyond the limit a machine is painted, and says so',
  async () => {
    const zone = await aZone({
      machines: 'auto',
      stateDir: aFolder(),
      maxQemu: 1,
      speed: 3,
    })
    const [first, second] = [aMachine(), aMachine()]
    await Promise.all([zone.consoles.start(first), zone.consoles.start(second)])
    const viewer = await zone.look(second.instanceId)

    await viewer.untilText('Painted: 1 QEMU machines run already')
  },
  60_000,
)

withQemu(
  'when the sandbox is killed outright, its machines go too',
  async () => {
    const script = `
    const { QemuMachine } = await import(process.env.MODULE)
    const machine = new QemuMachine({ stateDir: process.env.STATE })
    await machine.start(JSON.parse(process.env.SPEC), {})
    console.log(machine.pid)
    setInterval(() => {}, 1000)`
    const sandbox = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      {
        env: {
          ...process.env,
          MODULE: new URL('qemu.ts', import.meta.url).href,
          STATE: aFolder(),
          SPEC: JSON.stringify(aMachine()),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => void sandbox.kill('SIGKILL'))
    const [said] = await once(sandbox.stdout, 'data')
    const pid = Number(said)
    expect(startTimeOf(pid)).toBeDefined()

    sandbox.kill('SIGKILL')

    await vi.waitUntil(() => startTimeOf(pid) === undefined, { timeout: 30_000 })
  },
  60_000,
)
