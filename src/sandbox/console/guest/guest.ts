/**
 * Makes the guest that QEMU boots: a kernel, one archive of its first files, a folder for network
 * boots in rescue mode, and a boot disk for firmware with secure boot. Made once per sandbox.
 */
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

import { grubScript, netbootScript } from '../qemu/command-line.ts'
import { guestPieces } from './pieces.ts'
import { userland } from './userland.ts'

export type Guest = {
  kernel: string
  initrd: string
  netboot: string
  bootDisk: string
  formatter: string
}

/** Downloads what is missing, which may take a minute the first time. */
export async function makeGuest(stateDir: string): Promise<Guest> {
  const pieces = await guestPieces()
  const netboot = join(stateDir, 'netboot')
  mkdirSync(netboot, { recursive: true, mode: 0o700 })
  const kernel = join(netboot, 'vmlinuz')
  const initrd = join(netboot, 'initrd')
  linkOrCopy(pieces.kernel, kernel)
  writeFileSync(initrd, Buffer.concat([readFileSync(pieces.tools), userland()]))
  writeFileSync(join(netboot, 'rescue.ipxe'), netbootScript)
  const bootDisk = join(stateDir, 'boot-disk')
  const efi = join(bootDisk, 'EFI')
  for (const folder of ['BOOT', 'debian'])
    mkdirSync(join(efi, folder), { recursive: true, mode: 0o700 })
  for (const name of readdirSync(pieces.loaders))
    linkOrCopy(join(pieces.loaders, name), join(efi, 'BOOT', name))
  linkOrCopy(kernel, join(bootDisk, 'vmlinuz'))
  linkOrCopy(initrd, join(bootDisk, 'initrd'))
  // The path of its configuration is part of Debian's signed GRUB.
  writeFileSync(join(efi, 'debian', 'grub.cfg'), grubScript)
  return { kernel, initrd, netboot, bootDisk, formatter: pieces.formatter }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // On another file system, or one without links.
    copyFileSync(from, to)
  }
}
