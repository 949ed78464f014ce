/**
 * Encodes user data, the text that an instance reads at its first boot. It is sent as base64 of its
 * UTF-8 bytes (docs/platform.md#user-data), which `btoa` alone can only do for Latin-1.
 */
import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'
import { packingOf, type UserDataSystem } from '#contract/user-data/systems.ts'

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

export function encodeUserData(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** A byte order mark is kept: cloud-init doesn't understand what begins with one. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text that base64 of UTF-8 stands for; undefined where it is no text, as when zipped. */
export function decodeUserData(encoded: string | undefined): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded ?? ''), (one) => one.charCodeAt(0))
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** What is sent: base64, and how many bytes it stands for. */
type Packed = { encoded: string; bytes: number; zipped: boolean }

function encodeBytes(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

async function through(bytes: Uint8Array<ArrayBuffer>, way: GenericTransformStream) {
  const stream = new Blob([bytes]).stream().pipeThrough(way)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The minimum saving for gzip, because other tools can't show gzipped data as text. */
const worthZippingBytes = 1_024

/**
 * Packs user-data: gzipped where that is a good deal smaller and cloud-init is there to
 * unzip it; on Windows, where that is not certain, only where the plain text would not fit; and
 * never where nothing unzips it (docs/platform.md#user-data).
 */
export async function packUserData(
  text: string,
  system: UserDataSystem = 'cloud-init',
): Promise<Packed> {
  const plain = new TextEncoder().encode(text)
  const fits = plain.length <= USER_DATA_MAX_BYTES
  const packing = packingOf(text, system)
  const may = packing === 'useful' || (packing === 'needed' && !fits)
  if (may && typeof CompressionStream !== 'undefined') {
    const zipped = await through(plain, new CompressionStream('gzip'))
    if (!fits || plain.length - zipped.length >= worthZippingBytes)
      return { encoded: encodeBytes(zipped), bytes: zipped.length, zipped: true }
  }
  return { encoded: encodeBytes(plain), bytes: plain.length, zipped: false }
}

/** The text of user data, unpacked if it was gzipped; undefined if it isn't text. */
export async function unpackUserData(
  encoded: string | undefined,
): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(encoded ?? ''), (one) => one.charCodeAt(0))
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
    const text = zipped ? await through(bytes, new DecompressionStream('gzip')) : bytes
    return strict.decode(text)
  } catch {
    return undefined
  }
}
