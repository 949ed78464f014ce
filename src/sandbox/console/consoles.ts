/**
 * Starts, stops and reboots the machines behind a zone's instances, and admits viewers to their
 * screens by ticket. There is one machine per running instance, QEMU or simulated, and one proxy
 * for all. Calls for one instance are done one after the other.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import type { Boot, Machine, MachineSpec, PowerAction } from './machine.ts'
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
  /** How many times faster than life painted machines boot. */
  speed: number
  /** The zone's clock, milliseconds. */
  now(): number
  /** Where QEMU machines keep sockets; short. A private folder for temporary files by default. */
  stateDir?: string
  /** How long a ticket is good for (a minute). */
  ticketMs?: number
  /** QEMU machines at one time (8); beyond, they are painted and say so. */
  maxQemu?: number
  /** Somebody at a screen rebooted the machine (done already), or wants it off (call `stop`). */
  onPower?(instanceId: string, action: PowerAction): void
}

export type Consoles = {
  readonly kind: 'painted' | 'qemu'
  /** What is done to a machine's disk, running or not; nothing where it is painted. */
  readonly disks: InstanceDisks
  /** Switches a machine on; does nothing when it is on. Resolves when it can be looked at. */
  start(spec: MachineSpec, boot?: Boot): Promise<void>
  /** Switches it off; viewers see the last picture, then a close with code 1000. */
  stop(instanceId: string): Promise<void>
  /** A reset; viewers stay. With a spec, the machine comes back under new particulars. */
  reboot(instanceId: string, spec?: MachineSpec): Promise<void>
  /** The default user's password, taken up at once by a machine that runs. */
  setPassword(spec: MachineSpec, password: string): Promise<void>
  /** As stop, and forgets the transcript and the disk. */
  destroy(instanceId: string): Promise<void>
  isRunning(instanceId: string): boolean
  /**
   * A path that is valid for one connection within `ticketMs`
   * (docs/platform.md#console-addresses).
   */
  mint(instanceId: string): string
  /** Takes an upgrade request whose path is a console's; false = not ours, nothing done. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  /** What was entered at the shell and what it answered, over the instance's whole life. */
  transcript(instanceId: string): string[]
  /** The QEMU machine of an instance; rejects where it is off or painted. */
  machineOf(instanceId: string): Promise<QemuMachine>
  /** Ends every machine and viewer. May be called twice. */
  close(): Promise<void>
}

/** The disks of a zone's instances; snapshots go by their ids. */
type InstanceDisks = {
  /** A bigger disk; the file system follows at the next boot. */
  grow(instanceId: string, gib: number): Promise<void>
  /** An empty disk. */
  reset(instanceId: string, gib: number): Promise<void>
  snapshot(instanceId: string, snapshotId: string): Promise<void>
  /** What was on the disk then, at no less than this size. */
  revert(instanceId: string, snapshotId: string, gib: number): Promise<void>
  deleteSnapshot(instanceId: string, snapshotId: string): Promise<void>
  /** The path of a file with what the snapshot holds, the caller's to remove. */
  exportSnapshot(instanceId: string, snapshotId: string): Promise<string | undefined>
}

/** One time of being on. Its viewers are told its own ending, not that of the next one. */
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
 * The screens of a process's zones; make one and share it, so that the limit of QEMU machines
 * is one limit. Throws when QEMU is asked for and isn't there.
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
  readonly #proxy = createConsoleProxy()
  readonly #entries = new Map<string, Entry>()
  #closed = false

  constructor(deps: ConsolesDeps) {
    const { ticketMs } = deps
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
      // A machine that died by itself comes back by a reboot, as a real one would.
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

  mint(instanceId: string): string {
    return `${consolePrefix}${instanceId}/${this.#tickets.mint(instanceId)}`
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const [path = ''] = (request.url ?? '').split('?')
    if (!path.startsWith(consolePrefix)) return false
    const [instanceId = '', ticket = ''] = path.slice(consolePrefix.length).split('/')
    const verdict = this.#tickets.redeem(ticket, instanceId)
    if (!verdict.ok) {
      const reason = refusals[verdict.reason]
      this.#proxy.connect(request, socket, head, { ok: false, status: 403, reason })
      return true
    }
    const entry = this.#entries.get(verdict.instanceId)
    // A machine on its way up is waited for.
    void (entry?.last ?? Promise.resolve()).then(() =>
      this.#proxy.connect(request, socket, head, admit(entry)),
    )
    return true
  }

  transcript(instanceId: string): string[] {
    const entry = this.#entries.get(instanceId)
    return [...(entry?.past ?? []), ...(entry?.run?.machine.transcript() ?? [])]
  }

  async machineOf(instanceId: string): Promise<QemuMachine> {
    const entry = this.#entries.get(instanceId)
    // What it is on its way to comes first.
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

  /** In its turn; `machine` is there where it is one with a disk, and runs. */
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

/** A snapshot's name on the disk; `qemu-img` would take one of digits for a number. */
const tag = (snapshotId: string) => `s${snapshotId}`

function inTurn(entry: Entry, act: () => Promise<void>): Promise<void> {
  const turn = entry.last.then(act)
  // A failed turn is its caller's to report; the next one goes ahead.
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

/** As switching off, without last words. */
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
