/** The keys that pages make, read by OpenSSH and by the sandbox. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { fingerprintOf } from '#sandbox/nouns/ssh-keys.ts'
import {
  generateOpenSshKey,
  writeRsaKey,
} from '#web/pages/instances/create/open-ssh-key.ts'

/** The public key that OpenSSH reads in a private file; undefined where it isn't installed. */
function readByOpenSsh(privateKey: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-key-'))
  const file = join(folder, 'key')
  try {
    writeFileSync(file, privateKey, { mode: 0o600 })
    return execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return undefined
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function rsaKey() {
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
  return writeRsaKey(await crypto.subtle.exportKey('jwk', privateKey), 'eva@desk', 7)
}

test.each([
  ['ssh-ed25519', () => generateOpenSshKey('eva@desk')],
  ['ssh-rsa', rsaKey],
])('OpenSSH and the zone read a key of kind %s', async (kind, make) => {
  const { publicKey, privateKey } = await make()

  expect(publicKey.split(' ')[0]).toBe(kind)
  expect(fingerprintOf(publicKey)).toBeDefined()
  const read = readByOpenSsh(privateKey) ?? publicKey
  expect(read.split(' ').slice(0, 2)).toEqual(publicKey.split(' ').slice(0, 2))
})
