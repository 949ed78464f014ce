/** Reads the public half of an SSH key from pasted or dropped text. */
type ReadKey =
  | { ok: true; key: string; suggestedName: string }
  | { ok: false; why: 'empty' | 'private' | 'several' | 'unreadable' }

const line =
  /^(ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) ([A-Za-z0-9+/]+={0,2})(?: (.*))?$/

export const keyNamePattern = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,254}$/

/** Turns a comment into a valid key name: `ana@laptop` becomes `ana-laptop`. */
function nameOf(comment: string): string {
  return comment
    .trim()
    .replace(/[^a-zA-Z0-9._-]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+|-+$/g, '')
    .slice(0, 255)
}

/**
 * Reads one public key in the format of a `.pub` file. A private key is recognized, so that it can be
 * rejected as such before it is sent.
 */
export function readPublicKey(text: string): ReadKey {
  const trimmed = text.trim()
  if (!trimmed) return { ok: false, why: 'empty' }
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY|^PuTTY-User-Key-File/m.test(trimmed)) {
    return { ok: false, why: 'private' }
  }
  if (/\n\s*\S/.test(trimmed)) return { ok: false, why: 'several' }
  const found = line.exec(trimmed.replace(/[ \t]+/g, ' '))
  if (!found) return { ok: false, why: 'unreadable' }
  return { ok: true, key: found[0], suggestedName: nameOf(found[3] ?? '') }
}
