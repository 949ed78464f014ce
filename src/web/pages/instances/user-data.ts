/**
 * The text a machine reads at its first boot. It travels as base64 of its UTF-8 bytes (6.8),
 * which `btoa` alone can't make of what is not Latin-1.
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

/** The text that base64 of UTF-8 stands for; undefined where it is no text, as when zipped. */
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
