import { inflateSync, constants } from 'node:zlib'

import { expect, test } from 'vitest'

import { palette } from '../screen.ts'
import {
  encodeRaw,
  encodeZrle,
  nativeFormat,
  paintsIn,
  type PixelFormat,
} from './pixels.ts'

const rgb565: PixelFormat = {
  bitsPerPixel: 16,
  depth: 16,
  bigEndian: true,
  max: [31, 63, 31],
  shift: [11, 5, 0],
}

const rgb332: PixelFormat = {
  bitsPerPixel: 8,
  depth: 8,
  bigEndian: false,
  max: [7, 7, 3],
  shift: [0, 3, 6],
}

const brown = 6

test.each([
  ['32 bits, little-endian', nativeFormat, [0, 85, 170, 0]],
  ['32 bits, big-endian', { ...nativeFormat, bigEndian: true }, [0, 170, 85, 0]],
  ['16 bits, big-endian', rgb565, [(21 << 3) | (21 >> 3), (21 << 5) & 0xff]],
  ['8 bits', rgb332, [5 | (2 << 3)]],
])('a colour in %s', (_, format, bytes) => {
  expect([...encodeRaw(Uint8Array.of(brown), paintsIn(format))]).toEqual(bytes)
})

test.each([
  ['colour in the low bytes', nativeFormat, [0, 85, 170]],
  [
    'colour in the high bytes',
    { ...nativeFormat, shift: [24, 16, 8] as const },
    [0, 85, 170],
  ],
  ['low bytes, big-endian', { ...nativeFormat, bigEndian: true }, [170, 85, 0]],
  ['sixteen bits', rgb565, [170, 160]],
])('a compact pixel leaves out the byte without colour: %s', (_, format, bytes) => {
  expect([...(paintsIn(format).compact[brown] ?? [])]).toEqual(bytes)
})

test('rectangles are one zlib stream with one header', () => {
  const paints = paintsIn(nativeFormat)
  const plain = new Uint8Array(64 * 64).fill(brown)
  const both = Buffer.concat([
    encodeZrle(plain, 64, paints, true),
    encodeZrle(plain, 64, paints, false),
  ])

  const tile = [1, 0, 85, 170]
  const all = inflateSync(both, { finishFlush: constants.Z_SYNC_FLUSH })
  expect([...all]).toEqual([...tile, ...tile])
})

test('a tile of three colors is packed in two bits a pixel, with rows padded to a byte', () => {
  const paints = paintsIn(nativeFormat)
  const indexes = Uint8Array.of(0, 15, 4, 0, 15, 15, 15, 15, 15, 0)
  const bytes = inflateSync(encodeZrle(indexes, 5, paints, true), {
    finishFlush: constants.Z_SYNC_FLUSH,
  })

  const colours = [0, 15, 4].flatMap((index) => [...(palette[index] ?? [])].reverse())
  expect([...bytes]).toEqual([3, ...colours, 0b00011000, 0b01000000, 0b01010101, 0])
})
