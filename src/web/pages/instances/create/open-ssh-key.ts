/** A key pair made in the browser, as the files that OpenSSH reads. */

type OpenSshKey = { publicKey: string; privateKey: string }

const kind = 'ssh-ed25519'
const text = new TextEncoder()

function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** A string as the SSH protocol writes one: its length, then its bytes (RFC 4251, 5). */
function field(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? text.encode(value) : value
  return join(uint32(bytes.length), bytes)
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/**
 * The two files of an Ed25519 key: `seed` and `publicBytes` are its 32 bytes each. The private
 * one has no passphrase (OpenSSH, PROTOCOL.key).
 */
export function writeOpenSshKey(
  seed: Uint8Array,
  publicBytes: Uint8Array,
  comment: string,
  check: number,
): OpenSshKey {
  const blob = join(field(kind), field(publicBytes))
  const secret = join(
    uint32(check),
    uint32(check),
    blob,
    field(join(seed, publicBytes)),
    field(comment),
  )
  const missing = (8 - (secret.length % 8)) % 8
  const padding = Uint8Array.from({ length: missing }, (_, index) => index + 1)
  const whole = join(
    text.encode('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(blob),
    field(join(secret, padding)),
  )
  const lines = base64(whole).match(/.{1,70}/g) ?? []
  return {
    publicKey: `${kind} ${base64(blob)} ${comment}`,
    privateKey: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
  }
}

/** Makes a pair; it is nowhere but in the answer. Throws where the browser can't. */
export async function generateOpenSshKey(comment: string): Promise<OpenSshKey> {
  // The answer of an asymmetric algorithm is a pair.
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const [pkcs8, raw] = await Promise.all([
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
    crypto.subtle.exportKey('raw', pair.publicKey),
  ])
  // The seed is what PKCS #8 ends with (RFC 8410, 7).
  const seed = new Uint8Array(pkcs8).slice(-32)
  const [check = 0] = crypto.getRandomValues(new Uint32Array(1))
  return writeOpenSshKey(seed, new Uint8Array(raw), comment, check)
}
