import { expect, test } from 'vitest'

import { Refused } from '../refusal.ts'
import { seedWorld } from '../seed/world.ts'
import { deleteSshKey, fingerprintOf, registerSshKey } from './ssh-keys.ts'

function aPublicKey(): string {
  const kind = 'ssh-ed25519'
  const blob = Buffer.concat([
    Buffer.from([0, 0, 0, kind.length]),
    Buffer.from(kind),
    Buffer.from([0, 0, 0, 32]),
    Buffer.alloc(32, 7),
  ])
  return `${kind} ${blob.toString('base64')} ana@laptop`
}

test('a registered key is found by its name, with its fingerprint, until it is deleted', () => {
  const world = seedWorld(['ch-gva-2'], 0, 0)

  expect(registerSshKey(world, { name: 'new', 'public-key': aPublicKey() })).toMatchObject({
    state: 'success',
  })
  expect(world.sshKeys.get('new')?.fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/)

  deleteSshKey(world, 'new')
  expect(world.sshKeys.has('new')).toBe(false)
})

test('a taken name and an invalid key are both rejected as a conflict', () => {
  const world = seedWorld(['ch-gva-2'], 0, 0)
  const taken = { name: 'ana-laptop', 'public-key': aPublicKey() }

  expect(() => registerSshKey(world, taken)).toThrow(Refused)
  expect(() => registerSshKey(world, { name: 'b', 'public-key': 'ssh-rsa AAAA' })).toThrow(
    'Public key is invalid',
  )
})

test('a key whose blob names another type is invalid', () => {
  expect(fingerprintOf(aPublicKey().replace('ssh-ed25519 ', 'ssh-rsa '))).toBeUndefined()
})
