import { afterEach, expect, test, vi } from 'vitest'

import {
  changeCombinations,
  readCombinations,
  withCombination,
  withoutCombination,
} from './combinations.ts'

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
  changeCombinations(() => [
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
  // They last as long as the page.
  const ofPage = changeCombinations(() => [['Alt', 'F4']])
  expect(changeCombinations((now) => withCombination(now, ['Alt', 'x']), ofPage)).toEqual([
    ['Alt', 'F4'],
    ['Alt', 'x'],
  ])
})

test('what another tab has added stays when this one adds and removes', () => {
  aStorage()
  const ofPage = changeCombinations(() => [['Alt', 'F4']])
  changeCombinations((now) => withCombination(now, ['Alt', 'x']))

  expect(changeCombinations((now) => withoutCombination(now, 'Alt+F4'), ofPage)).toEqual([
    ['Alt', 'x'],
  ])
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
