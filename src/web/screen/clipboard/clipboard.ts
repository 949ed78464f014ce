/**
 * Reads the texts that an instance copies. What a server sends is judged by itself, never by the
 * server's name, and nothing it sends ends the screen: QEMU passes on another viewer's Latin-1 as
 * UTF-8, and a size is only a claim.
 */

/** What came from the instance's clipboard: a text, or why there is none. */
export type Copied =
  | { kind: 'text'; text: string }
  /** It is packed or encoded in a way that can't be read. */
  | { kind: 'unreadable' }
  /** It is longer than `mostBytes`. */
  | { kind: 'too-long' }

/** The limit of a text, packed or not. */
export const mostBytes = 1024 * 1024
/** The bits of an extended clipboard message (docs/vnc.md#the-extended-clipboard). */
export const clipboardBits = {
  text: 1,
  formats: 0xffff,
  caps: 1 << 24,
  request: 1 << 25,
  peek: 1 << 26,
  notify: 1 << 27,
  provide: 1 << 28,
}

/**
 * RFB's plain text is Latin-1, and the extended one UTF-8; servers mix them up. Bytes that form valid
 * UTF-8 are never meant as anything else.
 */
export function decodeText(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    text = new TextDecoder('windows-1252').decode(bytes)
  }
  return text.replace(/\0+$/, '').replaceAll('\r\n', '\n')
}
