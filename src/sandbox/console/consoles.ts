/**
 * Starts, stops and reboots the machines behind a zone's instances, and admits viewers to their
 * screens by ticket. There is one machine per running instance, QEMU or simulated, and one proxy
 * for all. Calls for one instance are done one after the other.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import type { BootState } from '#contract/sandbox/scenario.ts'

import type { Boot, DiskFault, Machine, MachineSpec, PowerAction } from './machine.ts'
import { createMakers } from './makers.ts'
import {
  createConsoleProxy,
  goingAway,
  machineDestroyed,
  machineStopped,
  screenLost,
  type Admission,
  type Ending,
} from './proxy.ts'
import type { Disks } from './qemu/disks.ts'
import { qemuAvailable, QemuMachine } from './qemu/qemu-machine.ts'
import { createTickets, type TicketRefusal } from './ticket.ts'

/** Console paths are this, the instance and a ticket. */
const consolePrefix = '/sandbox-console/'

export type ConsolesDeps = {
  machines: 'auto' | 'painted' | 'qemu'
  /** How many times faster than in reality simulated machines boot. */
  speed: number
  /** The zone's clock, milliseconds. */
  now(): number
  /** The folder of QEMU's sockets, with a short path; by default a private temporary folder. */
  stateDir?: string
  /** How long a ticket is valid (a minute). */
  ticketMs?: number
  /** Whether consoles require the websocket subprotocol `binary`. */
  insistsOnBinary?: boolean
  /** The maximum number of QEMU machines (8); any others are simulated and say so. */
  maxQemu?: number
  /** Called when someone has rebooted the machine at its screen, or wants it off (call `stop`). */
  onPower?(instanceId: string, action: PowerAction): void
  /** Called when the disk of a simulated machine was damaged or repaired at its screen. */
  onFault?(instanceId: string, fault: DiskFault | undefined): void
}

export type Consoles = {
  readonly kind: 'painted' | 'qemu'
  /** Changes a machine's disk, running or not; does nothing if it is simulated. */
  readonly disks: InstanceDisks
  /** Turns a machine on; does nothing if it is on. Resolves when its screen can be opened. */
  start(spec: MachineSpec, boot?: Boot): Promise<void>
  /** Turns it off; viewers see the last screen, then a close with code 1000. */
  stop(instanceId: string): Promise<void>
  /** Resets it; viewers stay connected. With a spec, the machine restarts with the new values. */
  reboot(instanceId: string, spec?: MachineSpec): Promise<void>
  /** Sets the default user's password, at once on a running machine. */
  setPassword(spec: MachineSpec, password: string): Promise<void>
  /** Like `stop`, and deletes the transcript and the disk. */
  destroy(instanceId: string): Promise<void>
  isRunning(instanceId: string): boolean
  /** How the disk of an instance boots, as far as it is known. */
  bootOf(instanceId: string): Promise<BootState>
  /**
   * A path that is valid for one connection within `ticketMs`
   * (docs/platform.md#console-addresses).
   */
  mint(instanceId: string): string
  /** Handles an upgrade request with a console's path; returns false for any other. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** Input and output of the shell, as long as the instance exists. */
  transcript(instanceId: string): string[]
  /** The QEMU machine of an instance; rejects if it is off or simulated. */
  machineOf(instanceId: string): Promise<QemuMachine>
  /** Ends every machine and viewer. May be called twice. */
  close(): Promise<void>
}

/** The disks of a zone's instances; snapshots go by their ids. */
type InstanceDisks = {
  /** Makes the disk larger; the file system grows at the next boot. */
  grow(instanceId: string, gib: number): Promise<void>
  /** Erases the disk. */
  reset(instanceId: string, gib: number): Promise<void>
  snapshot(instanceId: string, snapshotId: string): Promise<void>
  /** Reverts the disk to the snapshot, but not to a smaller size. */
  revert(instanceId: string, snapshotId: string, gib: number): Promise<void>
  deleteSnapshot(instanceId: string, snapshotId: string): Promise<void>
  /** The path of a file with the snapshot's content; the caller deletes it. */
  exportSnapshot(instanceId: string, snapshotId: string): Promise<string | undefined>
}

