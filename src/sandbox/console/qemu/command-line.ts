/**
 * Builds the command line of a machine's QEMU (docs/sandbox.md#the-command-line). Paths and ids are the sandbox's own;
 * what users chose (names, passwords, user data) reaches the guest through a port, never here.
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
  /** A folder that the network serves; the machine boots from it instead of the kernel. */
  netboot?: string
  /** The socket of a software TPM. */
  tpm?: string
  /** Firmware that starts signed loaders only, and the folder it finds them in. */
  secureBoot?: Firmware & { bootDisk: string }
  keymap?: Keymap
  /** What is typed at the first screen goes to a port, instead of to a login. */
  typed?: boolean
  /** Milliseconds QEMU spends on a key event (10). */
  keyDelayMs?: number
}

/**
 * An emulated processor counts at the real one's pace, which Linux tells as half its bogomips.
 * A guest that measures it while the host is busy gets it wrong, and its seconds with it.
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

/** The tuned boot: half a second sooner than with the kernel's own ideas. */
const tuning = [
  'nokaslr mitigations=off tsc=reliable no_timer_check random.trust_cpu=on',
  ...clockWords(),
].join(' ')

const kernelWords = `console=tty0 rdinit=/init ${tuning}`

const refusals = 'obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'

/** QEMU splits its options on commas; two of them are one. */
const path = (text: string) => text.replaceAll(',', ',,')

/** What the network tells a machine that asks it for a system. */
export const netbootScript = `#!ipxe
echo Booting a rescue system from the network
kernel vmlinuz initrd=initrd ${kernelWords} exo.rescue=1
initrd initrd
boot
`

/** What Debian's GRUB does on a machine with secure boot. It would wait for somebody by itself. */
export const grubScript = `set timeout=0
linux /vmlinuz ${kernelWords}
initrd /initrd
boot
`

export function commandLine(wanted: Wanted): string[] {
  // QEMU's own. With less, a guest that is kept from its processor for some 40 ms loses keys.
  const { folder, keyDelayMs = 10 } = wanted
  const socket = (name: string) => `unix:${path(join(folder, name))}`
  const options = [
    ['-name', `guest=${wanted.id}`],
    ['-nodefaults'],
    ['-no-user-config'],
    // Not KVM: on a nested one iPXE was seen to hang with a whole processor burning, and
    // a guest of this size is up soon enough without.
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

/** Our end of a guest's port. */
export const portPath = (folder: string, name: string) =>
  join(folder, name.replace('exo.', ''))

function bootOptions(wanted: Wanted): string[][] {
  if (wanted.netboot !== undefined) return networkBoot(wanted.netboot)
  if (wanted.installer) return installerBoot(wanted.installer)
  return wanted.secureBoot ? signedBoot(wanted.secureBoot) : diskBoot(wanted)
}

// Its variables are written only by code in system management mode, which only this machine has.
const firmwareOptions = ({ code, variables }: Firmware) => [
  ['-machine', 'q35,smm=on,pflash0=code,pflash1=variables'],
  ['-global', 'driver=cfi.pflash01,property=secure,value=on'],
  ['-blockdev', `driver=file,filename=${path(code)},node-name=code,read-only=on`],
  ['-blockdev', `driver=file,filename=${path(variables)},node-name=variables`],
]

/** A disk made of a folder, after the machine's own, so that this one stays the first. */
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

// No `vga=`, as Debian's menu has: the screen would stay black until the kernel draws. The tablet
// tells where the pointer is; a mouse, only how far it went.
const installerBoot = ({ kernel, initrd }: Installer) => [
  ['-kernel', kernel],
  ['-initrd', initrd],
  ['-append', `${tuning} ---`],
  ['-device', 'qemu-xhci'],
  ['-device', 'usb-tablet'],
  ['-nic', 'none'],
]

// A network with nobody on it but one who hands out the rescue system; `restrict` keeps the
// guest from the host's services.
const networkBoot = (folder: string) => [
  ['-netdev', `user,id=net0,restrict=on,tftp=${path(folder)},bootfile=rescue.ipxe`],
  ['-device', 'virtio-net-pci,netdev=net0,bootindex=0'],
]

const tpmOptions = (socket: string, secureBoot: Firmware | undefined) => [
  ['-chardev', `socket,id=tpm,path=${path(socket)}`],
  ['-tpmdev', 'emulator,id=tpm0,chardev=tpm'],
  ['-device', `${secureBoot ? 'tpm-crb' : 'tpm-tis'},tpmdev=tpm0`],
]
