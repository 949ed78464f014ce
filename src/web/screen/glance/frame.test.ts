import { expect, test } from 'vitest'

import { blocksOf, changeOf } from './frame.ts'

const width = 320
const black = () => new Uint32Array(width * 200)

/** Black with a white rectangle on it. */
function painted(x: number, y: number, w: number, h: number): Uint32Array {
  const pixels = black()
  for (let dy = 0; dy < h; dy += 1)
    pixels.fill(0xffffffff, (y + dy) * width + x, (y + dy) * width + x + w)
  return pixels
}

const change = (before: Uint32Array, after: Uint32Array) =>
  changeOf(blocksOf(before, width), blocksOf(after, width))

test('an equal image is no change', () => {
  expect(change(painted(40, 40, 100, 8), painted(40, 40, 100, 8))).toBe('none')
})

test('one pixel in the last, cut-off row of blocks is a change', () => {
  expect(change(black(), painted(319, 199, 1, 1))).toBe('little')
})

test('a cursor is little, even where four blocks meet', () => {
  expect(change(black(), painted(14, 12, 4, 8))).toBe('little')
})

test('a line of text is much, and so is another size of the screen', () => {
  expect(change(black(), painted(0, 40, 100, 8))).toBe('much')
  expect(
    changeOf(blocksOf(black(), width), blocksOf(new Uint32Array(320 * 178), 320)),
  ).toBe('much')
})
