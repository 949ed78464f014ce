/**
 * Describes what a program on a simulated machine (a boot, a login, a shell) uses and must implement.
 * The machine makes the terminal; one program at a time runs on it.
 */
import type { DiskFault, MachineSpec } from '../../machine.ts'
import type { Key } from '../rfb/keys.ts'
import type { Screen } from '../screen.ts'

export type Terminal = {
  spec: MachineSpec
  screen: Screen
  /** The zone's clock, in milliseconds since 1970. */
  now(): number
  /** When this boot began, on the same clock. */
  bootedAt: number
  /** How many times faster than the clock the machine's time runs. */
  speed: number
  /** Runs an action later, in the machine's time. */
  after(ms: number, act: () => void): void
  /** Gives the keys to another program. */
  run(program: Program): void
  /** Whether this program still gets the keys. */
  runs(program: Program): boolean
  /** Writes a line into the sandbox's transcript. */
  record(line: string): void
  /** Clears scheduled actions and boots again: from the disk unless told to boot as before. */
  restart(how?: { fromDisk: boolean }): void
  /** Requests that the machine is turned off; false if nothing handles the request. */
  powerOff(): boolean
  /** The clipboard text that viewers and this machine share. */
  clipboard(): string
  cut(text: string): void
  /** Damages the disk, or repairs it. */
  setFault(fault: DiskFault | undefined): void
  fault(): DiskFault | undefined
  /** A line to show at boot, for example why it isn't a QEMU machine. */
  note?: string
}

export type Program = {
  key(key: Key): void
}

/** A program that ignores keys, while a machine boots or shuts down. */
export const deaf: Program = { key: () => {} }
