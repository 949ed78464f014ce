/**
 * Reads the messages of an RFB viewer after the handshake (RFC 6143, 7.5, QEMU's extended key event,
 * the extended clipboard and SetDesktopSize): bytes in, one message and its length out.
 */
import { maxCutBytes, readExtendedCut, type ExtendedCut } from './clipboard.ts'
import type { PixelFormat } from './pixels.ts'

export type ClientMessage =
  | { type: 'pixel-format'; format: PixelFormat }
  | { type: 'encodings'; encodings: number[] }
  | { type: 'update-request'; incremental: boolean }
  | { type: 'key'; down: boolean; keysym: number; scancode?: number }
  | { type: 'cut-text'; text: string }
  | { type: 'extended-cut'; cut: ExtendedCut }
  | { type: 'desktop-size'; width: number; height: number }
  | { type: 'ignored' }

/** `undefined`: the message is incomplete. `'fault'`: not a supported message. */
type Reading = { used: number; message: ClientMessage } | 'fault' | undefined

const ignored: ClientMessage = { type: 'ignored' }

/** Reads the first message of at least one byte. */
export function readClientMessage(bytes: Buffer): Reading {
  const type = bytes[0] ?? -1
  const shortest = new Map([
    [0, 20],
    [2, 4],
    [3, 10],
    [4, 8],
    [5, 6],
    [6, 8],
    [251, 8],
    [255, 12],
  ]).get(type)
  if (shortest === undefined) return 'fault'
  if (bytes.length < shortest) return undefined
  switch (type) {
    case 0: {
      const format = readPixelFormat(bytes.subarray(4, 20))
      return format ? { used: 20, message: { type: 'pixel-format', format } } : 'fault'
    }
    case 2:
      return readEncodings(bytes)
    case 3:
      return { used: 10, message: { type: 'update-request', incremental: bytes[1] !== 0 } }
    case 4:
      return {
        used: 8,
        message: { type: 'key', down: bytes[1] !== 0, keysym: bytes.readUInt32BE(4) },
      }
    case 5: // a text screen has no mouse
      return { used: 6, message: ignored }
    case 6:
      return readCutText(bytes)
    case 251:
      return readDesktopSize(bytes)
    default:
      return readExtendedKey(bytes)
  }
}

function readEncodings(bytes: Buffer): Reading {
  const count = bytes.readUInt16BE(2)
  const used = 4 + count * 4
  if (bytes.length < used) return undefined
  const encodings = Array.from({ length: count }, (_, i) => bytes.readInt32BE(4 + i * 4))
  return { used, message: { type: 'encodings', encodings } }
}

function readCutText(bytes: Buffer): Reading {
  // A negative length is the extended clipboard's.
  const told = bytes.readInt32BE(4)
  const length = Math.abs(told)
  if (length > maxCutBytes) return 'fault'
  if (bytes.length < 8 + length) return undefined
  const used = 8 + length
  const body = bytes.subarray(8, used)
  if (told >= 0)
    return { used, message: { type: 'cut-text', text: body.toString('latin1') } }
  const cut = readExtendedCut(body)
  return cut ? { used, message: { type: 'extended-cut', cut } } : 'fault'
}

/** The requested framebuffer size; the layout of screens in it is ignored. */
function readDesktopSize(bytes: Buffer): Reading {
  const used = 8 + (bytes[6] ?? 0) * 16
  if (bytes.length < used) return undefined
  const [width, height] = [bytes.readUInt16BE(2), bytes.readUInt16BE(4)]
  return { used, message: { type: 'desktop-size', width, height } }
}

function readExtendedKey(bytes: Buffer): Reading {
  if (bytes[1] !== 0) return 'fault'
  const down = bytes.readUInt16BE(2) !== 0
  const keysym = bytes.readUInt32BE(4)
  const scancode = bytes.readUInt32BE(8)
  return { used: 12, message: { type: 'key', down, keysym, scancode } }
}

function readPixelFormat(bytes: Buffer): PixelFormat | undefined {
  const bitsPerPixel = bytes[0]
  if (bitsPerPixel !== 8 && bitsPerPixel !== 16 && bitsPerPixel !== 32) return undefined
  const shift = [bytes[10] ?? 0, bytes[11] ?? 0, bytes[12] ?? 0] as const
  const max = [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)] as const
  const room = 2 ** bitsPerPixel
  const levels = max.map((level, i) => level * 2 ** (shift[i] ?? 0))
  const fits = levels.reduce((sum, level) => sum + level, 0) < room
  if (bytes[3] === 0 || !fits) return undefined
  return { bitsPerPixel, depth: bytes[1] ?? 0, bigEndian: bytes[2] !== 0, max, shift }
}
