/**
 * Runs a QEMU without an operating system: its boot sector writes each of the 256 bytes into the text
 * memory of a VGA, and halts. So the screen's text is known without reading it, and QEMU's own
 * screendump has its pixels.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import type { WebSocket } from 'ws'

import { carry } from './carry.ts'

const program = 'qemu-system-x86_64'

// Real mode, AT&T order.
const code =
  'b80300cd10' + // mov $3,%ax; int $0x10: text mode, cleared
  'b401b90020cd10' + // mov $1,%ah; mov $0x2000,%cx; int $0x10: no cursor
  'b800b88ec031ff' + // mov $0xb800,%ax; mov %ax,%es; xor %di,%di
  'b80007' + // mov $0x0700,%ax: silver on black
  'abfec075fb' + // 1: stos; inc %al; jnz 1b
  'bfa000b8201f' + // mov $160,%di; mov $0x1f20,%ax: the second line, white on blue
  'abfec03c7f75f9' + // 2: stos; inc %al; cmp $0x7f,%al; jne 2b
  'f4ebfd' // 3: hlt; jmp 3b

async function connected(path: string, tries = 100): Promise<Socket> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return socket
  } catch (error) {
    if (tries === 0) throw error
    await wait(50)
    return connected(path, tries - 1)
  }
}

export class BareMachine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bare-'))
  #child: ChildProcess | undefined
  #qmp: Socket | undefined
  #answers = ''

  async start(): Promise<void> {
    const disk = join(this.#folder, 'disk')
    const sector = Buffer.alloc(512)
    Buffer.from(code, 'hex').copy(sector)
    sector.writeUInt16LE(0xaa55, 510)
    writeFileSync(disk, sector)
    const options = [
      ['-nodefaults', '-display', 'none', '-vga', 'std', '-accel', 'tcg', '-m', '64'],
      ['-drive', `file=${disk},format=raw,if=ide`],
      ['-vnc', `unix:${join(this.#folder, 'vnc')}`],
      ['-qmp', `unix:${join(this.#folder, 'qmp')},server=on,wait=off`],
    ]
    this.#child = spawn(program, options.flat(), { stdio: 'ignore' })
    const qmp = await connected(join(this.#folder, 'qmp'))
    qmp.on('data', (data) => (this.#answers += String(data)))
    qmp.on('error', () => {})
    this.#qmp = qmp
    await this.#execute('qmp_capabilities')
  }

  async #execute(command: string, words: Record<string, unknown> = {}): Promise<void> {
    const count = () => this.#answers.split('"return"').length
    const before = count()
    this.#qmp?.write(`${JSON.stringify({ execute: command, arguments: words })}\n`)
    while (count() === before) await wait(10)
  }

  /** Carries a viewer's websocket to its screen. */
  serve(viewer: WebSocket): void {
    carry(viewer, join(this.#folder, 'vnc'))
  }

  /** The screen as QEMU itself has it, as a PNG. */
  async screendump(): Promise<Buffer> {
    const file = join(this.#folder, 'screen.png')
    await this.#execute('screendump', { filename: file, format: 'png' })
    return readFileSync(file)
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.#qmp?.destroy()
    if (child && child.exitCode === null) {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
