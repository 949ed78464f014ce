/**
 * Implements the server's side of RFB for tests of failures: a screen of one color that grows,
 * shrinks and changes at the test's word. RFB 3.8, no security, 32 bits a pixel.
 */
import { once } from 'node:events'
import { constants, createDeflate } from 'node:zlib'

import type { WebSocket } from 'ws'

import { keysSaid } from './console-front.ts'

const desktopSize = -223
const extendedDesktopSize = -308
const keyboardLights = -261
const keyPositions = -258
/** Its key, and its bit among the lights. */
const numLock = 0xff7f
const numLight = 2
const zlib = 6
const tight = 7

function rectangle(
  [x, y, width, height]: readonly number[],
  encoding: number,
  pixels = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(12)
  for (const [index, value] of [x, y, width, height].entries())
    head.writeUInt16BE(value ?? 0, 2 * index)
  head.writeInt32BE(encoding, 8)
  return Buffer.concat([head, pixels])
}

function update(...rectangles: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, rectangles.length]), ...rectangles])
}

/** 64 by 64 pixels in the corner, with the length that it claims to have. */
function jpegRectangle(jpeg: Buffer, length: number): Buffer {
  const head = [0x90, (length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14]
  return rectangle([0, 0, 64, 64], tight, Buffer.concat([Buffer.from(head), jpeg]))
}

export class RfbServer {
  readonly #socket: WebSocket
  #width: number
  #height: number
  readonly #deflate = createDeflate({ level: 1, chunkSize: 1024 * 1024 })

  private constructor(socket: WebSocket, width: number, height: number) {
    this.#socket = socket
    this.#width = width
    this.#height = height
  }

  /** Does the handshake and waits until the viewer requests its first image. */
  static async greet(
    socket: WebSocket,
    width = 640,
    height = 400,
    called = 'a test',
  ): Promise<RfbServer> {
    socket.send('RFB 003.008\n', { binary: true })
    await once(socket, 'message')
    socket.send(Buffer.from([1, 1]))
    await once(socket, 'message')
    socket.send(Buffer.alloc(4))
    await once(socket, 'message')
    const name = Buffer.from(called)
    const init = Buffer.alloc(24)
    init.writeUInt16BE(width, 0)
    init.writeUInt16BE(height, 2)
    init.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4)
    init.writeUInt32BE(name.length, 20)
    const asked = once(socket, 'message')
    socket.send(Buffer.concat([init, name]))
    await asked
    return new RfbServer(socket, width, height)
  }

  /** One rectangle of one shade, as raw pixels. */
  paint(shade: number, x = 0, y = 0, width = this.#width, height = this.#height): void {
    const pixels = Buffer.alloc(4 * width * height, shade)
    this.#socket.send(update(rectangle([x, y, width, height], 0, pixels)))
  }

  /** So many updates of one pixel each, in one message. */
  paintOften(count: number, shade: number): void {
    const pixel = Buffer.alloc(4, shade)
    const updates = Array.from({ length: count }, (_none, at) =>
      update(rectangle([at % this.#width, at % this.#height, 1, 1], 0, pixel)),
    )
    this.#socket.send(Buffer.concat(updates))
  }

  /** The message that paints the whole screen, in so many pieces of the same length. */
  pieces(shade: number, count: number): Buffer[] {
    const pixels = Buffer.alloc(4 * this.#width * this.#height, shade)
    const whole = update(rectangle([0, 0, this.#width, this.#height], 0, pixels))
    const length = Math.ceil(whole.length / count)
    return Array.from({ length: count }, (_none, index) =>
      whole.subarray(index * length, (index + 1) * length),
    )
  }

  /** A JPEG in a rectangle of 64 by 64 pixels, or bytes that only claim to be one and so long. */
  paintJpeg(jpeg: Buffer, length = jpeg.length): void {
    this.#socket.send(update(jpegRectangle(jpeg, length)))
  }

  /** One update with a JPEG of 64 by 64 pixels and, beside it, raw pixels of one shade. */
  paintJpegAndRaw(jpeg: Buffer, shade: number): void {
    const pixels = Buffer.alloc(4 * 64 * 64, shade)
    this.#socket.send(
      update(jpegRectangle(jpeg, jpeg.length), rectangle([64, 0, 64, 64], 0, pixels)),
    )
  }

  /** An update in which nothing changes. */
  updateNothing(): void {
    this.#socket.send(update())
  }

  /** The whole screen in one shade, compressed: each rectangle continues the zlib stream. */
  async paintPacked(shade: number): Promise<void> {
    const place = [0, 0, this.#width, this.#height]
    const pieces: Buffer[] = []
    const keep = (piece: Buffer) => pieces.push(piece)
    this.#deflate.on('data', keep)
    this.#deflate.write(Buffer.alloc(4 * this.#width * this.#height, shade))
    await new Promise<void>((resolve) =>
      this.#deflate.flush(constants.Z_SYNC_FLUSH, resolve),
    )
    this.#deflate.off('data', keep)
    const packed = Buffer.concat(pieces)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(packed.length)
    this.#socket.send(update(rectangle(place, zlib, Buffer.concat([length, packed]))))
  }

  resize(width: number, height: number): void {
    this.#width = width
    this.#height = height
    this.#socket.send(update(rectangle([0, 0, width, height], desktopSize)))
    this.paint(0x40)
  }

  /** Its size as one screen; a status other than 0 refuses the size that the viewer asked for. */
  announceSize(status: number): void {
    const layout = Buffer.alloc(20)
    layout[0] = 1
    layout.writeUInt16BE(this.#width, 12)
    layout.writeUInt16BE(this.#height, 14)
    const place = [status ? 1 : 0, status, this.#width, this.#height]
    this.#socket.send(update(rectangle(place, extendedDesktopSize, layout)))
  }

  /**
   * Lets viewers ask for another size, and answers with what `judge` says of it: 0 takes it, another
   * number is RFB's reason why not. Without an answer it says nothing.
   */
  resizable(judge: (size: readonly [number, number]) => number | undefined): void {
    this.#tellSize(0, 0)
    this.#socket.on('message', (message: Buffer) => {
      if (message[0] !== 251) return
      const size = [message.readUInt16BE(2), message.readUInt16BE(4)] as const
      const answer = judge(size)
      if (answer === undefined) return
      if (answer === 0) [this.#width, this.#height] = size
      this.#tellSize(1, answer)
      if (answer === 0) this.paint(0x40)
    })
  }

  #tellSize(why: number, status: number): void {
    const screens = Buffer.alloc(4 + 16)
    screens[0] = 1
    screens.writeUInt32BE(7, 4)
    screens.writeUInt16BE(this.#width, 12)
    screens.writeUInt16BE(this.#height, 14)
    const place = [why, status, this.#width, this.#height]
    this.#socket.send(update(rectangle(place, extendedDesktopSize, screens)))
  }

  /** The lights of the machine's keyboard: 1 is ScrollLock, 2 NumLock, 4 CapsLock. */
  light(bits: number): void {
    this.#socket.send(update(rectangle([0, 0, 0, 0], keyboardLights, Buffer.from([bits]))))
  }

  /** Takes keys by their position from now on, as QEMU does. */
  takePositions(): void {
    this.#socket.send(update(rectangle([0, 0, 0, 0], keyPositions)))
  }

  /** A clipboard message: plain bytes, or an extended one's flags and content. */
  copy(bytes: Buffer, extended = false): void {
    const head = Buffer.alloc(8)
    head[0] = 3
    head.writeInt32BE(extended ? -bytes.length : bytes.length, 4)
    this.#socket.send(Buffer.concat([head, bytes]))
  }

  /** How much the viewer has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount
  }
}

/** What a machine behind a screen still responds to. */
export type Condition = {
  /** Responds to requests for one pixel, which shows that the connection works. */
  line: boolean
  /** Reads its keyboard: NumLock turns its light on and off. */
  keys: boolean
}

/** Serves a machine with one light and one shade, according to its present condition. */
export async function serveMachine(socket: WebSocket, condition: Condition): Promise<void> {
  const server = await RfbServer.greet(socket)
  let lights = numLight
  server.paint(0x30)
  server.light(lights)
  socket.on('message', (message: Buffer) => {
    const anew = message[0] === 3 && message[1] === 0
    if (anew && condition.line) server.paint(0x30, 0, 0, 1, 1)
    const [first] = keysSaid([message])
    if (!condition.keys || !first?.down || first.keysym !== numLock) return
    lights ^= numLight
    server.light(lights)
  })
}
