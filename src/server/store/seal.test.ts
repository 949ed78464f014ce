import { expect, test } from 'vitest'

import { createSeal } from './seal.ts'

const text = '#cloud-config\npassword: grün 🔑\n'

test('encrypted text decrypts only with the same secret, for the same use and object', () => {
  const sealed = createSeal('a secret').close(text, 'chain-1')

  expect(Buffer.from(sealed, 'base64').includes('password')).toBe(false)
  expect(createSeal('a secret').open(sealed, 'chain-1')).toBe(text)
  expect(createSeal('a secret').open(sealed, 'chain-2')).toBeUndefined()
  expect(createSeal('another').open(sealed, 'chain-1')).toBeUndefined()
  expect(createSeal('a secret').open('', 'chain-1')).toBeUndefined()
  expect(createSeal('a secret', 'sign-ins').open(sealed, 'chain-1')).toBeUndefined()
})

test('the same text never encrypts to the same result', () => {
  const seal = createSeal('a secret')
  expect(seal.close(text, 'a')).not.toBe(seal.close(text, 'a'))
})