/** One run of a machine. Its viewers get the close code of this run, not of the next one. */
type Run = { machine: Machine; spec: MachineSpec; boot: Boot; ending: Ending }

type Entry = { run?: Run; past: string[]; last: Promise<unknown> }

const refusals: Record<TicketRefusal, string> = {
  malformed: 'the console ticket is malformed',
  forged: 'the console ticket is not valid',
  expired: 'the console ticket has expired',
  used: 'the console ticket was already used',
  'other-instance': 'the console ticket is for another instance',
}

/**
 * Makes the consoles of all zones of a process; share them, so that there is one limit of QEMU
 * machines. Throws if QEMU is required and isn't installed.
 */
export function createConsoles(deps: ConsolesDeps): Consoles {
  return new SharedConsoles(deps)
}

class SharedConsoles implements Consoles {
  readonly disks: InstanceDisks = {
    grow: (id, gib) => this.#onDisk(id, (disks) => disks.grow(id, gib)),
    reset: (id, gib) =>
      this.#onDisk(id, async (disks) => {
        if (disks.has(id)) await disks.reset(id, gib)
      }),
    snapshot: (id, name) =>
      this.#onDisk(id, (disks, machine) =>
        machine ? machine.snapshot(tag(name)) : disks.snapshot(id, tag(name)),
      ),
    revert: (id, name, gib) =>
      this.#onDisk(id, (disks) => disks.revert(id, tag(name), gib)),
    deleteSnapshot: (id, name) =>
      this.#onDisk(id, async (disks, machine) => {
        if (!(await disks.hasSnapshot(id, tag(name)))) return
        await (machine
          ? machine.deleteSnapshot(tag(name))
          : disks.deleteSnapshot(id, tag(name)))
      }),
    exportSnapshot: async (id, name) => {
      let path: string | undefined
      await this.#onDisk(id, async (disks) => {
        path = await disks.exportSnapshot(id, tag(name))
      })
      return path
    },
  }
  readonly #tickets
  readonly #makers
  readonly #proxy
  readonly #entries = new Map<string, Entry>()
  #closed = false

  constructor(deps: ConsolesDeps) {
    const { ticketMs } = deps
    this.#proxy = createConsoleProxy(deps.insistsOnBinary)
    this.#tickets = createTickets({
      now: () => deps.now(),
      ...(ticketMs ? { ticketMs } : {}),
    })
    this.#makers = createMakers(deps, kindOf(deps.machines))
  }

  get kind(): Consoles['kind'] {
    return this.#makers.kind
  }

  async start(spec: MachineSpec, boot: Boot = {}): Promise<void> {
    const entry = this.#entryOf(spec.instanceId)
    await inTurn(entry, async () => {
      if (!entry.run) await this.#switchOn(entry, spec, boot)
    })
  }

  async stop(instanceId: string): Promise<void> {
    const entry = this.#entries.get(instanceId)
    if (entry) await inTurn(entry, () => switchOff(entry, machineStopped))
  }

  async reboot(instanceId: string, spec?: MachineSpec): Promise<void> {
    const entry = this.#entries.get(instanceId)
    if (!entry) return
    await inTurn(entry, async () => {
      const { run } = entry
      if (!run) return
      run.spec = spec ?? run.spec
      // A reboot also starts a machine that has crashed.
      await run.machine
        .reboot(run.spec)
        .catch(() => this.#switchOn(entry, run.spec, run.boot))
    })
  }

  async setPassword(spec: MachineSpec, password: string): Promise<void> {
    const entry = this.#entryOf(spec.instanceId)
    await inTurn(entry, async () => entry.run?.machine.setPassword(spec, password))
  }

  async destroy(instanceId: string): Promise<void> {
    const entry = this.#entryOf(instanceId)
    this.#entries.delete(instanceId)
    await inTurn(entry, async () => {
      await switchOff(entry, machineDestroyed)
      this.#makers.forget(instanceId)
    })
  }

  isRunning(instanceId: string): boolean {
    return this.#entries.get(instanceId)?.run !== undefined
  }

  async bootOf(instanceId: string): Promise<BootState> {
    const machine = this.#entries.get(instanceId)?.run?.machine
    // A system that is just going down answers nothing.
    return (await machine?.bootState().catch(() => undefined)) ?? 'unknown'
  }

  mint(instanceId: string): string {
    return `${consolePrefix}${instanceId}/${this.#tickets.mint(instanceId)}`
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const [path = ''] = (request.url ?? '').split('?')
    if (!path.startsWith(consolePrefix)) return false
    // A browser may reset its connection while this waits, and an error without a listener would end
    // the process.
    socket.on('error', () => socket.destroy())
    const [instanceId = '', ticket = ''] = path.slice(consolePrefix.length).split('/')
    const verdict = this.#tickets.redeem(ticket, instanceId)
    if (!verdict.ok) {
      const reason = refusals[verdict.reason]
      this.#proxy.connect(request, socket, head, { ok: false, status: 403, reason })
      return true
    }
    const entry = this.#entries.get(verdict.instanceId)
    // Waits for a machine that is starting.
    const connect = async () => {
      await entry?.last
      if (!socket.destroyed) this.#proxy.connect(request, socket, head, admit(entry))
    }
    void connect()
    return true
  }

  transcript(instanceId: string): string[] {
    const entry = this.#entries.get(instanceId)
    return [...(entry?.past ?? []), ...(entry?.run?.machine.transcript() ?? [])]
  }

  async machineOf(instanceId: string): Promise<QemuMachine> {
    const entry = this.#entries.get(instanceId)
    // Waits for the changes before.
    await entry?.last
    const machine = entry?.run?.machine
    if (!(machine instanceof QemuMachine))
      throw new Error('no QEMU machine is running for this instance')
    return machine
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#proxy.close()
    const all = [...this.#entries.values()]
    await Promise.all(all.map((entry) => inTurn(entry, () => unplug(entry))))
    this.#makers.close()
  }

  #entryOf(instanceId: string): Entry {
    const entry = this.#entries.get(instanceId) ?? { past: [], last: Promise.resolve() }
    this.#entries.set(instanceId, entry)
    return entry
  }

  /** Runs after the calls before it; `machine` is set if it runs and has a disk. */
  async #onDisk(
    instanceId: string,
    act: (disks: Disks, machine: Machine | undefined) => Promise<void>,
  ): Promise<void> {
    const { disks } = this.#makers
    if (!disks) return
    const entry = this.#entryOf(instanceId)
    await inTurn(entry, () => {
      const machine = entry.run?.machine
      return act(disks, machine?.kind === 'qemu' ? machine : undefined)
    })
  }

  async #switchOn(entry: Entry, spec: MachineSpec, boot: Boot) {
    if (this.#closed) throw new Error('the zone is closing')
    const machine = await this.#makers.start(spec, boot)
    entry.run = { machine, spec, boot, ending: screenLost }
  }
}

