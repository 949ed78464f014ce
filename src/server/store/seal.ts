/**
 * Encrypts what has to be kept where others may read it: in the store the user data of a creation until the
 * zone has it, in a browser what a sign-in must match. The keys are derived from the API secret, which is never
 * in the data folder, so a copy of that folder reveals nothing (docs/decisions/0008), and which all servers of a
 * store have.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

export type Seal = {
  /** `about` names the object it belongs to; with another `about` it can't be decrypted. */
  close(text: string, about: string): string
  /** Undefined if it was encrypted with another secret or for another object, or is damaged. */
  open(sealed: string, about: string): string | undefined
}

/**
 * Derives the key; the same secret decrypts what an earlier process or another server encrypted. What is
 * encrypted for one use can't be decrypted for another.
 */
export function createSeal(
  secret: string,
  use: 'sealed steps' | 'sign-ins' = 'sealed steps',
): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `vedette ${use}`, 32))
  return {
    close(text, about) {
      const iv = randomBytes(ivBytes)
      const sealing = createCipheriv(cipher, key, iv).setAAD(Buffer.from(about))
      const body = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
      return Buffer.concat([iv, sealing.getAuthTag(), body]).toString('base64')
    },
    open(sealed, about) {
      try {
        const bytes = Buffer.from(sealed, 'base64')
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes))
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        const body = opening.update(bytes.subarray(ivBytes + tagBytes))
        return Buffer.concat([body, opening.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
