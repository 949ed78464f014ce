/** Recognizes text that was encoded before it was pasted: Vedette encodes user data itself. */
import { unpackUserData } from './encoding.ts'

const shortest = 16

/** Lines of Base64 and nothing else, also as `base64` wraps them and as URLs write them. */
const lines = /^[A-Za-z0-9+/_-]+(\r?\n[A-Za-z0-9+/_-]+)*={0,2}$/

// oxlint-disable-next-line no-control-regex -- what a text doesn't have
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/

/** The text that a Base64 text stands for, unzipped where it was; undefined where it is no such text. */
export async function textInBase64(text: string): Promise<string | undefined> {
  const given = text.trim()
  if (given.length < shortest || !lines.test(given)) return undefined
  const plain = given
    .replaceAll(/[\r\n=]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (plain.length % 4 === 1) return undefined
  const decoded = await unpackUserData(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
  return decoded && !controls.test(decoded) ? decoded : undefined
}
