/**
 * Keys of the sandbox. Any key that looks like one is good, and opens a world of its own; its
 * secret follows from it, so that nothing has to be registered anywhere.
 */
import { createHash } from 'node:crypto'

/** The key of the demo: it looks real, and is printed at the start. */
export const demoKey = 'EXO76656465747465736e6462786b'.slice(0, 27)

const looksLikeKey = /^EXO[0-9a-f]{24}$/

export function isKey(text: string): boolean {
  return looksLikeKey.test(text)
}

/** The 43 characters that sign for a key; not a secret worth keeping, by design. */
export function secretFor(key: string): string {
  return createHash('sha256').update(`vedette sandbox ${key}`).digest('base64url')
}
