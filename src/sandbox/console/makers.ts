/**
 * Chooses the kind of machine for an instance: QEMU while there is room and it starts, otherwise a
 * simulated one that says why. No more QEMU machines boot at the same time than there are
 * processors, so that each boots quickly and the zone stays responsive.
 */
import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'

import { complain } from '../complain.ts'
import { makeGuest, type Guest } from './guest/guest.ts'
import { installerPieces, type Installer } from './guest/installer.ts'
import type { Boot, DiskFault, Machine, MachineSpec, PowerAction } from './machine.ts'
import { PaintedMachine } from './painted/painted-machine.ts'
import { Disks } from './qemu/disks.ts'
import { claimStateDir, defaultStateDir } from './qemu/process.ts'
import { QemuMachine } from './qemu/qemu-machine.ts'
import { forgetTpm } from './qemu/tpm.ts'

/** The default maximum number of QEMU machines; each needs some 200 MB. */
const maxQemuDefault = 8
/** Installers have a maximum of their own, in case the seed uses up the other. Each needs up to 2 GB. */
const maxInstallers = 2
/** How long a machine waits for a download, which is needed only once. */
const patienceMs = 20_000
/** How long a booting machine may delay the next. */
const bootingMs = 15_000

type MakersDeps = {
  speed: number
  now(): number
  stateDir?: string
  /** The maximum number of QEMU machines (8); any others are simulated and say so. */
  maxQemu?: number
  onPower?(instanceId: string, action: PowerAction): void
  /** Called when the disk of a simulated machine was damaged or repaired at its screen. */
  onFault?(instanceId: string, fault: DiskFault | undefined): void
}

type Makers = {
  /** The present kind of machines; simulated also if QEMU's guest can't be downloaded. */
  readonly kind: Machine['kind']
  /** The disks of instances; undefined if all machines are simulated. */
  readonly disks: Disks | undefined
  /** Makes and starts a machine of the best available kind. */
  start(spec: MachineSpec, boot: Boot): Promise<Machine>
  /** Deletes what is stored of an instance. Its machine must have been stopped. */
  forget(instanceId: string): void
  /** Removes the state folder. Every machine must have been stopped. */
  close(): void
}

/** Makes machines of one kind; for QEMU, claims a state folder and fetches the guest. */
export function createMakers(deps: MakersDeps, kind: Machine['kind']): Makers {
  const painted = async (spec: MachineSpec, boot: Boot, note?: string) => {
    const { onPower, onFault } = deps
    const machine = new PaintedMachine({
      now: () => deps.now(),
      speed: deps.speed,
      ...(note === undefined ? {} : { note }),
      ...(onFault ? { onFault: (fault) => onFault(spec.instanceId, fault) } : {}),
      ...(onPower ? { onPower: (action) => onPower(spec.instanceId, action) } : {}),
    })
    await machine.start(spec, boot)
    return machine
  }
  if (kind === 'qemu') return new QemuMakers(deps, painted)
  return { kind, disks: undefined, start: painted, forget() {}, close() {} }
}

type System = { guest: Guest; installer?: Installer }

type Places = { taken: Set<QemuMachine>; limit: number; called: string }

type Paint = (spec: MachineSpec, boot: Boot, note: string) => Promise<Machine>

class QemuMakers implements Makers {
  readonly disks: Disks
  readonly #deps: MakersDeps
  readonly #paint: Paint
  readonly #stateDir: string
  readonly #guest: Promise<Guest>
  #installer: Promise<Installer> | undefined
  readonly #guests: Places
  readonly #installers = places(maxInstallers, 'installers')
  readonly #gate = createGate(availableParallelism())
  #lack: string | undefined

