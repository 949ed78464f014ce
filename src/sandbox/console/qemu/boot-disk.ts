// The disk of a QEMU machine: one boot sector, ours, and the words it shows. There is no
// operating system; a real processor runs this program, prints a prompt through the firmware
// and answers what is typed (`echo`, `reboot`). Waiting for a key it halts, so an idle
// machine costs next to nothing, which firmware menus and iPXE prompts don't (machines.md 2).

import type { MachineSpec } from '../machine.ts'

// Real mode, loaded at 7c00 by the firmware; AT&T order. It reads eight sectors of text behind
// itself to 7e00 (banner), 8c00 (prompt) and 8e00 (what it knows); the line is kept at 9000.
// In a text, byte 1 says that the next byte is a colour; byte 0 ends it.
const listing = `
start:
  fa          cli
  31c0        xor %ax,%ax
  8ed8        mov %ax,%ds
  8ec0        mov %ax,%es
  8ed0        mov %ax,%ss
  bc007c      mov $0x7c00,%sp
  fb          sti
  fc          cld
  b80802      mov $0x208,%ax
  b90200      mov $0x2,%cx
  b600        mov $0x0,%dh
  bb007e      mov $0x7e00,%bx
  cd13        int $0x13
  b80300      mov $0x3,%ax
  cd10        int $0x10
  be007e      mov $0x7e00,%si
  e86f00      call print
prompt:
  be008c      mov $0x8c00,%si
  e86900      call print
  bf0090      mov $0x9000,%di
key:
  b400        mov $0x0,%ah
  cd16        int $0x16
  3c08        cmp $0x8,%al
  7414        je back
  3c0d        cmp $0xd,%al
  741f        je enter
  3c20        cmp $0x20,%al
  72f0        jb key
  81ff4090    cmp $0x9040,%di
  73ea        jae key
  aa          stos %al,%es:(%di)
  e86000      call put
  ebe4        jmp key
back:
  81ff0090    cmp $0x9000,%di
  74de        je key
  4f          dec %di
  bec27c      mov $erase,%si
  e83d00      call print
  ebd5        jmp key
enter:
  b000        mov $0x0,%al
  aa          stos %al,%es:(%di)
  bec67c      mov $newline,%si
  e83200      call print
  be0090      mov $0x9000,%si
  803c00      cmpb $0x0,(%si)
  74bb        je prompt
  bfc97c      mov $echo,%di
  b90500      mov $0x5,%cx
  f3a6        repz cmpsb %es:(%di),%ds:(%si)
  7410        je answer
  be0090      mov $0x9000,%si
  bfce7c      mov $reboot,%di
  b90700      mov $0x7,%cx
  f3a6        repz cmpsb %es:(%di),%ds:(%si)
  740e        je reset
  be008e      mov $0x8e00,%si
answer:
  e80d00      call print
  bec67c      mov $newline,%si
  e80700      call print
  eb96        jmp prompt
reset:
  ea0000ffff  ljmp $0xffff,$0x0
print:
  ac          lods %ds:(%si),%al
  84c0        test %al,%al
  7426        je done
  3c01        cmp $0x1,%al
  7506        jne show
  ac          lods %ds:(%si),%al
  a2c17c      mov %al,ink
  ebf1        jmp print
show:
  e80200      call put
  ebec        jmp print
put:
  50          push %ax
  8a1ec17c    mov ink,%bl
  b700        mov $0x0,%bh
  b90100      mov $0x1,%cx
  3c20        cmp $0x20,%al
  7204        jb plain
  b409        mov $0x9,%ah
  cd10        int $0x10
plain:
  58          pop %ax
  b40e        mov $0xe,%ah
  cd10        int $0x10
done:
  c3          ret
ink:
  07
erase:
  08200800
newline:
  0d0a00
echo:
  6563686f20  "echo "
reboot:
  7265626f6f7400  "reboot"
`

const SECTOR = 512
/** The firmware counts cylinders of 504 KiB and won't boot a disk of none. */
const DISK_BYTES = 2 * 1024 * 1024

const place = { banner: 0x7e00, prompt: 0x8c00, help: 0x8e00, end: 0x9000 } as const

const ink = { silver: '\x01\x07', cyan: '\x01\x0b', green: '\x01\x0a', white: '\x01\x0f' }

/** The whole disk for one machine, ready to be written to a file. */
export function bootDisk(spec: MachineSpec, rescue: boolean): Buffer {
  const disk = Buffer.alloc(DISK_BYTES)
  programBytes().copy(disk)
  disk.writeUInt16LE(0xaa55, SECTOR - 2)

  const name = plain(spec.name)
  const prompt = rescue ? 'rescue#' : `${name.slice(0, 60)}>`
  writeText(disk, place.banner, place.prompt, bannerOf(spec, rescue))
  writeText(disk, place.prompt, place.help, `${ink.green}${prompt}${ink.silver} `)
  writeText(disk, place.help, place.end, 'This machine knows: echo <words>, reboot')
  return disk
}

function bannerOf(spec: MachineSpec, rescue: boolean): string {
  const gib = (spec.memoryBytes / 1024 ** 3).toFixed(1).replace('.0', '')
  const title = rescue ? `${spec.name} (rescue)` : spec.name
  return [
    `${ink.white}${plain(title)}${ink.silver} in ${plain(spec.zone)}`,
    plain(
      `${spec.templateName} - ${spec.cpus} CPU, ${gib} GiB memory, ${spec.diskGib} GiB disk`,
    ),
    '',
    `${ink.cyan}A real QEMU machine of the vedette sandbox.${ink.silver}`,
    'It has firmware, a screen and a keyboard, but no operating system:',
    'a boot sector answers. Try: echo hello',
    '',
    '',
  ].join('\r\n')
}

// The firmware draws code page 437; only its ASCII part is what we mean. This also keeps
// control bytes out of texts that people choose.
const plain = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 200)

function writeText(disk: Buffer, from: number, to: number, text: string): void {
  const bytes = Buffer.from(text, 'latin1').subarray(0, to - from - 1)
  bytes.copy(disk, from - place.banner + SECTOR)
}

function programBytes(): Buffer {
  const hex = [...listing.matchAll(/^ {2}([0-9a-f]+)/gm)].map(([, bytes = '']) => bytes)
  return Buffer.from(hex.join(''), 'hex')
}
