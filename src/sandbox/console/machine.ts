/**
 * Describes a machine with a screen, simulated or a QEMU process. `consoles.ts` owns the machines;
 * `proxy.ts` only sees the byte stream of a screen.
 */
import type { Duplex } from 'node:stream'

import type { BootState } from '#contract/sandbox/scenario.ts'

/** What can be wrong with a simulated disk: its kernel is missing, or an update broke what it serves. */
export type DiskFault = 'no-kernel' | 'bad-update'

/** What a machine shows about its instance. Texts are untrusted: they never reach a command line. */
export type MachineSpec = {
  instanceId: string
  name: string
  templateName: string
  /** Template family as on the wire (`ubuntu`, `debian`, `windows`, …). */
  templateFamily: string
  bootMode: 'legacy' | 'uefi'
  cpus: number
  memoryBytes: number
  diskGib: number
  zone: string
  publicIp?: string
  defaultUser: string
  password?: string
  /** Public keys as they were registered. */
  sshKeys?: string[]
  /** As the API keeps it: base64, perhaps packed. */
  userData?: string
  tpm?: boolean
  secureBoot?: boolean
  /** Starts Debian's installer instead of an operating system. */
  installer?: boolean
  fault?: DiskFault | undefined
  /** Has a simulated screen even where QEMU is installed. */
  simulated?: boolean
}

/** How to boot: from the disk if absent, from the network with a rescue profile. */
export type Boot = { rescue?: 'netboot' | 'netboot-efi' }

export type PowerAction = 'reboot' | 'poweroff'

export type Machine = {
  readonly kind: 'painted' | 'qemu'
  /** Turns it on. Resolves when the screen can be opened, long before a login prompt. */
  start(spec: MachineSpec, boot: Boot): Promise<void>
  /**
   * Presses the power button, and kills a machine that doesn't react to it; open screens end.
   * Resolves when no process of the machine is left.
   */
  stop(): Promise<void>
  /** A reset: the machine boots again as it was last started; open screens stay open. */
  reboot(spec: MachineSpec): Promise<void>
  /** A stream of RFB bytes; the server sends first. Throws if the machine is off. */
  openScreen(): Duplex
  /** Changes the default user's password while it runs, if its operating system supports this. */
  setPassword(spec: MachineSpec, password: string): Promise<void>
  /** Takes a snapshot of the disk while it runs; does nothing without a disk. */
  snapshot(name: string): Promise<void>
  /** Deletes a snapshot while it runs. */
  deleteSnapshot(name: string): Promise<void>
  /** How its disk boots, as far as it is known now. */
  bootState(): Promise<BootState>
  /** Input and output of the shell, oldest first; empty if unknown. */
  transcript(): string[]
  /** Kills the machine and frees everything. May be called twice. */
  close(): Promise<void>
}
