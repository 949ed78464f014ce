/**
 * Runs a machine as a QEMU process with a small Linux, or with Debian's installer. Its screen is QEMU's
 * VNC server on a private socket; QMP controls it, and separate ports reach the operating system.
 * The guest has no network and can access no host file except its disk image.
 */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'

import type { BootState } from '#contract/sandbox/scenario.ts'

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
/** How long a system may take to shut down before it is killed. */
const softStopMs = 15_000

/** Whether QEMU is installed on this host. */
export function qemuAvailable(): boolean {
  return programPath(program) !== undefined && disksAvailable()
}

type QemuDeps = {
  /** A folder of this process, mode 0700, with a short path. */
  stateDir: string
  guest: Guest
  /** Started instead of the guest, except for rescue mode. It has no agent that runs commands. */
  installer?: Installer
  /** Returns the path of its disk, which is created if necessary. */
  disk(): Promise<string>
  /** Options for tests of typing only. */
  trial?: Pick<Wanted, 'keymap' | 'typed' | 'keyDelayMs'>
  /** Called when the process has ended; `unasked` if the guest shut down or QEMU crashed. */
  onGone?(unasked: boolean): void
}

type Running = {
  child: ChildProcess
  qmp: Qmp
  agent: Agent
  identity: Socket
  folder: string
  boot: Boot
  /** The guest's identity at its next boot. */
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

  /** The process, while it runs. */
  get pid(): number | undefined {
    return this.#running?.child.pid
  }

  /** The folder of its sockets, while it runs. */
  get folder(): string | undefined {
    return this.#running?.folder
  }

  async start(spec: MachineSpec, boot: Boot): Promise<void> {
    if (this.#running) throw new Error('the machine is on already')
    // Generated ids on the command line, because QEMU splits its options on commas and equal signs.
    const id = `m${randomBytes(5).toString('hex')}`
    const folder = join(this.#deps.stateDir, id)
    const disk = await this.#deps.disk()
    mkdirSync(folder, { mode: 0o700 })
    let child: ChildProcess | undefined
    try {
      const { stateDir } = this.#deps
      const tpm = spec.tpm ? await startTpm(stateDir, folder, spec.instanceId) : undefined
      // Rescue mode boots from the network, without signed loaders.
      const signed = spec.secureBoot && !boot.rescue && !this.#installerFor(boot)
      const firmware = signed ? firmwareFor(folder) : undefined
      const made = { id, folder, disk, tpm, firmware }
      child = spawnLeashed(program, this.#words(spec, boot, made))
      // A watching shell must not be killed, because it ends its QEMU.
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
    // A guest that still boots gets it once it is up; the installer never would.
    if (!running || this.#installerFor(running.boot)) return
    running.spec = { ...spec, password }
    const encoded = Buffer.from(password).toString('base64')
    await this.inside(`echo ${encoded} | base64 -d | set-password ${userOf(spec)}`)
  }

  async snapshot(name: string): Promise<void> {
    // Otherwise, data that is only in the system's memory would be missing.
    if (this.#running?.agent.isThere) await this.inside('sync')
    await this.tell('blockdev-snapshot-internal-sync', { device: 'disk0', name })
  }

  async deleteSnapshot(name: string): Promise<void> {
    await this.tell('blockdev-snapshot-delete-internal-sync', { device: 'disk0', name })
  }

  /** Resolves when its system is up, or after a timeout. */
  async booted(atMostMs: number): Promise<void> {
    const up = this.#running?.agent.ready()
    if (up) await Promise.race([up, wait(atMostMs, undefined, { ref: false })])
  }

  /** Runs shell lines as root in the guest, once its system is up. */
  async inside(script: string): Promise<Said> {
    if (!this.#running) throw new Error('the machine is off')
    return this.#running.agent.run(script)
  }

  /** Sends QEMU a command; resolves with its response. */
  async tell(command: string, words?: Record<string, unknown>): Promise<unknown> {
    if (!this.#running) throw new Error('the machine is off')
    return this.#running.qmp.execute(command, words)
  }

  async bootState(): Promise<BootState> {
    const running = this.#running
    const isUp = running?.agent.isThere && !running.boot.rescue
    if (!running || !isUp || this.#installerFor(running.boot)) return 'unknown'
    const { text } = await this.inside('boot-state')
    const said = text.trim()
    return said === 'booted' || said === 'damaged' || said === 'no-boot' ? said : 'unknown'
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

  /** Waits until QEMU accepts commands, then serves the guest's ports. */
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
    // QEMU closes its viewers' connections first.
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

/** Ends the child, or closes the pipe that its watcher reads. */
function release(child: ChildProcess): void {
  child.stdin?.destroy()
  if (!child.stdin) child.kill('SIGKILL')
}

/** Waits until QEMU accepts commands and has a screen. */
async function ready(child: ChildProcess, folder: string): Promise<Qmp> {
  let words = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => (words = (words + text).slice(-2000)))
  child.once('error', (error) => (words += error.message))

  const deadline = performance.now() + readyMs
  while (child.pid !== undefined && !hasExited(child) && performance.now() < deadline) {
    // The sockets' files exist a moment before QEMU listens on them.
    const there = existsSync(join(folder, 'vnc')) && existsSync(join(folder, 'qmp'))
    const qmp = there
      ? await Qmp.open(join(folder, 'qmp')).catch(() => undefined)
      : undefined
    if (qmp) return qmp
    await wait(15)
  }
  throw new Error(`QEMU did not start: ${words.trim() || 'no answer in time'}`)
}
