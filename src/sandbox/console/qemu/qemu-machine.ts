/**
 * Runs a machine as a QEMU process with a small Linux, or with Debian's installer. Its screen is QEMU's
 * VNC server on a private socket; QMP controls it, and ports of its own reach the operating system.
 * The guest has no network and reaches no host file but its disk image.
 */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

import type { Guest } from '../guest/guest.ts'
import { cpusOf, identityOf, memoryMib, userOf } from '../guest/identity.ts'
import type { Installer } from '../guest/installer.ts'
import { ports } from '../guest/userland.ts'
import type { Boot, Machine, MachineSpec } from '../machine.ts'
import { commandLine, portPath, type Wanted } from './command-line.ts'
import { disksAvailable } from './disks.ts'
import { firmwareFor, type Firmware } from './firmware.ts'
import { Agent, answerIdentity, type Said } from './guest-ports.ts'
import { programPath, spawnLeashed, writeIdentity } from './process.ts'
import { Qmp } from './qmp.ts'
import { startTpm } from './tpm.ts'

const program = 'qemu-system-x86_64'
const readyMs = 20_000
const quitMs = 2000
/** How long a system may take to go down before the plug is pulled. */
const softStopMs = 15_000

/** Whether QEMU machines can be had here. */
export function qemuAvailable(): boolean {
  return programPath(program) !== undefined && disksAvailable()
}

type QemuDeps = {
  /** A folder of this process, mode 0700, with a short path. */
  stateDir: string
  guest: Guest
  /** Started in place of the guest, but for a rescue. Nobody in it does what it is told. */
  installer?: Installer
  /** The path of its disk, which may have to be made first. */
  disk(): Promise<string>
  /** What only tests of typing ask for. */
  trial?: Pick<Wanted, 'keymap' | 'typed' | 'keyDelayMs'>
  /** Told when the process has ended; `unasked` when the system inside did it, or it broke. */
  onGone?(unasked: boolean): void
}

type Running = {
  child: ChildProcess
  qmp: Qmp
  agent: Agent
  identity: Socket
  folder: string
  boot: Boot
  /** What the guest is told at its next boot. */
  spec: MachineSpec
  stopping: boolean
}

export class QemuMachine implements Machine {
  readonly kind = 'qemu'
  readonly #deps: QemuDeps
  #running: Running | undefined

  constructor(deps: QemuDeps) {
    this.#deps = deps
  }

  /** The process, while there is one. */
  get pid(): number | undefined {
    return this.#running?.child.pid
  }

  /** The folder of its sockets, while it runs. */
  get folder(): string | undefined {
    return this.#running?.folder
  }

