import { expect, test } from 'vitest'

import { textInBase64 } from './base64.ts'
import { encodeUserData, packUserData } from './encoding.ts'

const text = '#cloud-config\nmotd: grüezi 🦦\npackages: [nginx, htop, git, curl, wget]\n'
const encoded = encodeUserData(text)
const long = `${text}${'# the same line again\n'.repeat(200)}`

test.each([
  encoded,
  ` ${encoded}\n`,
  encoded.replaceAll(/.{20}/g, '$&\n'),
  encoded.replaceAll(/.{20}/g, '$&\r\n'),
  encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
])('Base64 in the form %j is recognized', async (given) => {
  expect(await textInBase64(given)).toBe(text)
})

test('so is what was zipped before', async () => {
  const { encoded: zipped } = await packUserData(long)
  expect(zipped.startsWith('H4sI')).toBe(true)
  expect(await textInBase64(zipped)).toBe(long)
})

test.each([
  '',
  text,
  'aGVsbG8=',
  'echo hello world and more words',
  'packages-and-other-things-to-do',
  '0123456789abcdef0123456789abcdef',
  btoa(
    '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000e\u000f\u0010\u0011\u0012',
  ),
  `#!/bin/sh\n${encoded}`,
])('%j is no encoded text', async (given) => {
  expect(await textInBase64(given)).toBeUndefined()
})
