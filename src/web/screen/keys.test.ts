import { expect, test } from 'vitest'

import { keyNamed, keyOfEvent } from './keys.ts'

test('a key is released as it was pressed: by its character, its name or its side', () => {
  expect(keyOfEvent({ key: 'é', code: 'Digit2' })).toEqual({ keysym: 0xe9, code: 'Digit2' })
  expect(keyOfEvent({ key: '€', code: 'KeyE' })).toEqual({
    keysym: 0x10020ac,
    code: 'KeyE',
  })
  expect(keyOfEvent({ key: 'Enter', code: 'NumpadEnter' })).toEqual({
    keysym: 0xff0d,
    code: 'NumpadEnter',
  })
  expect(keyOfEvent({ key: 'AltGraph', code: 'AltRight' })?.keysym).toBe(0xffea)
  expect(keyOfEvent({ key: 'Unidentified', code: '' })).toBeUndefined()
})

test('function keys follow each other, and unknown names are none', () => {
  expect(keyNamed('F1')?.keysym).toBe(0xffbe)
  expect(keyNamed('F12')).toEqual({ keysym: 0xffc9, code: 'F12' })
  expect(keyNamed('F13')).toBeUndefined()
})
