import { expect, test, vi } from 'vitest'

import { isSecret, shownKeys } from './shown-key.ts'

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

test('a place is secret by what it is in, and the page beside an open screen', () => {
  /** As much of an element as is asked for: the attributes of itself and of what it is in. */
  class Place extends EventTarget {
    readonly #attributes: string[]
    constructor(...attributes: string[]) {
      super()
      this.#attributes = attributes
    }
    closest(selectors: string): Place | null {
      const isOne = selectors.split(', ').some((one) => this.#attributes.includes(one))
      return isOne ? this : null
    }
  }
  const body = new Place()
  let screen: Place | null = null
  vi.stubGlobal('Element', Place)
  vi.stubGlobal('document', { body, querySelector: () => screen })
  try {
    expect(isSecret(new Place('[data-secret]'))).toBe(true)
    expect(isSecret(new Place('[role=application]'))).toBe(true)
    expect(isSecret(new Place('[role=grid]'))).toBe(false)
    expect(isSecret(null)).toBe(false)
    expect(isSecret(body)).toBe(false)
    screen = new Place()
    expect(isSecret(body)).toBe(true)
    expect(isSecret(new Place())).toBe(false)
  } finally {
    vi.unstubAllGlobals()
  }
})
