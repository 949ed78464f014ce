import { expect, test } from 'vitest'

import { keyNamed } from './keys.ts'

test('function keys follow each other, and unknown names are none', () => {
  expect(keyNamed('F1')?.keysym).toBe(0xffbe)
  expect(keyNamed('F12')).toEqual({ keysym: 0xffc9, code: 'F12' })
  expect(keyNamed('F13')).toBeUndefined()
})
