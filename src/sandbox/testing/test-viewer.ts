/**
 * Views a screen in tests: RFB over a real websocket, decoded into a picture that can be read. It is
 * written independently of the server's side, so that each tests the other.
 */
import { once } from 'node:events'
import { constants, deflateSync, inflateSync } from 'node:zlib'

import { WebSocket } from 'ws'

import { TestPicture } from './test-picture.ts'

export const rawEncoding = 0
export const zrleEncoding = 16
export const extendedKeys = -258
export const lampsEncoding = -261
export const desktopSize = -223
export const extendedSize = -308
export const extendedClipboard = 0xc0a1e5ce | 0

export const keysyms = {
  backspace: 0xff08,
  enter: 0xff0d,
  escape: 0xff1b,
  up: 0xff52,
  ctrl: 0xffe3,
  alt: 0xffe9,
  shift: 0xffe1,
  delete: 0xffff,
  numLock: 0xff7f,
} as const

export class TestViewer {
  name = ''
  lamps: number | undefined
  extendedKeys = false
  updates = 0
  /** Reason and status of each size: who requested it, and whether it was rejected. */
  sizes: { by: number; status: number; width: number; height: number }[] = []
  /** Clipboard texts that the machine sent, plain or extended. */
  texts: string[] = []
  clipboardFlags = 0
  /** How often the machine requested the viewer's text. */
  textsGiven = 0
  #ownText = ''
  readonly #socket: WebSocket
  #input: Buffer = Buffer.alloc(0)
  #fault: unknown
  #arrived = () => {}
  #updated = () => {}
  readonly #screen = new TestPicture()

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      this.#input = Buffer.concat([this.#input, data])
      this.#arrived()
    })
    socket.on('close', () => this.#arrived())
    socket.on('error', () => {})
  }

  /** Does the handshake and requests the screen; from then on, requests and reads updates. */
  static async open(
    url: string,
    encodings: number[] = [
      zrleEncoding,
      rawEncoding,
      extendedKeys,
      lampsEncoding,
      desktopSize,
    ],
    protocols: string[] = [],
  ): Promise<TestViewer> {
    const viewer = new TestViewer(new WebSocket(url, protocols))
    await viewer.#shakeHands()
    const list = Buffer.alloc(4 + encodings.length * 4)
    list.writeUInt8(2)
    list.writeUInt16BE(encodings.length, 2)
    encodings.forEach((encoding, i) => list.writeInt32BE(encoding, 4 + i * 4))
    viewer.#send(list)
    viewer.#ask(false)
    void viewer.#follow()
    return viewer
  }

  /** Code and reason, once the other side has closed. */
  async closing(): Promise<{ code: number; reason: string }> {
    const [code, reason] = await once(this.#socket, 'close')
    return { code: Number(code), reason: String(reason) }
  }

  get protocol(): string {
    return this.#socket.protocol
  }

  /** Waits for updates until the screen matches; only the test's timeout ends it. */
  async until(wanted: (viewer: TestViewer) => boolean): Promise<void> {
    while (!wanted(this)) {
      if (this.#fault)
        throw new Error(`while showing:\n${this.text()}`, { cause: this.#fault })
      await new Promise<void>((resolve) => (this.#updated = resolve))
    }
  }

  untilText(text: string | RegExp): Promise<void> {
    return this.until((viewer) =>
      typeof text === 'string' ? viewer.text().includes(text) : text.test(viewer.text()),
    )
  }

  get width(): number {
    return this.#screen.width
  }

  get height(): number {
    return this.#screen.height
  }

  /** The screen as lines of text; cells that match no shape (a cursor) read as blanks. */
  text(): string {
    return this.#screen.text()
  }

  /** The pixels as a browser's canvas has them. */
  picture(): ReturnType<TestPicture['data']> {
    return this.#screen.data()
  }

  /** Colors on the screen and how many pixels have each. */
  colours(): Map<number, number> {
    return this.#screen.colours()
  }

  press(keysym: number, down?: boolean): void {
    for (const state of down === undefined ? [1, 0] : [Number(down)]) {
      const event = Buffer.alloc(8)
      event.writeUInt8(4)
      event.writeUInt8(state, 1)
      event.writeUInt32BE(keysym, 4)
      this.#send(event)
    }
  }

  /** A press or release of a key by its position, in QEMU's format. */
  keyByCode(scancode: number, keysym: number, down: boolean): void {
    const message = Buffer.alloc(12)
    message.writeUInt8(255)
    message.writeUInt16BE(down ? 1 : 0, 2)
    message.writeUInt32BE(keysym, 4)
    message.writeUInt32BE(scancode, 8)
    this.#send(message)
  }

  /** A QEMU extended key event, as pressed and released. */
  pressCode(scancode: number, keysym = 0): void {
    for (const state of [1, 0]) {
      const event = Buffer.alloc(12)
      event.writeUInt8(255)
      event.writeUInt16BE(state, 2)
      event.writeUInt32BE(keysym, 4)
      event.writeUInt32BE(scancode, 8)
      this.#send(event)
    }
  }

  type(text: string): void {
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0
      this.press(character === '\n' ? keysyms.enter : code < 256 ? code : 0x01000000 + code)
    }
  }

  /** Holds the first keys while pressing the last. */
  chord(...keys: number[]): void {
    const last = keys.at(-1) ?? 0
    const held = keys.slice(0, -1)
    for (const key of held) this.press(key, true)
    this.press(last)
    for (const key of held) this.press(key, false)
  }

  /** Requests another size of the screen. */
  wishSize(width: number, height: number): void {
    const wish = Buffer.alloc(24)
    wish.writeUInt8(251)
    wish.writeUInt16BE(width, 2)
    wish.writeUInt16BE(height, 4)
    wish.writeUInt8(1, 6)
    wish.writeUInt16BE(width, 16)
    wish.writeUInt16BE(height, 18)
    this.#send(wish)
  }

  /** Announces a text with the extension; it is sent when the machine requests it. */
  offerText(text: string): void {
    this.#ownText = text
    this.#cutExtended((1 << 27) | 1)
  }

  /** Sends a text without the extension, in Latin-1. */
  cutPlain(text: string): void {
    const body = Buffer.from(text, 'latin1')
    const head = Buffer.alloc(8)
    head.writeUInt8(6)
    head.writeUInt32BE(body.length, 4)
    this.#send(Buffer.concat([head, body]))
  }

  close(): void {
    this.#socket.close()
  }

  #cutExtended(flags: number, rest = Buffer.alloc(0)): void {
    const head = Buffer.alloc(12)
    head.writeUInt8(6)
    head.writeInt32BE(-4 - rest.length, 4)
    head.writeUInt32BE(flags, 8)
    this.#send(Buffer.concat([head, rest]))
  }

  async #takeCutText(): Promise<void> {
    const length = (await this.#take(7)).readInt32BE(3)
    const body = await this.#take(Math.abs(length))
    if (length >= 0) this.texts.push(body.toString('latin1'))
    else this.#readCut(body.readUInt32BE(), body.subarray(4))
    this.#updated()
  }

  #readCut(flags: number, rest: Buffer): void {
    if (flags & (1 << 24)) {
      this.clipboardFlags = flags
      // Like noVNC: all action bits are set in addition to that of the capabilities.
      this.#cutExtended(0x1f000001, Buffer.alloc(4))
    } else if (flags & (1 << 25)) {
      this.textsGiven += 1
      const bytes = Buffer.from(`${this.#ownText}\0`)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      // Unfinished, as noVNC's is.
      const all = Buffer.concat([length, bytes])
      const deflated = deflateSync(all, { finishFlush: constants.Z_SYNC_FLUSH })
      this.#cutExtended((1 << 28) | 1, deflated)
    } else if (flags & (1 << 27)) this.#cutExtended((1 << 25) | 1)
    else if (flags & (1 << 28)) {
      const inflated = inflateSync(rest)
      this.texts.push(inflated.toString('utf8', 4, 4 + inflated.readUInt32BE() - 1))
    }
  }

  #send(bytes: Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes)
  }

  #ask(incremental: boolean): void {
    const request = Buffer.alloc(10)
    request.writeUInt8(3)
    request.writeUInt8(Number(incremental), 1)
    request.writeUInt16BE(this.width, 6)
    request.writeUInt16BE(this.height, 8)
    this.#send(request)
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#input.length < length) {
      if (this.#socket.readyState > 1) throw new Error('the connection has closed')
      await new Promise<void>((resolve) => (this.#arrived = resolve))
    }
    const bytes = this.#input.subarray(0, length)
    this.#input = this.#input.subarray(length)
    return bytes
  }

  async #shakeHands(): Promise<void> {
    const version = await this.#take(12)
    this.#send(version)
    const [count = 0] = await this.#take(1)
    const kinds = await this.#take(count)
    if (!kinds.includes(1)) throw new Error('the screen wants a password')
    this.#send(Buffer.of(1))
    if ((await this.#take(4)).readUInt32BE() !== 0) throw new Error('refused')
    this.#send(Buffer.of(1))
    const init = await this.#take(24)
    this.#screen.resize(init.readUInt16BE(0), init.readUInt16BE(2))
    this.name = (await this.#take(init.readUInt32BE(20))).toString()
  }

  async #follow(): Promise<void> {
    try {
      for (;;) {
        const [type] = await this.#take(1)
        if (type === 0) await this.#takeUpdate()
        else if (type === 3) await this.#takeCutText()
        else if (type !== 2) throw new Error(`unexpected message ${type}`)
      }
    } catch (error) {
      // Closed or invalid: ends the wait for an update.
      this.#fault = error
      this.#updated()
    }
  }

  async #takeUpdate(): Promise<void> {
    const count = (await this.#take(3)).readUInt16BE(1)
    for (let i = 0; i < count; i++) await this.#takeRectangle()
    this.updates += 1
    this.#ask(true)
    this.#updated()
  }

  async #takeRectangle(): Promise<void> {
    const head = await this.#take(12)
    const [x = 0, y = 0, w = 0, h = 0] = [0, 2, 4, 6].map((at) => head.readUInt16BE(at))
    const encoding = head.readInt32BE(8)
    if (encoding === extendedKeys) this.extendedKeys = true
    else if (encoding === desktopSize) this.#screen.resize(w, h)
    else if (encoding === extendedSize) {
      const [screens = 0] = await this.#take(4)
      await this.#take(screens * 16)
      this.sizes.push({ by: x, status: y, width: w, height: h })
      if (y === 0) this.#screen.resize(w, h)
    } else if (encoding === lampsEncoding) this.lamps = (await this.#take(1))[0]
    else if (encoding === rawEncoding) {
      this.#screen.paintRaw(await this.#take(w * h * 4), { x, y, w, h })
    } else if (encoding === zrleEncoding) {
      const length = (await this.#take(4)).readUInt32BE()
      this.#screen.paintZrle(await this.#take(length), { x, y, w, h })
    } else throw new Error(`unexpected encoding ${encoding}`)
  }
}
