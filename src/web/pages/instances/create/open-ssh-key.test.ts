import { expect, test } from 'vitest'

import { generateOpenSshKey, writeOpenSshKey, writeRsaKey } from './open-ssh-key.ts'
import { readPublicKey } from './ssh-public-key.ts'

function fieldsOf(bytes: Uint8Array, start: number, count: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const fields: Uint8Array[] = []
  let at = start
  for (let index = 0; index < count; index += 1) {
    const length = view.getUint32(at)
    fields.push(bytes.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return fields
}

const bytesOf = (base64: string) =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
const wordOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

test('the private file holds the same key as the public one, padded to whole blocks', async () => {
  const { publicKey, privateKey } = await generateOpenSshKey('eva@desk')

  expect(readPublicKey(publicKey)).toMatchObject({ ok: true, suggestedName: 'eva-desk' })
  const body = privateKey.split('\n').slice(1, -2).join('')
  const whole = bytesOf(body)
  expect(wordOf(whole.slice(0, 15))).toBe('openssh-key-v1\0')
  const [cipher, kdf, options] = fieldsOf(whole, 15, 3)
  expect([wordOf(cipher), wordOf(kdf), wordOf(options)]).toEqual(['none', 'none', ''])
  // After three fields of 4, 4 and 0 bytes and the number of keys.
  const [blob, secret] = fieldsOf(whole, 15 + 8 + 8 + 4 + 4, 2)
  expect(publicKey.split(' ')[1]).toBe(btoa(String.fromCharCode(...(blob ?? []))))
  expect((secret?.length ?? 1) % 8).toBe(0)
  const [kind, publicBytes, pair, comment] = fieldsOf(secret ?? new Uint8Array(), 8, 4)
  expect(wordOf(kind)).toBe('ssh-ed25519')
  expect(pair?.slice(32)).toEqual(publicBytes)
  expect(wordOf(comment)).toBe('eva@desk')
})

test('what is signed with the private half is verified with the public one', async () => {
  const { publicKey, privateKey } = await generateOpenSshKey('x')
  const whole = bytesOf(privateKey.split('\n').slice(1, -2).join(''))
  const [, secret] = fieldsOf(whole, 15 + 8 + 8 + 4 + 4, 2)
  const [, , pair] = fieldsOf(secret ?? new Uint8Array(), 8, 3)
  const head = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]
  const pkcs8 = Uint8Array.from([...head, ...(pair?.slice(0, 32) ?? [])])
  const [, raw] = fieldsOf(bytesOf(publicKey.split(' ')[1] ?? ''), 0, 2)
  const message = new TextEncoder().encode('hello')
  const signer = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  const signature = await crypto.subtle.sign('Ed25519', signer, message)
  const verifier = await crypto.subtle.importKey(
    'raw',
    Uint8Array.from(raw ?? []),
    'Ed25519',
    false,
    ['verify'],
  )

  expect(await crypto.subtle.verify('Ed25519', verifier, signature, message)).toBe(true)
})

test('a known seed is always written alike', () => {
  const seed = Uint8Array.from({ length: 32 }, (_, index) => index)
  const { publicKey, privateKey } = writeOpenSshKey(seed, seed, 'c', 7)

  expect(publicKey).toBe(
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f c',
  )
  expect(privateKey.split('\n').at(0)).toBe('-----BEGIN OPENSSH PRIVATE KEY-----')
})

async function rsaPair() {
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  )
  return crypto.subtle.exportKey('jwk', privateKey)
}

test('an RSA key has the numbers of its pair, without a sign', async () => {
  const jwk = await rsaPair()
  const { publicKey } = writeRsaKey(jwk, 'r', 7)
  const [kind, exponent, modulus] = fieldsOf(bytesOf(publicKey.split(' ')[1] ?? ''), 0, 3)

  expect(wordOf(kind)).toBe('ssh-rsa')
  expect([...(exponent ?? [])]).toEqual([1, 0, 1])
  const base64 = (jwk.n ?? '').replaceAll('-', '+').replaceAll('_', '/')
  // A modulus begins with a set bit, so it needs a zero before it.
  expect([...(modulus ?? [])]).toEqual([0, ...bytesOf(base64)])
})

test('a browser without Ed25519 makes an RSA key', async () => {
  const { subtle } = crypto
  const older = {
    exportKey: subtle.exportKey.bind(subtle),
    generateKey: async (algorithm: AlgorithmIdentifier, ...rest: [boolean, KeyUsage[]]) => {
      if (algorithm === 'Ed25519') throw new DOMException('', 'NotSupportedError')
      return subtle.generateKey(algorithm, ...rest)
    },
    // The overloads of the real one have no common signature.
  } as unknown as SubtleCrypto

  const { publicKey, privateKey } = await generateOpenSshKey('eva@desk', older)

  expect(publicKey).toMatch(/^ssh-rsa /)
  expect(readPublicKey(publicKey).ok).toBe(true)
  expect(privateKey).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/)
})
