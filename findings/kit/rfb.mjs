// The smallest VNC viewer that can press keys and buttons, hear about lights and exchange
// clipboard texts, and a QMP client. Written from the RFC and the published extensions.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export { wait }

export const encodings = { raw: 0, lights: -261, positions: -258, clipboard: -0x3f5e1a32 }

async function connected(path, tries = 100) {
  const socket = connect(path)
  try {
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject)
    })
    return socket.on('error', () => {})
  } catch (error) {
    if (tries === 0) throw error
    await wait(100)
    return connected(path, tries - 1)
  }
}

/** Waits until `ready` returns something true, and returns it; undefined after `ms`. */
export async function until(ready, ms = 20_000) {
  const end = Date.now() + ms
  for (;;) {
    const result = ready()
    if (result || Date.now() > end) return result || undefined
    await wait(20)
  }
}

/** The bytes that the guest wrote to its debug port. */
export function said(folder) {
  try {
    return readFileSync(`${folder}/said`)
  } catch {
    return Buffer.alloc(0)
  }
}

export class Viewer {
  /** Each report of the keyboard's lights: 1 ScrollLock, 2 NumLock, 4 CapsLock. */
  lights = []
  /** Each message about the clipboard, as { flags, data }. */
  clipboard = []
  open = true
  #socket
  #bytes = Buffer.alloc(0)
  #more = () => {}

  static async connect(path, { shared = true, speaks = [encodings.raw] } = {}) {
    const viewer = new Viewer()
    viewer.#socket = await connected(path)
    viewer.#socket.on('data', (data) => {
      viewer.#bytes = Buffer.concat([viewer.#bytes, data])
      viewer.#more()
    })
    viewer.#socket.on('close', () => {
      viewer.open = false
      viewer.#more()
    })
    await viewer.#greet(shared)
    if (!viewer.open) return viewer
    viewer.#listen().catch(() => {})
    const message = Buffer.alloc(4 + 4 * speaks.length)
    message[0] = 2
    message.writeUInt16BE(speaks.length, 2)
    speaks.forEach((encoding, index) => message.writeInt32BE(encoding, 4 + 4 * index))
    viewer.#socket.write(message)
    viewer.ask(false)
    return viewer
  }

  async #take(count) {
    while (this.#bytes.length < count) {
      if (!this.open) throw new Error('closed')
      await new Promise((resolve) => (this.#more = resolve))
    }
    const taken = this.#bytes.subarray(0, count)
    this.#bytes = this.#bytes.subarray(count)
    return taken
  }

  async #greet(shared) {
    try {
      await this.#take(12)
      this.#socket.write('RFB 003.008\n')
      const [kinds] = await this.#take(1)
      await this.#take(kinds)
      this.#socket.write(Uint8Array.of(1))
      await this.#take(4)
      this.#socket.write(Uint8Array.of(shared ? 1 : 0))
      const start = await this.#take(24)
      this.size = [start.readUInt16BE(0), start.readUInt16BE(2)]
      this.pixel = start[4] / 8
      await this.#take(start.readUInt32BE(20))
    } catch {
      this.open = false
    }
  }

  async #listen() {
    for (;;) {
      const [kind] = await this.#take(1)
      if (kind === 0) {
        const count = (await this.#take(3)).readUInt16BE(1)
        for (let index = 0; index < count; index += 1) await this.#rectangle()
        this.ask(true)
      } else if (kind === 3) {
        const length = (await this.#take(7)).readInt32BE(3)
        const body = Buffer.from(await this.#take(Math.abs(length)))
        if (length < 0)
          this.clipboard.push({ flags: body.readUInt32BE(0), data: body.subarray(4) })
        else this.clipboard.push({ flags: 0, data: body })
      } else if (kind !== 2) throw new Error(`message ${kind}`)
    }
  }

  async #rectangle() {
    const head = await this.#take(12)
    const encoding = head.readInt32BE(8)
    if (encoding === encodings.raw)
      await this.#take(head.readUInt16BE(4) * head.readUInt16BE(6) * this.pixel)
    else if (encoding === encodings.lights) this.lights.push((await this.#take(1))[0])
  }

  ask(incremental) {
    const message = Buffer.alloc(10)
    message[0] = 3
    message[1] = incremental ? 1 : 0
    // One pixel is enough: lights and texts come whatever is asked for.
    message.writeUInt16BE(1, 6)
    message.writeUInt16BE(1, 8)
    this.#socket.write(message)
  }

  /** By what the key means. */
  key(keysym, down) {
    const message = Buffer.alloc(8)
    message[0] = 4
    message[1] = down ? 1 : 0
    message.writeUInt32BE(keysym, 4)
    this.#socket.write(message)
  }

  /** By where the key is, as QEMU's extension sends it. */
  position(keysym, scancode, down) {
    const message = Buffer.alloc(12)
    message[0] = 255
    message.writeUInt16BE(down ? 1 : 0, 2)
    message.writeUInt32BE(keysym, 4)
    message.writeUInt32BE(scancode, 8)
    this.#socket.write(message)
  }

  point(x, y, buttons) {
    const message = Buffer.alloc(6)
    message[0] = 5
    message[1] = buttons
    message.writeUInt16BE(x, 2)
    message.writeUInt16BE(y, 4)
    this.#socket.write(message)
  }

  /** A message of the extended clipboard. */
  tell(flags, data = Buffer.alloc(0)) {
    const message = Buffer.alloc(12 + data.length)
    message[0] = 6
    message.writeInt32BE(-4 - data.length, 4)
    message.writeUInt32BE(flags >>> 0, 8)
    data.copy(message, 12)
    this.#socket.write(message)
  }

  close() {
    this.#socket.destroy()
  }
}

export class Qmp {
  #socket
  #text = ''

  static async connect(path) {
    const qmp = new Qmp()
    qmp.#socket = await connected(path)
    qmp.#socket.on('data', (data) => (qmp.#text += String(data)))
    await qmp.run('qmp_capabilities')
    return qmp
  }

  async run(command) {
    const answers = () => this.#text.split('"return"').length
    const before = answers()
    this.#socket.write(`${JSON.stringify({ execute: command })}\n`)
    if (!(await until(() => answers() > before))) throw new Error(`${command}: no answer`)
  }

  close() {
    this.#socket.destroy()
  }
}