  async start(spec: MachineSpec, boot: Boot): Promise<void> {
    if (this.#running) throw new Error('the machine is on already')
    // Ids of our own on the command line: QEMU splits its options on commas and equal signs.
    const id = `m${randomBytes(5).toString('hex')}`
    const folder = join(this.#deps.stateDir, id)
    const disk = await this.#deps.disk()
    mkdirSync(folder, { mode: 0o700 })
    let child: ChildProcess | undefined
    try {
      const { stateDir } = this.#deps
      const tpm = spec.tpm ? await startTpm(stateDir, folder, spec.instanceId) : undefined
      // A rescue comes over the network, from where nothing signed comes.
      const signed = spec.secureBoot && !boot.rescue && !this.#installerFor(boot)
      const firmware = signed ? firmwareFor(folder) : undefined
      const made = { id, folder, disk, tpm, firmware }
      child = spawnLeashed(program, this.#words(spec, boot, made))
      // A watching shell ends its QEMU by itself; killed, it could not.
      if (!child.stdin && child.pid !== undefined)
        writeIdentity(join(folder, 'pid'), child.pid)
      this.#running = await this.#attend(child, folder, spec, boot)
    } catch (error) {
      if (child) release(child)
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
  }

  async stop(): Promise<void> {
    const running = this.#running
    if (!running) return
    running.stopping = true
    const { child, qmp, agent } = running
    if (agent.isThere) {
      qmp.execute('system_powerdown').catch(() => {})
      await Promise.race([qmp.closed, wait(softStopMs, undefined, { ref: false })])
    }
    if (!hasExited(child)) await this.#unplug(running)
    this.#gone(running)
  }

  async reboot(spec: MachineSpec): Promise<void> {
    const running = this.#running
    if (!running) throw new Error('the machine is off')
    running.spec = spec
    running.agent.forget()
    await running.qmp.execute('system_reset')
  }

  openScreen(): Duplex {
    if (!this.#running) throw new Error('the machine is off')
    return connect(join(this.#running.folder, 'vnc'))
  }

  async setPassword(spec: MachineSpec, password: string): Promise<void> {
    const running = this.#running
    // A guest that is late takes it once it is up; an installer never would.
    if (!running || this.#installerFor(running.boot)) return
    running.spec = { ...spec, password }
    const encoded = Buffer.from(password).toString('base64')
    await this.inside(`echo ${encoded} | base64 -d | set-password ${userOf(spec)}`)
  }

  async snapshot(name: string): Promise<void> {
    // What the system has only in memory yet would be missed.
    if (this.#running?.agent.isThere) await this.inside('sync')
    await this.tell('blockdev-snapshot-internal-sync', { device: 'disk0', name })
  }

  async deleteSnapshot(name: string): Promise<void> {
    await this.tell('blockdev-snapshot-delete-internal-sync', { device: 'disk0', name })
  }

  /** Resolves when its system is up, or after so long. */
  async booted(atMostMs: number): Promise<void> {
    const up = this.#running?.agent.ready()
    if (up) await Promise.race([up, wait(atMostMs, undefined, { ref: false })])
  }

  /** Runs shell lines as root inside, once its system is up. */
  async inside(script: string): Promise<Said> {
    if (!this.#running) throw new Error('the machine is off')
    return this.#running.agent.run(script)
  }

  /** Tells QEMU something; resolves with its answer. */
  async tell(command: string, words?: Record<string, unknown>): Promise<unknown> {
    if (!this.#running) throw new Error('the machine is off')
    return this.#running.qmp.execute(command, words)
  }

  transcript(): string[] {
    return []
  }

  async close(): Promise<void> {
    const running = this.#running
    if (!running) return
    running.stopping = true
    await this.#unplug(running)
    this.#gone(running)
  }

  #installerFor(boot: Boot): Installer | undefined {
    return boot.rescue ? undefined : this.#deps.installer
  }

  #words(
    spec: MachineSpec,
    boot: Boot,
    made: {
      id: string
      folder: string
      disk: string
      tpm: string | undefined
      firmware: Firmware | undefined
    },
  ): string[] {
    const { id, folder, disk, tpm, firmware } = made
    const { guest, trial } = this.#deps
    const { kernel, initrd, netboot, bootDisk } = guest
    const installer = this.#installerFor(boot)
    return commandLine({
      ...trial,
      id,
      folder,
      disk,
      kernel,
      initrd,
      memoryMib: memoryMib(spec),
      cpus: cpusOf(spec),
      ...(installer ? { installer } : {}),
      ...(boot.rescue ? { netboot } : {}),
      ...(tpm === undefined ? {} : { tpm }),
      ...(firmware ? { secureBoot: { ...firmware, bootDisk } } : {}),
    })
  }

  /** Waits until it takes orders, and answers what its guest asks from then on. */
  async #attend(
    child: ChildProcess,
    folder: string,
    spec: MachineSpec,
    boot: Boot,
  ): Promise<Running> {
    const qmp = await ready(child, folder)
    const identity = await answerIdentity(portPath(folder, ports.identity), () =>
      identityOf(running.spec, Boolean(boot.rescue)),
    )
    const agent = await Agent.open(portPath(folder, ports.agent))
    const running = { child, qmp, agent, identity, folder, boot, spec, stopping: false }
    child.once('exit', () => this.#gone(running))
    qmp.closed.then(() => release(child))
    return running
  }

  async #unplug({ child, qmp }: Running): Promise<void> {
    const exited = hasExited(child) ? undefined : once(child, 'exit')
    // QEMU lets its viewers go in an orderly way first.
    qmp.execute('quit').catch(() => {})
    await Promise.race([qmp.closed, wait(quitMs, undefined, { ref: false })])
    release(child)
    await exited
  }

  #gone(running: Running) {
    running.qmp.close()
    running.agent.close()
    running.identity.destroy()
    rmSync(running.folder, { recursive: true, force: true })
    if (this.#running !== running) return
    this.#running = undefined
    this.#deps.onGone?.(!running.stopping)
  }
}

const hasExited = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null

/** Ends the child, or lets go of the pipe on which its watcher waits. */
function release(child: ChildProcess): void {
  child.stdin?.destroy()
  if (!child.stdin) child.kill('SIGKILL')
}

/** Waits until QEMU takes orders and has a screen. */
async function ready(child: ChildProcess, folder: string): Promise<Qmp> {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => (words = (words + text).slice(-2000)))
  child.once('error', (error) => (words += error.message))

  const deadline = performance.now() + readyMs
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
