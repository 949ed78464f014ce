/** A key pair made in the browser, as the files that OpenSSH reads. */

type OpenSshKey = { publicKey: string; privateKey: string }

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

/** A positive whole number as the SSH protocol writes one (RFC 4251, 5). */
function bigNumber(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? new Uint8Array() : bytes.slice(first)
  // The highest bit is that of the sign.
  return field((digits[0] ?? 0) > 127 ? join(Uint8Array.of(0), digits) : digits)
}

/** A string as the SSH protocol writes one: its length, then its bytes (RFC 4251, 5). */
function field(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? text.encode(value) : value
  return join(uint32(bytes.length), bytes)
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

type Parts = {
  kind: string
  /** What follows the kind in the public key, as the protocol writes it. */
  open: Uint8Array
  /** What follows the kind in the private key. */
  secret: Uint8Array
  comment: string
  /** Any number; written twice, so that a wrong passphrase would show. */
  check: number
}

/** The two files of a key without a passphrase (OpenSSH, PROTOCOL.key). */
function write({ kind, open, secret, comment, check }: Parts): OpenSshKey {
  const blob = join(field(kind), open)
  const inner = join(uint32(check), uint32(check), field(kind), secret, field(comment))
  const missing = (8 - (inner.length % 8)) % 8
  const padding = Uint8Array.from({ length: missing }, (_, index) => index + 1)
  const whole = join(
    text.encode('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(blob),
    field(join(inner, padding)),
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

/** The two files of an Ed25519 key: `seed` and `publicBytes` are its 32 bytes each. */
export function writeOpenSshKey(
  seed: Uint8Array,
  publicBytes: Uint8Array,
  comment: string,
  check: number,
): OpenSshKey {
  return write({
    kind: 'ssh-ed25519',
    open: field(publicBytes),
    secret: join(field(publicBytes), field(join(seed, publicBytes))),
    comment,
    check,
  })
}

/** The two files of an RSA key, from its numbers as JWK has them (RFC 7518, 6.3). */
export function writeRsaKey(jwk: JsonWebKey, comment: string, check: number): OpenSshKey {
  const number = (value = '') =>
    bigNumber(
      Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
        letter.charCodeAt(0),
      ),
    )
  const { n, e, d, p, q, qi } = jwk
  return write({
    kind: 'ssh-rsa',
    open: join(number(e), number(n)),
    secret: join(number(n), number(e), number(d), number(qi), number(p), number(q)),
    comment,
    check,
  })
}

/** A name that no other key has: files of one name would be mistaken for each other, and the browser renames the second. */
export function newKeyName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(3))
  return `vedette-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Whether this page may make keys: browsers allow it only over HTTPS and on this computer. */
export const canMakeKeys = (): boolean =>
  // The type knows only pages that may.
  (globalThis.crypto as Partial<Crypto> | undefined)?.subtle !== undefined

type Maker = Pick<SubtleCrypto, 'generateKey' | 'exportKey'>

async function makeEd25519(
  subtle: Maker,
  comment: string,
  check: number,
): Promise<OpenSshKey> {
  // The answer of an asymmetric algorithm is a pair.
  const pair = (await subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const [pkcs8, raw] = await Promise.all([
    subtle.exportKey('pkcs8', pair.privateKey),
    subtle.exportKey('raw', pair.publicKey),
  ])
  // The seed is what PKCS #8 ends with (RFC 8410, 7).
  const seed = new Uint8Array(pkcs8).slice(-32)
  return writeOpenSshKey(seed, new Uint8Array(raw), comment, check)
}

async function makeRsa(subtle: Maker, comment: string, check: number): Promise<OpenSshKey> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: 'SHA-256',
  }
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const jwk = await subtle.exportKey('jwk', pair.privateKey)
  return writeRsaKey(jwk, comment, check)
}

/**
 * Makes a pair; it is nowhere but in the answer. RSA where the browser has no Ed25519: Exoscale
 * documents no third kind (docs/platform.md#ssh-keys). Throws where the browser can't.
 */
export async function generateOpenSshKey(
  comment: string,
  subtle: Maker = crypto.subtle,
): Promise<OpenSshKey> {
  const [check = 0] = crypto.getRandomValues(new Uint32Array(1))
  try {
    return await makeEd25519(subtle, comment, check)
  } catch {
    return makeRsa(subtle, comment, check)
  }
}
