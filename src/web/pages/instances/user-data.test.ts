import { expect, test } from 'vitest'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import { byteLength, decodeUserData, encodeUserData, userDataKind } from './user-data.ts'

test('text beyond Latin-1 travels as base64 of its UTF-8 bytes', () => {
  const text = '#cloud-config\nmotd: grüezi 🦦\n'
  const bytes = Uint8Array.from(atob(encodeUserData(text)), (one) => one.charCodeAt(0))
  expect(new TextDecoder().decode(bytes)).toBe(text)
})

test('what was encoded is read again, and what is no text is not', () => {
  expect(decodeUserData(encodeUserData('motd: grüezi 🦦'))).toBe('motd: grüezi 🦦')
  expect(decodeUserData(btoa('\u001f\u008b\u0008'))).toBeUndefined()
})

test('bytes are counted, not characters', () => {
  expect(byteLength('ü🦦')).toBe(6)
})

test('the longest text that is let through is the longest that clients take', () => {
  expect(encodeUserData('a'.repeat(USER_DATA_MAX_BYTES))).toHaveLength(32_764)
})

test.each([
  ['', 'empty'],
  ['#cloud-config\npackages: []', 'cloud-config'],
  ['#cloud-configuration', 'unknown'],
  ['#!/bin/sh\n', 'script'],
  ['Content-Type: multipart/mixed; boundary=x', 'multipart'],
  ['\n#!/bin/sh', 'unknown'],
])('the first line decides: %j is %s', (text, kind) => {
  expect(userDataKind(text)).toBe(kind)
})
