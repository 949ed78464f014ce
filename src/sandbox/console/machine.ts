/**
 * Describes a machine with a screen, simulated or a QEMU process. `consoles.ts` owns the machines;
 * `proxy.ts` only sees the byte stream of a screen.
 */
import type { Duplex } from 'node:stream'

/** What a machine shows of itself. Texts are untrusted: they never reach a command line. */
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
  /** It starts Debian's installer in place of a system of its own. */
  installer?: boolean
}

/** How to boot: nothing = from the disk; a rescue profile = from the network. */
export type Boot = { rescue?: 'netboot' | 'netboot-efi' }

export type PowerAction = 'reboot' | 'poweroff'

export type Machine = {
  readonly kind: 'painted' | 'qemu'
  /** Switches on. Resolves when the screen can be opened, which is long before a login prompt. */
  start(spec: MachineSpec, boot: Boot): Promise<void>
  /**
   * Presses the power button, and pulls the plug on a system that does not hear it; open
   * screens end. Resolves when nothing of the machine runs any more.
   */
  stop(): Promise<void>
  /** A reset: the machine boots again as it was last started; open screens stay open. */
  reboot(spec: MachineSpec): Promise<void>
  /** A stream of RFB bytes; the server speaks first. Throws when the machine is off. */
  openScreen(): Duplex
  /** Gives the default user another password while it runs, where a system is there to take it. */
  setPassword(spec: MachineSpec, password: string): Promise<void>
  /** A snapshot of the disk while it runs; does nothing where nothing is on a disk. */
  snapshot(name: string): Promise<void>
  /** Lets a snapshot go while it runs. */
  deleteSnapshot(name: string): Promise<void>
  /** Lines entered at the shell and what they answered, oldest first; empty where unknown. */
  transcript(): string[]
  /** Pulls the plug and lets everything go. May be called twice. */
  close(): Promise<void>
}
