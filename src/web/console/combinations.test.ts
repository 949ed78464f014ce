import { afterEach, expect, test, vi } from 'vitest'

import { readCombinations, saveCombinations, withCombination } from './combinations.ts'

function aStorage(value?: string): void {
  const kept = new Map(value === undefined ? [] : [['vedette.combinations', value]])
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  })
}

afterEach(() => void vi.unstubAllGlobals())

test('stored combinations are read again', () => {
  aStorage()
  saveCombinations([
    ['Control', 'Alt', 'F7'],
    ['Meta', 'r'],
  ])

  expect(readCombinations()).toEqual([
    ['Control', 'Alt', 'F7'],
    ['Meta', 'r'],
  ])
})

test('a browser that blocks its storage has none, and stores none', () => {
  const get = () => {
    throw new DOMException('blocked', 'SecurityError')
  }
  aStorage()
  Object.defineProperty(globalThis, 'localStorage', { get, configurable: true })

  expect(readCombinations()).toEqual([])
  expect(() => saveCombinations([['Alt', 'F4']])).not.toThrow()
})

test.each(['', '{', '7', '{"a":1}', '[[], ["NoSuchKey"], [7], "Alt"]'])(
  'what makes no sense is left out: %s',
  (text) => {
    aStorage(text)
    expect(readCombinations()).toEqual([])
  },
)

test('the same combination is stored once', () => {
  expect(withCombination([['Alt', 'F4']], ['Alt', 'F4'])).toEqual([['Alt', 'F4']])
})
