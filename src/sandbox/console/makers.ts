// Which kind of machine an instance gets: QEMU as long as there is room and it starts, else a
// painted one that says why. Not more QEMU machines are brought up at a time than there are
// processors, so that each of them is quick.

import { rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'

import type { Boot, Machine, MachineSpec, PowerAction } from './machine.ts'
import { PaintedMachine } from './painted.ts'
import { QemuMachine } from './qemu.ts'
import { claimStateDir, defaultStateDir } from './qemu/process.ts'

/** QEMU machines at one time unless said otherwise; each is some 50 MB. */
const MAX_QEMU = 8

export type MakersDeps = {
  speed: number
  now(): number
  stateDir?: string
  /** QEMU machines at one time (8); beyond, they are painted and say so. */
  maxQemu?: number
  onPower?(instanceId: string, action: PowerAction): void
}

export interface Makers {
  /** A machine of the best kind to be had, switched on. */
  start(spec: MachineSpec, boot: Boot): Promise<Machine>
  /** Removes the state folder. Every machine must have been stopped. */
  close(): void
}

/** Makes machines of one kind; for QEMU, claims a state folder first. */
export function createMakers(deps: MakersDeps, kind: Machine['kind']): Makers {
  const stateDir =
    kind === 'qemu' ? claimStateDir(deps.stateDir ?? defaultStateDir()) : undefined
  const live = new Set<QemuMachine>()
  const maxQemu = deps.maxQemu ?? MAX_QEMU
  const gate = createGate(availableParallelism())

  const startPainted = async (spec: MachineSpec, boot: Boot, note?: string) => {
    const { onPower } = deps
    const machine = new PaintedMachine({
      now: () => deps.now(),
      speed: deps.speed,
      ...(note === undefined ? {} : { note }),
      ...(onPower ? { onPower: (action) => onPower(spec.instanceId, action) } : {}),
    })
    await machine.start(spec, boot)
    return machine
  }

  const startQemu = async (folder: string, spec: MachineSpec, boot: Boot) => {
    const machine: QemuMachine = new QemuMachine({
      stateDir: folder,
      onGone: () => live.delete(machine),
    })
    live.add(machine)
    try {
      await gate(() => machine.start(spec, boot))
    } catch (error) {
      live.delete(machine)
      throw error
    }
    return machine
  }

  return {
    async start(spec, boot) {
      if (stateDir === undefined) return startPainted(spec, boot)
      if (live.size >= maxQemu) {
        const note = `Painted: ${maxQemu} QEMU machines run already, and that is the limit.`
        return startPainted(spec, boot, note)
      }
      return startQemu(stateDir, spec, boot).catch(() =>
        startPainted(
          spec,
          boot,
          'Painted: QEMU is installed, but did not start this machine.',
        ),
      )
    },
    close() {
      if (stateDir !== undefined) rmSync(stateDir, { recursive: true, force: true })
    },
  }
}

/** Lets so many through at a time; the others wait in line. */
function createGate(width: number): <T>(act: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = []
  let inside = 0
  return async (act) => {
    if (inside < width) inside += 1
    else await new Promise<void>((enter) => line.push(enter))
    try {
      return await act()
    } finally {
      const next = line.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
