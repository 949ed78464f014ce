// Learns how real machines draw their characters and writes what the text lens needs of it:
// `src/web/console/lens/glyph-tables.ts`, numbers only, no pictures. Run by hand when a font is
// added; its result is committed:
//
//   node --import tsx tools/learn-glyphs.mjs <folder>
//
// The folder holds Debian packages unpacked with `dpkg -x`: linux-image-*-cloud-amd64,
// busybox-static, ovmf and console-setup-linux. QEMU must be installed. Each font is shown on a
// machine's screen, every glyph once, and read from QEMU's screendump:
//
// - `vga`: the firmware's, by a boot sector that writes all 256 bytes into the text memory;
// - `linux`: the kernel's own on a framebuffer, by printing U+F000 + n (straight to the font);
// - the fonts that Debian and Ubuntu put in its place, loaded in the same guest;
// - `painted`: the sandbox's own drawing.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'

import { drawnCharacters, glyphOf } from '../src/sandbox/console/painted/font.ts'
import { footOf, headOf } from '../src/web/console/lens/shape.ts'

const packages = process.argv[2]
if (!packages) throw new Error('usage: node --import tsx tools/learn-glyphs.mjs <folder>')
const work = mkdtempSync(join(tmpdir(), 'glyphs-'))

// What CP437 shows for each byte; 0, 32 and 255 are blank.
const cp437 =
  ' ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼' +
  Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('') +
  '⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ '

async function connected(path, tries = 100) {
  await wait(50)
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return socket
  } catch (error) {
    if (tries === 0) throw error
    return connected(path, tries - 1)
  }
}

