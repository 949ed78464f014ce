/**
 * Finds UEFI firmware with secure boot where Debian's `ovmf` is installed. It has Microsoft's keys,
 * starts only what is signed with them, and reports that to the operating system.
 */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

export type Firmware = {
  code: string
  /** The machine's own file with the firmware's variables. */
  variables: string
}

const home = '/usr/share/OVMF'
const code = join(home, 'OVMF_CODE_4M.secboot.fd')
const variables = join(home, 'OVMF_VARS_4M.ms.fd')

export const secureBootAvailable = () => [code, variables].every((path) => existsSync(path))

/** The firmware of one run of a machine; undefined without `ovmf`. */
export function firmwareFor(folder: string): Firmware | undefined {
  if (!secureBootAvailable()) return undefined
  const own = join(folder, 'variables')
  copyFileSync(variables, own)
  return { code, variables: own }
}
