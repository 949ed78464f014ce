import { expect, test } from 'vitest'

import { readPublicKey } from './ssh-public-key.ts'

const body = 'AAAAC3NzaC1lZDI1NTE5AAAAIA'

test('a key is read with a name from its comment', () => {
  expect(readPublicKey(` ssh-ed25519  ${body} ana@laptop.home\n`)).toEqual({
    ok: true,
    key: `ssh-ed25519 ${body} ana@laptop.home`,
    suggestedName: 'ana-laptop.home',
  })
})

test('a key without a comment suggests no name', () => {
  expect(readPublicKey(`ssh-rsa ${body}==`)).toMatchObject({ ok: true, suggestedName: '' })
})

test.each([
  ['  ', 'empty'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n', 'private'],
  ['-----BEGIN PRIVATE KEY-----\nabc\n', 'private'],
  ['PuTTY-User-Key-File-3: ssh-ed25519', 'private'],
  [`ssh-ed25519 ${body} a\nssh-ed25519 ${body} b`, 'several'],
  ['hello', 'unreadable'],
])('%j is refused as %s', (text, why) => {
  expect(readPublicKey(text)).toEqual({ ok: false, why })
})
