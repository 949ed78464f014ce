// A machine that is a real QEMU process: firmware, a screen, a keyboard, and our boot sector.
// Its screen is QEMU's own VNC server on a private socket; it is told things over QMP. No
// part of the host is within its reach: no network out, no host files but its own disk image.

import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

import type { Boot, Machine, MachineSpec } from './machine.ts'
import { bootDisk } from './qemu/boot-disk.ts'
import { programPath, spawnLeashed, writeIdentity } from './qemu/process.ts'
import { Qmp } from './qemu/qmp.ts'

const PROGRAM = 'qemu-system-x86_64'
/** Enough for firmware and a boot sector, whatever the instance type says. */
const MEMORY_MIB = 128
const READY_MS = 20_000
const QUIT_MS = 2000

/** Whether QEMU machines can be had here. */
export function qemuAvailable(): boolean {
  return programPath(PROGRAM) !== undefined
}

export type QemuDeps = {
  /** A folder of this process, mode 0700, with a short path. */
  stateDir: string
  /** Told when the process has ended, asked for or not. */
  onGone?(): void
}

type Running = { child: ChildProcess; qmp: Qmp; folder: string; boot: Boot }

export class QemuMachine implements Machine {
  readonly kind = 'qemu'
  private readonly deps: QemuDeps
  private running: Running | undefined

  constructor(deps: QemuDeps) {
    this.deps = deps
  }

  /** The process, while there is one. */
  get pid(): number | undefined {
    return this.running?.child.pid
  }

  async start(spec: MachineSpec, boot: Boot): Promise<void> {
    if (this.running) throw new Error('the machine is on already')
    // Ids of our own on the command line: QEMU splits its options on commas and equal signs.
    const id = `m${randomBytes(5).toString('hex')}`
    const folder = join(this.deps.stateDir, id)
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(join(folder, 'disk'), bootDisk(spec, Boolean(boot.rescue)))
    const child = spawnLeashed(PROGRAM, commandLine(id, folder, Boolean(boot.rescue)))
    // A watching shell ends its QEMU by itself; killed, it could not.
    if (!child.stdin && child.pid !== undefined)
      writeIdentity(join(folder, 'pid'), child.pid)
    try {
      const qmp = await ready(child, folder)
      const running = { child, qmp, folder, boot }
      this.running = running
      child.once('exit', () => this.gone(running))
      qmp.closed.then(() => release(child))
    } catch (error) {
      release(child)
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  async stop(): Promise<void> {
    const { running } = this
    if (!running) return
    const { child, qmp } = running
    const exited = hasExited(child) ? undefined : once(child, 'exit')
    // Nothing in firmware hears a power button, so this is the plug; QEMU lets its
    // viewers go in an orderly way first.
    qmp.execute('quit').catch(() => {})
    await Promise.race([qmp.closed, wait(QUIT_MS, undefined, { ref: false })])
    release(child)
    await exited
    this.gone(running)
  }

  async reboot(spec: MachineSpec): Promise<void> {
    const { running } = this
    if (!running) throw new Error('the machine is off')
    const { folder, qmp, boot } = running
    writeFileSync(join(folder, 'disk'), bootDisk(spec, Boolean(boot.rescue)))
    await qmp.execute('system_reset')
  }

  openScreen(): Duplex {
    if (!this.running) throw new Error('the machine is off')
    return connect(join(this.running.folder, 'vnc'))
  }

  transcript(): string[] {
    return []
  }

  async close(): Promise<void> {
    await this.stop()
  }

  private gone(running: Running) {
    running.qmp.close()
    rmSync(running.folder, { recursive: true, force: true })
    if (this.running !== running) return
    this.running = undefined
    this.deps.onGone?.()
  }
}

const hasExited = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null

/** Ends the child, or lets go of the pipe on which its watcher waits. */
function release(child: ChildProcess): void {
  child.stdin?.destroy()
  if (!child.stdin) child.kill('SIGKILL')
}

function commandLine(id: string, folder: string, network: boolean): string[] {
  const refusals = 'obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'
  const disk = join(folder, 'disk')
  const options = [
    ['-name', `guest=${id}`],
    ['-nodefaults'],
    ['-no-user-config'],
    // Not KVM: firmware gains nothing by it, and on a nested one iPXE was seen to hang with
    // a whole processor burning.
    ['-accel', 'tcg,thread=multi,tb-size=32'],
    ['-machine', 'pc'],
    ['-m', String(MEMORY_MIB)],
    ['-vga', 'std'],
    ['-display', 'none'],
    ['-vnc', `unix:${join(folder, 'vnc')},key-delay-ms=4`],
    ['-qmp', `unix:${join(folder, 'qmp')},server=on,wait=off`],
    ['-blockdev', `driver=file,filename=${disk},node-name=file0,read-only=on`],
    ['-blockdev', 'driver=raw,file=file0,node-name=disk0,read-only=on'],
    ['-device', 'virtio-blk-pci,drive=disk0,bootindex=1'],
    ...(network ? networkOptions : [['-nic', 'none']]),
    ['-sandbox', `on,${refusals}`],
  ]
  return options.flat()
}

// Looks around on a network with nobody on it; `restrict` keeps it from the host's services.
const networkOptions = [
  ['-netdev', 'user,id=net0,restrict=on'],
  ['-device', 'virtio-net-pci,netdev=net0,bootindex=0'],
]

/** Waits until QEMU takes orders and has a screen. */
async function ready(child: ChildProcess, folder: string): Promise<Qmp> {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => (words = (words + text).slice(-2000)))
  child.once('error', (error) => (words += error.message))

  const deadline = performance.now() + READY_MS
  while (child.pid !== undefined && !hasExited(child) && performance.now() < deadline) {
    // The sockets' files are there a moment before anybody listens.
    const there = existsSync(join(folder, 'vnc')) && existsSync(join(folder, 'qmp'))
    const qmp = there
      ? await Qmp.open(join(folder, 'qmp')).catch(() => undefined)
      : undefined
    if (qmp) return qmp
    await wait(15)
  }
  throw new Error(`QEMU did not start: ${words.trim() || 'no answer in time'}`)
}