/** A QEMU machine with a serial line and the means to look at its screen. */
async function machine(...options) {
  const socket = join(work, 'qmp')
  const child = spawn(
    'qemu-system-x86_64',
    ['-nodefaults', '-display', 'none', '-vga', 'std', '-accel', 'tcg', '-m', '256']
      .concat('-serial', 'stdio', '-qmp', `unix:${socket},server=on,wait=off`)
      .concat(options),
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let heard = ''
  child.stdout.on('data', (data) => (heard += data))
  const qmp = await connected(socket)
  const ask = (command, parameters = {}) => {
    qmp.write(`${JSON.stringify({ execute: command, arguments: parameters })}\n`)
  }
  let answers = ''
  qmp.on('data', (data) => (answers += data))
  ask('qmp_capabilities')
  return {
    async hears(words) {
      for (let tries = 0; !heard.includes(words); tries += 1) {
        if (tries > 1_200) throw new Error(`never heard ${words} in:\n${heard}`)
        await wait(100)
      }
    },
    says: (words) => child.stdin.write(words),
    async screen() {
      const file = join(work, 'screen.ppm')
      const before = answers.split('"return"').length
      ask('screendump', { filename: file })
      while (answers.split('"return"').length === before) await wait(20)
      return readPpm(readFileSync(file))
    },
    async close() {
      ask('quit')
      await once(child, 'exit')
    },
  }
}

function readPpm(bytes) {
  const [head] = /^P6\s+\d+\s+\d+\s+255\s/.exec(bytes.toString('latin1', 0, 40))
  const [, width, height] = head.split(/\s+/).map(Number)
  const lit = (x, y) => bytes[head.length + 3 * (y * width + x)] > 64
  return { width, height, lit }
}

/** The 16 bytes of each glyph, drawn in rows of `columns` cells from the top left. */
function glyphsOf({ lit }, count, columns, cellWidth) {
  return Array.from({ length: count }, (_, index) => {
    const left = (index % columns) * cellWidth
    const top = Math.floor(index / columns) * 16
    return Uint8Array.from({ length: 16 }, (_row, y) =>
      Array.from({ length: 8 }).reduce(
        (byte, _bit, x) => byte * 2 + (lit(left + x, top + y) ? 1 : 0),
        0,
      ),
    )
  })
}

// Real mode, AT&T order: text mode 3, cursor off, then every byte in silver on black.
const bootSector = Buffer.alloc(512)
Buffer.from(
  'b80300cd10' + // mov $3,%ax; int $0x10
    'b401b90020cd10' + // mov $1,%ah; mov $0x2000,%cx; int $0x10
    'b800b88ec031ff' + // mov $0xb800,%ax; mov %ax,%es; xor %di,%di
    'b80007' + // mov $0x0700,%ax
    'abfec075fb' + // 1: stos; inc %al; jnz 1b
    'f4ebfd', // 2: hlt; jmp 2b
  'hex',
).copy(bootSector)
bootSector.writeUInt16LE(0xaa55, 510)

async function learnVga() {
  const disk = join(work, 'disk')
  writeFileSync(disk, bootSector)
  const guest = await machine('-drive', `file=${disk},format=raw,if=ide`)
  for (;;) {
    await wait(300)
    const screen = await guest.screen()
    if (screen.width !== 720 || screen.height !== 400) continue
    const glyphs = glyphsOf(screen, 256, 80, 9)
    // The full block is there once all has been written.
    if (!glyphs[0xdb].every((row) => row === 0xff)) continue
    await guest.close()
    return glyphs
  }
}

/** A newc archive, which the kernel takes for its first file system. */
function archive(files) {
  const parts = []
  const pad = (length) => Buffer.alloc((4 - (length % 4)) % 4)
  const hex = (number) => number.toString(16).padStart(8, '0')
  let inode = 1
  for (const [name, mode, data = Buffer.alloc(0), major = 0, minor = 0] of [
    ...files,
    ['TRAILER!!!', 0],
  ]) {
    const fields = [inode++, mode, 0, 0, 1, 0, data.length, 0, 0, major, minor]
    const head = Buffer.from(
      `070701${[...fields, name.length + 1, 0].map(hex).join('')}${name}\0`,
    )
    parts.push(head, pad(head.length), data, pad(data.length))
  }
  return Buffer.concat(parts)
}

/** Every glyph of a font from the top left, sixty-four in a row. */
const page = (count) =>
  Array.from({ length: count }, (_, index) => {
    const character = String.fromCharCode(0xf000 + index)
    return index % 64 === 63 ? `${character}\r\n` : character
  }).join('')

async function learnLinux(fonts) {
  const busybox = readFileSync(join(packages, 'bin/busybox'))
  const shows = fonts.map(
    ({ name, count }) =>
      `${name === 'linux' ? '' : `loadfont < /${name}\n`}` +
      `printf '\\033[2J\\033[H\\033[?25l'; cat /page${count}\n` +
      `echo "SHOWN ${name}" > /dev/ttyS0; read answer < /dev/ttyS0\n`,
  )
  const init = `#!/bin/busybox sh\n/bin/busybox --install -s /bin\nexport PATH=/bin\ndmesg -n 1\nsleep 1\n${shows.join('')}`
  const initrd = join(work, 'initrd')
  writeFileSync(
    initrd,
    archive([
      ['dev', 0o40755],
      ['bin', 0o40755],
      ['dev/console', 0o20600, undefined, 5, 1],
      ['dev/tty', 0o20666, undefined, 5, 0],
      ['dev/tty0', 0o20600, undefined, 4, 0],
      ['dev/ttyS0', 0o20600, undefined, 4, 64],
      ['bin/busybox', 0o100755, busybox],
      ['init', 0o100755, Buffer.from(init)],
      ['page256', 0o100644, Buffer.from(page(256))],
      ['page512', 0o100644, Buffer.from(page(512))],
      ...fonts.flatMap(({ name, file }) => (file ? [[name, 0o100644, file]] : [])),
    ]),
  )
  const boot = join(packages, 'boot')
  const kernel = readdirSync(boot).find((name) => name.startsWith('vmlinuz'))
  const vars = join(work, 'vars.fd')
  writeFileSync(vars, readFileSync(join(packages, 'usr/share/OVMF/OVMF_VARS_4M.fd')))
  const firmware = join(packages, 'usr/share/OVMF/OVMF_CODE_4M.fd')
  const options = [
    ['-machine', 'q35'],
    ['-kernel', join(boot, kernel), '-initrd', initrd],
    ['-append', 'console=tty0 rdinit=/init quiet nokaslr mitigations=off'],
    ['-drive', `if=pflash,format=raw,readonly=on,file=${firmware}`],
    ['-drive', `if=pflash,format=raw,file=${vars}`],
  ]
  const guest = await machine(...options.flat())
  const learnt = []
  for (const { name, count } of fonts) {
    await guest.hears(`SHOWN ${name}`)
    await wait(500)
    learnt.push(glyphsOf(await guest.screen(), count, 64, 8))
    guest.says('\n')
  }
  await guest.close()
  return learnt
}

/** What the glyphs of a PSF 1 font mean: its own list of characters, plain ones first. */
function readPsf(file) {
  if (file.readUInt16LE(0) !== 0x0436 || file[3] !== 16)
    throw new Error('not a 16 row PSF 1')
  const count = file[2] & 1 ? 512 : 256
  const meanings = Array.from({ length: count }, () => [])
  let glyph = 0
  let sequence = false
  for (let at = 4 + count * 16; at + 1 < file.length && glyph < count; at += 2) {
    const code = file.readUInt16LE(at)
    if (code === 0xffff) {
      glyph += 1
      sequence = false
    } else if (code === 0xfffe) sequence = true
    else if (!sequence) meanings[glyph].push(code)
  }
  const plain = (codes) => codes.find((code) => code > 31 && code < 127) ?? codes[0] ?? 32
  return { count, characters: meanings.map((codes) => String.fromCodePoint(plain(codes))) }
}

/** Characters in their order with the shape of each; a shape counts once, for the plainest. */
function tableOf(name, characters, glyphs) {
  const plainness = (character) => (/[ -~]/.test(character) ? 0 : 1)
  const seen = new Set()
  const kept = characters
    .map((character, index) => ({ character, glyph: glyphs[index] }))
    .filter(({ character, glyph }) => character === ' ' || glyph.some(Boolean))
    .sort((a, b) => plainness(a.character) - plainness(b.character))
    .filter(({ glyph }) => {
      const key = glyph.join()
      return !seen.has(key) && seen.add(key)
    })
  const bytes = Buffer.concat(
    kept.map(({ glyph }) => {
      const entry = Buffer.alloc(6)
      entry.writeUInt32LE(headOf(glyph))
      entry.writeUInt16LE(footOf(glyph), 4)
      return entry
    }),
  )
  return {
    name,
    characters: kept.map(({ character }) => character).join(''),
    shapes: bytes.toString('base64'),
  }
}

const consoleFont = (name, file) => {
  const bytes = gunzipSync(
    readFileSync(join(packages, `usr/share/consolefonts/${file}.psf.gz`)),
  )
  return { name, file: bytes, ...readPsf(bytes) }
}

try {
  mkdirSync(work, { recursive: true })
  const linuxFonts = [
    { name: 'linux', count: 256, characters: [...cp437] },
    consoleFont('fixed', 'Uni2-Fixed16'),
    consoleFont('terminus', 'Uni2-Terminus16'),
    consoleFont('terminus-bold', 'Uni2-TerminusBold16'),
  ]
  const vga = await learnVga()
  const learnt = await learnLinux(linuxFonts)
  const painted = drawnCharacters()
  const tables = [
    tableOf('vga', [...cp437], vga),
    ...linuxFonts.map(({ name, characters }, index) =>
      tableOf(name, characters, learnt[index]),
    ),
    tableOf('painted', painted, painted.map(glyphOf)),
  ]
  const target = new URL('../src/web/console/lens/glyph-tables.ts', import.meta.url)
  writeFileSync(
    target,
    `// Written by tools/learn-glyphs.mjs from the screens of real machines; never edited.\n` +
      `// Of each glyph: 32 bits of its head, 16 of its foot (shape.ts), little-endian in base64.\n` +
      `export const glyphTables: { name: string; characters: string; shapes: string }[] =\n` +
      `${JSON.stringify(tables, null, 1)}\n`,
  )
  for (const { name, characters } of tables) console.log(name, [...characters].length)
} finally {
  rmSync(work, { recursive: true, force: true })
}
