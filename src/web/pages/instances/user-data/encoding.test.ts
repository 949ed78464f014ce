import { expect, test } from 'vitest'

import { USER_DATA_MAX_BYTES } from '#contract/limits.ts'

import {
  byteLength,
  decodeUserData,
  encodeUserData,
  packUserData,
  unpackUserData,
} from './encoding.ts'

test('text beyond Latin-1 travels as base64 of its UTF-8 bytes', () => {
  const text = '#cloud-config\nmotd: grüezi 🦦\n'
  const bytes = Uint8Array.from(atob(encodeUserData(text)), (one) => one.charCodeAt(0))
  expect(new TextDecoder().decode(bytes)).toBe(text)
})

test('encoded text is read again, and other data is not', () => {
  expect(decodeUserData(encodeUserData('motd: grüezi 🦦'))).toBe('motd: grüezi 🦦')
  expect(decodeUserData(btoa('\u001f\u008b\u0008'))).toBeUndefined()
})

test('bytes are counted, not characters', () => {
  expect(byteLength('ü🦦')).toBe(6)
})

test('the longest text that is let through is the longest that clients take', () => {
  expect(encodeUserData('a'.repeat(USER_DATA_MAX_BYTES))).toHaveLength(32_764)
})

test('it is zipped only where that saves a kilobyte, and reads back as it was', async () => {
  const short = await packUserData('#!/bin/sh\necho ⚠\n')
  const text = `#cloud-config\n${'# the same line again\n'.repeat(2_000)}`
  const long = await packUserData(text)

  expect(short).toMatchObject({ zipped: false, bytes: 19 })
  expect(long.zipped).toBe(true)
  expect(long.bytes).toBeLessThan(USER_DATA_MAX_BYTES)
  expect(long.encoded.startsWith('H4sI')).toBe(true)
  expect(await unpackUserData(short.encoded)).toBe('#!/bin/sh\necho ⚠\n')
  expect(await unpackUserData(long.encoded)).toBe(text)
})

test('on Windows it is gzipped only if it would not fit otherwise', async () => {
  const line = '# the same line again\n'
  expect((await packUserData(line.repeat(100), 'windows')).zipped).toBe(false)
  expect((await packUserData(line.repeat(2_000), 'windows')).zipped).toBe(true)
})

test.each(['flatcar', 'coreos', 'talos'] as const)(
  'on %s it is never zipped: nothing there would unzip it',
  async (system) => {
    const text = '# the same line again\n'.repeat(2_000)
    const { encoded, zipped, bytes } = await packUserData(text, system)

    expect(zipped).toBe(false)
    expect(bytes).toBe(44_000)
    expect(decodeUserData(encoded)).toBe(text)
  },
)

test('a byte order mark and CRLF are read as they are', async () => {
  const text = '\ufeff#!/bin/sh\r\necho a\r\n'
  expect(decodeUserData(encodeUserData(text))).toBe(text)
  expect(await unpackUserData(encodeUserData(text))).toBe(text)
})

test('what is neither text nor zipped text is no text', async () => {
  expect(await unpackUserData('//79')).toBeUndefined()
  expect(await unpackUserData('H4sIAAAA')).toBeUndefined()
  expect(await unpackUserData('%')).toBeUndefined()
})
