// The guest as QEMU is given it: a kernel, one archive of all its first files, and a folder
// from which a rescue is booted over the network. Made once for each sandbox.

import { copyFileSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { netbootScript } from '../qemu/command-line.ts'
import { guestPieces } from './pieces.ts'
import { userland } from './userland.ts'

export type Guest = { kernel: string; initrd: string; netboot: string; formatter: string }

/** Fetches what is missing, which may take a minute the first time ever. */
export async function makeGuest(stateDir: string): Promise<Guest> {
  const pieces = await guestPieces()
  const netboot = join(stateDir, 'netboot')
  mkdirSync(netboot, { recursive: true, mode: 0o700 })
  const kernel = join(netboot, 'vmlinuz')
  const initrd = join(netboot, 'initrd')
  linkOrCopy(pieces.kernel, kernel)
  writeFileSync(initrd, Buffer.concat([readFileSync(pieces.tools), userland()]))
  writeFileSync(join(netboot, 'rescue.ipxe'), netbootScript)
  return { kernel, initrd, netboot, formatter: pieces.formatter }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // Another file system, or one that has no links.
    copyFileSync(from, to)
  }
}