  constructor(deps: MakersDeps, paint: Paint) {
    this.#deps = deps
    this.#paint = paint
    this.#guests = places(deps.maxQemu ?? maxQemuDefault, 'QEMU instances')
    this.#stateDir = claimStateDir(deps.stateDir ?? defaultStateDir())
    this.#guest = makeGuest(this.#stateDir)
    this.#guest.catch((error: unknown) => {
      this.#lack = sentence(error)
      complain('using simulated (painted) screens', error)
    })
    this.disks = new Disks(this.#stateDir, async () => (await this.#guest).formatter)
  }

  get kind() {
    return this.#lack === undefined ? ('qemu' as const) : ('painted' as const)
  }

  async start(spec: MachineSpec, boot: Boot): Promise<Machine> {
    if (spec.simulated)
      return this.#paint(spec, boot, 'Simulated screen: this scenario needs one.')
    let system: System
    try {
      system = await this.#systemFor(spec, boot)
    } catch (error) {
      return this.#paint(spec, boot, `Simulated screen: ${sentence(error)}.`)
    }
    const { taken, limit, called } = this.#placesFor(system)
    if (taken.size >= limit) {
      const why = `the limit of running ${called} (${limit}) is reached`
      return this.#paint(spec, boot, `Simulated screen: ${why}.`)
    }
    return this.#startQemu(system, spec, boot).catch((error: unknown) => {
      complain(`QEMU failed to start ${spec.instanceId}`, error)
      const why = 'QEMU is installed but failed to start this instance'
      return this.#paint(spec, boot, `Simulated screen: ${why}.`)
    })
  }

  forget(instanceId: string): void {
    this.disks.remove(instanceId)
    forgetTpm(this.#stateDir, instanceId)
  }

  close(): void {
    rmSync(this.#stateDir, { recursive: true, force: true })
  }

  /** The guest to start; rejects with a sentence if it isn't available, or not yet. */
  async #systemFor(spec: MachineSpec, boot: Boot): Promise<System> {
    const guest = await inTime(this.#guest, 'the guest system is still being downloaded')
    if (!spec.installer || boot.rescue) return { guest }
    const installer = await inTime(
      this.#fetchInstaller(),
      'the installer is still being downloaded. Stop the instance and start it again in a few minutes',
    )
    return { guest, installer }
  }

  /** Downloads it when it is first needed, and again after a failure. */
  #fetchInstaller(): Promise<Installer> {
    this.#installer ??= installerPieces().catch((error: unknown) => {
      this.#installer = undefined
      complain('the installer is not available', error)
      throw error
    })
    return this.#installer
  }

  #placesFor({ installer }: System): Places {
    return installer ? this.#installers : this.#guests
  }

  async #startQemu(system: System, spec: MachineSpec, boot: Boot) {
    const { taken } = this.#placesFor(system)
    // Counts the machine before anything is awaited.
    const place = new QemuMachine({
      stateDir: this.#stateDir,
      ...system,
      disk: () => this.disks.ensure(spec.instanceId, spec.diskGib),
      onGone: (unasked) => {
        taken.delete(place)
        if (unasked) this.#deps.onPower?.(spec.instanceId, 'poweroff')
      },
    })
    taken.add(place)
    try {
      await this.#gate(
        () => place.start(spec, boot),
        () => place.booted(bootingMs),
      )
    } catch (error) {
      taken.delete(place)
      throw error
    }
    return place
  }
}

const places = (limit: number, called: string): Places => ({
  taken: new Set(),
  limit,
  called,
})

const sentence = (error: unknown) =>
  error instanceof Error ? error.message : String(error)

/** The download, unless it takes longer than a machine waits. */
async function inTime<T>(fetched: Promise<T>, late: string): Promise<T> {
  const waited = wait(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(late)
  })
  return Promise.race([fetched, waited])
}

/** Runs this many promises at a time; the others wait in order. */
function createGate(width: number) {
  const line: (() => void)[] = []
  let inside = 0
  const leave = () => {
    const next = line.shift()
    if (next) next()
    else inside -= 1
  }
  return async (act: () => Promise<void>, settled: () => Promise<void>): Promise<void> => {
    if (inside < width) inside += 1
    else await new Promise<void>((enter) => line.push(enter))
    try {
      await act()
    } catch (error) {
      leave()
      throw error
    }
    void settled().finally(leave)
  }
}
