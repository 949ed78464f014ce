/**
 * The server's side of RFB, as far as a test wants to misuse it: a screen of one colour that grows,
 * shrinks and changes at the test's word. RFB 3.8, no security, 32 bits a pixel.
 */
import { once } from 'node:events'

import type { WebSocket } from 'ws'

const desktopSize = -223

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

export class RfbServer {
  readonly #socket: WebSocket
  #width: number
  #height: number

  private constructor(socket: WebSocket, width: number, height: number) {
    this.#socket = socket
    this.#width = width
    this.#height = height
  }

  /** Shakes hands and waits until the viewer asks for its first picture. */
  static async greet(socket: WebSocket, width = 640, height = 400): Promise<RfbServer> {
    socket.send('RFB 003.008\n', { binary: true })
    await once(socket, 'message')
    socket.send(Buffer.from([1, 1]))
    await once(socket, 'message')
    socket.send(Buffer.alloc(4))
    await once(socket, 'message')
    const name = Buffer.from('a test')
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

  resize(width: number, height: number): void {
    this.#width = width
    this.#height = height
    this.#socket.send(update(rectangle([0, 0, width, height], desktopSize)))
    this.paint(0x40)
  }

  /** How much the viewer has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.bufferedAmount
  }
}
