import { expect, test } from 'vitest'

import { lastPointer } from './last-pointer.ts'

const pointer = (buttons: number, x: number, y: number) => [5, buttons, 0, x, 0, y]
const key = [4, 1, 0, 0, 0, 0, 0, 0x61]
const qemuKey = [255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, 0x1e]
const request = [3, 0, 0, 0, 0, 0, 0, 1, 0, 1]
const cutText = [6, 0, 0, 0, 0, 0, 0, 2, 5, 1]
const size = [251, 0, 2, 128, 1, 144, 1, 0, ...Array.from({ length: 16 }, () => 5)]
const fence = [248, 0, 0, 0, 0, 0, 0, 0, 2, 5, 5]

test.each([
  ['one', pointer(1, 10, 20), { buttons: 1, x: 10, y: 20 }],
  [
    'the newest',
    [...pointer(1, 10, 20), ...pointer(0, 11, 21)],
    { buttons: 0, x: 11, y: 21 },
  ],
  [
    'one among others',
    [...key, ...qemuKey, ...cutText, ...size, ...fence, ...pointer(4, 1, 2), ...request],
    { buttons: 4, x: 1, y: 2 },
  ],
  ['more buttons', [5, 0x81, 0, 3, 0, 4, 1, ...request], { buttons: 1, x: 3, y: 4 }],
  ['none', [...key, ...request], undefined],
  ['half of one', [5, 1, 0], undefined],
  ['no RFB at all', [82, 70, 66], undefined],
  ['nothing', [], undefined],
])('%s is found', (_name, bytes, found) => {
  expect(lastPointer(Uint8Array.from(bytes))).toEqual(found)
})
