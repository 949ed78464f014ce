import { expect, test } from 'vitest'

import { shownKeys } from './shown-key.ts'

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
})

test('keys are shown as they are pressed together', () => {
  expect(shownKeys(press('k', { ctrlKey: true }), false)).toEqual(['Ctrl', 'K'])
  expect(shownKeys(press('Enter', { shiftKey: true }), false)).toEqual(['Shift', 'Enter'])
  expect(shownKeys(press('A', { shiftKey: true }), false)).toEqual(['A'])
  expect(shownKeys(press('Shift', { shiftKey: true }), false)).toBeUndefined()
})

test('what may be a password is never shown', () => {
  expect(shownKeys(press('s'), true)).toBeUndefined()
  expect(shownKeys(press('@', { ctrlKey: true, altKey: true }), true)).toBeUndefined()
  expect(shownKeys(press('Tab'), true)).toEqual(['Tab'])
  expect(shownKeys(press('v', { ctrlKey: true }), true)).toEqual(['Ctrl', 'V'])
})