/** A snapshot's name on the disk; `qemu-img` may take one of digits for a number (findings/qemu-img-reverts-by-number.sh). */
const tag = (snapshotId: string) => `s${snapshotId}`

function inTurn(entry: Entry, act: () => Promise<void>): Promise<void> {
  const turn = entry.last.then(act)
  // The caller of a failed turn reports the failure; the next turn runs anyway.
  entry.last = turn.catch(() => {})
  return turn
}

async function switchOff(entry: Entry, ending: Ending): Promise<void> {
  const { run } = entry
  if (!run) return
  run.ending = ending
  delete entry.run
  await run.machine.stop()
  entry.past.push(...run.machine.transcript())
}

/** Turns it off without shutdown messages. */
async function unplug(entry: Entry): Promise<void> {
  const { run } = entry
  if (!run) return
  run.ending = goingAway
  delete entry.run
  await run.machine.close()
}

function admit(entry: Entry | undefined): Admission {
  const run = entry?.run
  if (!run) return { ok: false, status: 409, reason: 'the instance is not running' }
  return { ok: true, openScreen: () => run.machine.openScreen(), ending: () => run.ending }
}

function kindOf(machines: ConsolesDeps['machines']): Consoles['kind'] {
  if (machines === 'qemu' && !qemuAvailable()) {
    throw new Error(
      'SANDBOX_MACHINES=qemu requires qemu-system-x86_64 and qemu-img, which are not installed',
    )
  }
  return machines !== 'painted' && qemuAvailable() ? 'qemu' : 'painted'
}
