import { expect, test } from 'vitest'

import { sizeFor } from '../size/remote-size.ts'
import { LeftOutAreas } from './left-out-areas.ts'
import { isCutOff } from './painting.ts'
import { pictureMs } from './patience.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('an image without its end is cut off, one that is filled up is not', () => {
  expect(isCutOff('image/jpeg', bytes(0xff, 0xd8, 1, 2, 0xff, 0xd9))).toBe(false)
  expect(isCutOff('image/jpeg', bytes(0xff, 0xd8, 1, 0xff, 0xd9, 0, 0, 0))).toBe(false)
  expect(isCutOff('image/jpeg', bytes(0xff, 0xd8, 1, 2, 0xff))).toBe(true)
  expect(isCutOff('image/png', bytes(0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82))).toBe(
    false,
  )
  expect(isCutOff('image/png', bytes(0xff, 0xd9))).toBe(true)
  for (const length of [0, 1])
    expect(isCutOff('image/jpeg', new Uint8Array(length))).toBe(true)
})

test('an area is asked for again twice, and many areas not for ever', () => {
  const area = (x: number) => ({ x, y: 0, width: 16, height: 16 })
  const one = new LeftOutAreas()
  expect([0, 1, 2].map((now) => one.isWorthAsking(area(0), now))).toEqual([
    true,
    true,
    false,
  ])
  // Long ago doesn't count.
  expect(one.isWorthAsking(area(0), 60_000)).toBe(true)
  const many = new LeftOutAreas()
  const asked = Array.from({ length: 30 }, (_none, index) =>
    many.isWorthAsking(area(index), index),
  )
  expect(asked.filter(Boolean).length).toBe(19)
})

test('an area that never comes is lost, an answer is the end of it', () => {
  const areas = new LeftOutAreas()
  areas.isWorthAsking({ x: 0, y: 0, width: 1, height: 1 }, 1_000)
  expect(areas.isLost(5_000)).toBe(false)
  expect(areas.isLost(9_000)).toBe(true)
  // The message that the image was in.
  areas.answered()
  expect(areas.isLost(9_000)).toBe(true)
  areas.answered()
  expect(areas.isLost(99_000)).toBe(false)
})

test('a size is whole and sane, or none is asked for', () => {
  expect(sizeFor({ width: 1_231.5, height: 812.99 })).toEqual({ width: 1_231, height: 812 })
  for (const [width, height] of [
    [0, 0],
    [0.4, 800],
    [1_200, 20],
    [19_712, 12_992],
    [Number.NaN, 800],
    [Number.POSITIVE_INFINITY, 800],
  ] as const)
    expect(sizeFor({ width, height })).toBeUndefined()
})

test('a first image is waited for as long as it may take on a slow line, within limits', () => {
  expect(pictureMs({ width: 320, height: 200 })).toBe(15_000)
  expect(pictureMs({ width: 1_024, height: 768 })).toBeCloseTo(49_152)
  expect(pictureMs({ width: 7_680, height: 4_320 })).toBe(60_000)
})
