import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

/**
 * Encodes user data, the text that an instance reads at its first boot. It is sent as base64 of its
 * UTF-8 bytes (docs/platform.md#user-data), which `btoa` alone can only do for Latin-1.
 */
export type UserDataKind =
  | 'empty'
  | 'cloud-config'
  | 'script'
  | 'multipart'
  | 'include'
  | 'unknown'

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

export function encodeUserData(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** The text in base64 of UTF-8; undefined if it isn't text, for example gzipped. */
export function decodeUserData(encoded: string | undefined): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded ?? ''), (one) => one.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** What cloud-init will take it for: only its first line decides. */
export function userDataKind(text: string): UserDataKind {
  if (!text.trim()) return 'empty'
  if (/^#cloud-config[ \t]*(\r?\n|$)/.test(text)) return 'cloud-config'
  if (text.startsWith('#!')) return 'script'
  if (text.startsWith('#include')) return 'include'
  if (/^(content-type:\s*multipart|mime-version:)/i.test(text)) return 'multipart'
  return 'unknown'
}

/** The base64 to send, and its size in bytes before encoding. */
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
 * Packs user data: gzipped if that is much smaller and cloud-init can unpack it. That isn't certain on
 * Windows, so there only if the plain text wouldn't fit (docs/platform.md#user-data).
 */
export async function packUserData(text: string, isWindows = false): Promise<Packed> {
  const plain = new TextEncoder().encode(text)
  const fits = plain.length <= USER_DATA_MAX_BYTES
  if (typeof CompressionStream !== 'undefined' && !(isWindows && fits)) {
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
    return new TextDecoder('utf-8', { fatal: true }).decode(text)
  } catch {
    return undefined
  }
}
