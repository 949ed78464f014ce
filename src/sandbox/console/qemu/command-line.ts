/**
 * Builds the command line of a machine's QEMU (docs/sandbox.md#the-command-line). Paths and ids are the sandbox's own;
 * values that users choose (names, passwords, user data) reach the guest through a port, never here.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Installer } from '../guest/installer.ts'
import { keymaps, type Keymap } from '../guest/keymaps.ts'
import { ports } from '../guest/userland.ts'
import type { Firmware } from './firmware.ts'

export type Wanted = {
  id: string
  folder: string
  memoryMib: number
  cpus: number
  disk: string
  kernel: string
  initrd: string
  /** Started instead of the kernel. */
  installer?: Installer
  /** A folder for network boot; the machine boots from it instead of the kernel. */
  netboot?: string
  /** The socket of a software TPM. */
  tpm?: string
  /** Firmware that starts only signed loaders, and their folder. */
  secureBoot?: Firmware & { bootDisk: string }
  keymap?: Keymap
  /** Input at the first screen goes to a port instead of a login. */
  typed?: boolean
  /** Milliseconds QEMU spends on a key event (10). */
  keyDelayMs?: number
}

/**
 * An emulated processor's counter runs at the host's speed, which is half the bogomips that Linux
 * prints. A guest that measures it on a busy host gets a wrong value, and so a wrong clock.
 */
function clockWords(): string[] {
  try {
    const [, bogomips] =
      /^bogomips\s*: ([\d.]+)/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? []
    return bogomips === undefined
      ? []
      : [`tsc_early_khz=${Math.round(Number(bogomips) * 500)}`]
  } catch {
    return []
  }
}

/** Tuned boot options: half a second faster than the kernel's defaults. */
const tuning = [
  'nokaslr mitigations=off tsc=reliable no_timer_check random.trust_cpu=on',
  ...clockWords(),
].join(' ')

const kernelWords = `console=tty0 rdinit=/init ${tuning}`

const refusals = 'obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'

/** QEMU splits its options on commas; a doubled comma is a literal one. */
const path = (text: string) => text.replaceAll(',', ',,')

/** The network boot configuration. */
export const netbootScript = `#!ipxe
echo Booting a rescue system from the network
kernel vmlinuz initrd=initrd ${kernelWords} exo.rescue=1
initrd initrd
boot
`

/** The GRUB configuration for secure boot. Without it, GRUB would wait for input. */
export const grubScript = `set timeout=0
linux /vmlinuz ${kernelWords}
initrd /initrd
boot
`

export function commandLine(wanted: Wanted): string[] {
  // QEMU's default. With less, a guest that gets no processor time for 40 ms loses keys.
  const { folder, keyDelayMs = 10 } = wanted
  const socket = (name: string) => `unix:${path(join(folder, name))}`
  const options = [
    ['-name', `guest=${wanted.id}`],
    ['-nodefaults'],
    ['-no-user-config'],
    // Not KVM: with nested KVM, iPXE was seen to hang at full load, and a guest of this size
    // boots fast enough without it.
    ['-accel', 'tcg,thread=multi,tb-size=32'],
    ...(wanted.secureBoot ? firmwareOptions(wanted.secureBoot) : [['-machine', 'pc']]),
    ['-cpu', 'qemu64'],
    ['-m', String(wanted.memoryMib)],
    ['-smp', String(wanted.cpus)],
    ['-vga', 'std'],
    ['-display', 'none'],
    ['-vnc', `${socket('vnc')},key-delay-ms=${keyDelayMs}`],
    ['-qmp', `${socket('qmp')},server=on,wait=off`],
    [
      '-blockdev',
      `driver=file,filename=${path(wanted.disk)},node-name=file0,discard=unmap`,
    ],
    ['-blockdev', 'driver=qcow2,file=file0,node-name=disk0,discard=unmap'],
    ['-device', 'virtio-blk-pci,drive=disk0'],
    ...portOptions(wanted),
    ...bootOptions(wanted),
    ...(wanted.tpm === undefined ? [] : tpmOptions(wanted.tpm, wanted.secureBoot)),
    ['-sandbox', `on,${refusals}`],
  ]
  return options.flat()
}

function portOptions({ folder, typed }: Wanted): string[][] {
  const names = [ports.identity, ports.agent, ...(typed ? [ports.typed] : [])]
  return [
    ['-device', 'virtio-serial-pci'],
    ...names.flatMap((name) => [
      [
        '-chardev',
        `socket,id=${name},path=${path(portPath(folder, name))},server=on,wait=off`,
      ],
      ['-device', `virtserialport,chardev=${name},name=${name}`],
    ]),
  ]
}

/** The host's end of a guest's port. */
export const portPath = (folder: string, name: string) =>
  join(folder, name.replace('exo.', ''))

function bootOptions(wanted: Wanted): string[][] {
  if (wanted.netboot !== undefined) return networkBoot(wanted.netboot)
  if (wanted.installer) return installerBoot(wanted.installer)
  return wanted.secureBoot ? signedBoot(wanted.secureBoot) : diskBoot(wanted)
}

// Only code in system management mode may write its variables, which only this machine type has.
const firmwareOptions = ({ code, variables }: Firmware) => [
  ['-machine', 'q35,smm=on,pflash0=code,pflash1=variables'],
  ['-global', 'driver=cfi.pflash01,property=secure,value=on'],
  ['-blockdev', `driver=file,filename=${path(code)},node-name=code,read-only=on`],
  ['-blockdev', `driver=file,filename=${path(variables)},node-name=variables`],
]

/** A disk made of a folder, after the machine's own disk, which so stays the first. */
const signedBoot = ({ bootDisk }: { bootDisk: string }) => [
  [
    '-blockdev',
    `driver=vvfat,dir=${path(bootDisk)},node-name=boot,read-only=on,fat-type=16`,
  ],
  ['-device', 'virtio-blk-pci,drive=boot,bootindex=0'],
  ['-nic', 'none'],
]

function diskBoot({ kernel, initrd, keymap, typed }: Wanted): string[][] {
  const words = [
    kernelWords,
    ...(keymap ? [`exo.keymap=${keymaps[keymap]}`] : []),
    ...(typed ? ['exo.typed=1'] : []),
  ]
  return [
    ['-kernel', kernel],
    ['-initrd', initrd],
    ['-append', words.join(' ')],
    ['-nic', 'none'],
  ]
}

// Without the `vga=` of Debian's menu, because the screen would stay black until the kernel draws.
// A tablet reports the pointer's position; a mouse only reports movements.
const installerBoot = ({ kernel, initrd }: Installer) => [
  ['-kernel', kernel],
  ['-initrd', initrd],
  ['-append', `${tuning} ---`],
  ['-device', 'qemu-xhci'],
  ['-device', 'usb-tablet'],
  ['-nic', 'none'],
]

// A network with only the server of the rescue system; `restrict` blocks access to the host's
// services.
const networkBoot = (folder: string) => [
  ['-netdev', `user,id=net0,restrict=on,tftp=${path(folder)},bootfile=rescue.ipxe`],
  ['-device', 'virtio-net-pci,netdev=net0,bootindex=0'],
]

const tpmOptions = (socket: string, secureBoot: Firmware | undefined) => [
  ['-chardev', `socket,id=tpm,path=${path(socket)}`],
  ['-tpmdev', 'emulator,id=tpm0,chardev=tpm'],
  ['-device', `${secureBoot ? 'tpm-crb' : 'tpm-tis'},tpmdev=tpm0`],
]
