/**
 * Derives the secrets of the sandbox's API keys. Any well-formed key is valid and has its own world;
 * its secret is derived from it, so that no key has to be registered.
 */
import { createHash } from 'node:crypto'

/** The default key, in the form of a real one; it is printed at the start. */
export const demoKey = 'EXO76656465747465736e6462786b'.slice(0, 27)

const looksLikeKey = /^EXO[0-9a-f]{24}$/

export function isKey(text: string): boolean {
  return looksLikeKey.test(text)
}

/** The 43-character secret of a key; it protects nothing, by design. */
export function secretFor(key: string): string {
  return createHash('sha256').update(`vedette sandbox ${key}`).digest('base64url')
}
