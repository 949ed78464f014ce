/**
 * Describes what a program on a simulated machine (a boot, a login, a shell) works with, and what it
 * must answer to. The machine makes the terminal; programs replace each other on it.
 */
import type { MachineSpec } from '../../machine.ts'
import type { Key } from '../rfb/keys.ts'
import type { Screen } from '../screen.ts'

export type Terminal = {
  spec: MachineSpec
  screen: Screen
  /** The zone's clock, in milliseconds since 1970. */
  now(): number
  /** When this boot began, on the same clock. */
  bootedAt: number
  /** How many times faster than the wall's the machine's own time runs. */
  speed: number
  /** Something later, in the machine's own time. */
  after(ms: number, act: () => void): void
  /** Hands the keys to another program. */
  run(program: Program): void
  /** Whether the keys still go to this program. */
  runs(program: Program): boolean
  /** Writes a line into the sandbox's own record. */
  record(line: string): void
  /** Forgets what was to come and boots again: from the disk unless told to do as before. */
  restart(how?: { fromDisk: boolean }): void
  /** Asks whoever owns the machine to switch it off; false when nobody would. */
  powerOff(): boolean
  /** The text that viewers and this machine share. */
  clipboard(): string
  cut(text: string): void
  /** A line this machine should own up to, e.g. why it isn't the kind that was asked for. */
  note?: string
}

export type Program = {
  key(key: Key): void
}

/** A program that takes no keys: while a machine boots or goes down. */
export const deaf: Program = { key: () => {} }
