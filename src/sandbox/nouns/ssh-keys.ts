/**
 * Serves SSH keys: identified by name; changes are done at once and have no reference
 * (docs/platform.md#ssh-keys).
 */
import { createHash, randomUUID } from 'node:crypto'

import type { Operation, SshKey } from '#contract/types.ts'

import { notFound, Refused } from '../refusal.ts'
import type { World } from '../world.ts'

const kinds = ['ssh-rsa', 'ssh-ed25519']

const done = (): Operation => ({ id: randomUUID(), state: 'success' })

/** The colon-separated MD5 of a key's blob; undefined if the text is no public key. */
export function fingerprintOf(text: string): string | undefined {
  const [kind = '', encoded = ''] = text.trim().split(/\s+/)
  const blob = Buffer.from(encoded, 'base64')
  const named = blob.subarray(4, 4 + kind.length).toString('latin1')
  if (!kinds.includes(kind) || named !== kind || blob.length < 40) return undefined
  return createHash('md5').update(blob).digest('hex').match(/../g)?.join(':')
}

/** The name from the path; a wrongly escaped one is not found. */
function unescapeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return ''
  }
}

export function findSshKey(world: World, name: string): SshKey {
  const key = world.sshKeys.get(unescapeName(name))
  if (!key) throw notFound()
  return key
}

/**
 * A taken name and an invalid key are both a conflict (measured, docs/platform.md#ssh-keys).
 */
export function registerSshKey(
  world: World,
  body: { name: string; 'public-key': string },
): Operation {
  const fingerprint = fingerprintOf(body['public-key'])
  if (!fingerprint) throw new Refused(409, 'Public key is invalid')
  if (world.sshKeys.has(body.name)) throw new Refused(409, 'SSH key already exists')
  world.sshKeys.set(body.name, { name: body.name, fingerprint })
  world.publicKeys.set(body.name, body['public-key'].trim())
  return done()
}

export function deleteSshKey(world: World, name: string): Operation {
  const key = findSshKey(world, name)
  world.sshKeys.delete(key.name)
  world.publicKeys.delete(key.name)
  return done()
}
