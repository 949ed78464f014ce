/**
 * Boots a QEMU guest for tests that type into it, read its screen or run commands in it. Input at its
 * first screen can be read byte by byte, independently of the screen.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { makeGuest } from '../console/guest/guest.ts'
import type { Keymap } from '../console/guest/keymaps.ts'
import { ports } from '../console/guest/userland.ts'
import type { MachineSpec } from '../console/machine.ts'
import { createConsoleProxy, screenLost } from '../console/proxy.ts'
import { portPath } from '../console/qemu/command-line.ts'
import { Disks } from '../console/qemu/disks.ts'
import { claimStateDir } from '../console/qemu/process.ts'
import { QemuMachine } from '../console/qemu/qemu-machine.ts'

type TestGuestOptions = {
  /** The keyboard its console has (us). */
  keymap?: Keymap
  /** Its first screen shows and reports its input instead of a login. */
  typed?: boolean
  /** Milliseconds QEMU spends on a key event (10). */
  keyDelayMs?: number
  spec?: Partial<MachineSpec>
}

export type TestGuest = {
  machine: QemuMachine
  disks: Disks
  spec: MachineSpec
  /** A websocket address of its screen, valid for any number of connections. */
  url: string
  /** The bytes that arrived at its first screen so far; with `typed` only. */
  typed(): Buffer
  /** Runs shell lines as root in the guest and resolves with their output. */
  inside(script: string): Promise<string>
  /** The text on its first screen, as the kernel has it. */
  screen(): Promise<string>
  /** Types small letters, digits, blanks and hyphens, then Enter, no faster than the guest reads them. */
  enter(line: string): Promise<void>
  /** Pauses the whole machine until `cont`, like a busy host. */
  hold(): Promise<void>
  cont(): Promise<void>
  /** The screen as QEMU sees it, as a PNG file. */
  screendump(path: string): Promise<void>
  close(): Promise<void>
}

/** A machine whose system is up. Downloads the guest's files if they are missing. */
export async function startTestGuest(options: TestGuestOptions = {}): Promise<TestGuest> {
  const base = mkdtempSync(join(tmpdir(), 'vt-'))
  const stateDir = claimStateDir(base)
  const guest = await makeGuest(stateDir)
  const disks = new Disks(stateDir, async () => guest.formatter)
  const { keymap, typed, keyDelayMs } = options
  const spec = { ...ubuntu, ...options.spec }
  const machine = new QemuMachine({
    stateDir,
    guest,
    disk: () => disks.ensure(spec.instanceId, spec.diskGib),
    trial: {
      ...(keymap ? { keymap } : {}),
      ...(typed ? { typed } : {}),
      ...(keyDelayMs === undefined ? {} : { keyDelayMs }),
    },
  })
  await machine.start(spec, {})
  const arrived = typed ? await listen(machine) : []
  const { inside } = handlesOf(machine)
  const bridge = await serve(machine)
  await inside(typed ? 'until pidof cat; do sleep 0.1; done' : 'true')
  return {
    ...handlesOf(machine),
    machine,
    disks,
    spec,
    url: bridge.url,
    typed: () => Buffer.concat(arrived),
    hold: async () => void (await machine.tell('stop')),
    cont: async () => void (await machine.tell('cont')),
    screendump: async (filename) =>
      void (await machine.tell('screendump', { filename, format: 'png' })),
    async close() {
      bridge.close()
      await machine.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** What a test does with any QEMU machine. */
function handlesOf(machine: QemuMachine) {
  const inside = async (script: string) => {
    const { status, text } = await machine.inside(script)
    if (status !== 0) throw new Error(`${script}: ${status} ${text}`)
    return text
  }
  return {
    inside,
    screen: async () => {
      const text = await inside('fold -w $(stty size </dev/tty1 | cut -d" " -f2) /dev/vcs1')
      return text.replace(/ +$/gm, '')
    },
    async enter(line: string) {
      for (const key of [...line, 'ret']) {
        await press(machine, qcodes[key] ?? key)
        // A guest that responds has read the key; more than a few keys at once are lost.
        await inside('true')
      }
    },
  }
}

const qcodes: Record<string, string> = { ' ': 'spc', '-': 'minus', '/': 'slash' }

const press = (machine: QemuMachine, code: string) =>
  machine.tell('send-key', { keys: [{ type: 'qcode', data: code }], 'hold-time': 5 })

const ubuntu: MachineSpec = {
  instanceId: 'guest',
  name: 'guest',
  templateName: 'Linux Ubuntu 24.04 LTS 64-bit',
  templateFamily: 'ubuntu',
  bootMode: 'legacy',
  cpus: 1,
  memoryBytes: 512 * 2 ** 20,
  diskGib: 10,
  zone: 'ch-gva-2',
  defaultUser: 'ubuntu',
}

async function listen(machine: QemuMachine): Promise<Buffer[]> {
  const arrived: Buffer[] = []
  const socket = connect(portPath(machine.folder ?? '', ports.typed))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  socket.on('data', (bytes) => arrived.push(bytes))
  socket.on('error', () => {})
  return arrived
}

async function serve(machine: QemuMachine) {
  const proxy = createConsoleProxy()
  const server = createServer()
  server.on('upgrade', (request, socket, head) =>
    proxy.connect(request, socket, head, {
      ok: true,
      openScreen: () => machine.openScreen(),
      ending: () => screenLost,
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address of this shape.
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}/`,
    close() {
      proxy.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
