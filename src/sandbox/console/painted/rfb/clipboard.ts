/**
 * Reads and writes RFB's extended clipboard: texts in UTF-8, announced first and sent on request.
 * Real viewers differ from the description in two ways: the message with the capabilities has the
 * bits of the other actions set too, so its own bit is tested first; and the zlib data may be
 * unfinished (docs/vnc.md#the-extended-clipboard).
 */
import { constants, deflateSync, inflateSync } from 'node:zlib'

/** The longest text either side may send, in bytes. */
export const maxCutBytes = 1024 * 1024

/** The pseudo encoding by which a viewer announces support. */
export const extendedClipboard = -1063131698

const text = 1
const action = {
  caps: 1 << 24,
  request: 1 << 25,
  peek: 1 << 26,
  notify: 1 << 27,
  provide: 1 << 28,
} as const

export type ExtendedCut =
  | { action: 'caps' }
  | { action: 'request' }
  | { action: 'peek' }
  /** Whether there is a text to request. */
  | { action: 'notify'; hasText: boolean }
  /** Absent if something other than text is provided. */
  | { action: 'provide'; text?: string }

/** Reads the body of an extended message; undefined if it isn't valid. */
export function readExtendedCut(body: Buffer): ExtendedCut | undefined {
  if (body.length < 4) return undefined
  const flags = body.readUInt32BE()
  const hasText = (flags & text) !== 0
  if (flags & action.caps) return { action: 'caps' }
  if (flags & action.request) return { action: 'request' }
  if (flags & action.peek) return { action: 'peek' }
  if (flags & action.notify) return { action: 'notify', hasText }
  if (!(flags & action.provide)) return undefined
  if (!hasText) return { action: 'provide' }
  const provided = readText(body.subarray(4))
  return provided === undefined ? undefined : { action: 'provide', text: provided }
}

function readText(deflated: Buffer): string | undefined {
  let inflated: Buffer
  try {
    inflated = inflateSync(deflated, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: maxCutBytes,
    })
  } catch {
    return undefined
  }
  if (inflated.length < 4) return undefined
  const length = inflated.readUInt32BE()
  if (inflated.length < 4 + length) return undefined
  const told = inflated.toString('utf8', 4, 4 + length)
  return told.replace(/\0$/, '').replaceAll('\r\n', '\n')
}

/** A ServerCutText of the extended kind (RFC 6143, 7.6.4, with its length negative). */
function message(flags: number, rest = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt8(3)
  head.writeInt32BE(-(4 + rest.length), 4)
  head.writeUInt32BE(flags, 8)
  return Buffer.concat([head, rest])
}

/** The machine's capabilities; it sends no text without a request. */
export function capabilities(): Buffer {
  const all = Object.values(action).reduce((sum, one) => sum | one, text)
  return message(all, Buffer.alloc(4))
}

export const requestText = (): Buffer => message(action.request | text)

export const notifyText = (hasText: boolean): Buffer =>
  message(action.notify | (hasText ? text : 0))

export function provideText(told: string): Buffer {
  const bytes = Buffer.from(`${told.replaceAll('\n', '\r\n')}\0`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return message(action.provide | text, deflateSync(Buffer.concat([length, bytes])))
}

/** For viewers without the extension: Latin-1, with `?` for every other character. */
export function plainCutText(told: string): Buffer {
  const latin = [...told].map((one) => ((one.codePointAt(0) ?? 0) < 256 ? one : '?'))
  const body = Buffer.from(latin.join(''), 'latin1')
  const head = Buffer.alloc(8)
  head.writeUInt8(3)
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, body])
}
