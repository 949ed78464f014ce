import { expect, test } from 'vitest'

import { pointerScale } from './scale-pointer.ts'

test.each([
  [1, 24, 24, 1],
  [1.02, 24, 24, 1],
  [2, 24, 24, 2],
  [0.5, 24, 24, 0.5],
  [0.1, 24, 24, 0.25],
  [8, 32, 32, 4],
  [2, 128, 128, 1],
  [3, 0, 0, 3],
])(
  'a picture at %d shows a pointer of %d × %d pixels at %d',
  (scale, width, height, drawn) => {
    expect(pointerScale(scale, width, height)).toBeCloseTo(drawn)
  },
)
