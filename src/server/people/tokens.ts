/** Makes the secrets that a browser or a link holds; the store has only their hashes. */
import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes, as text for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What the store keeps of a token: it can't be turned back, and finds the row. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex')
