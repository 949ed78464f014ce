import { expect, test } from 'vitest'

import { readCombinations, saveCombinations, withCombination } from './combinations.ts'

function aStorage(value?: string) {
  const kept = new Map(value === undefined ? [] : [['vedette.combinations', value]])
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
}

test('stored combinations are read again', () => {
  const storage = aStorage()
  saveCombinations(storage, [
    ['Control', 'Alt', 'F7'],
    ['Meta', 'r'],
  ])

  expect(readCombinations(storage)).toEqual([
    ['Control', 'Alt', 'F7'],
    ['Meta', 'r'],
  ])
})

test.each(['', '{', '7', '{"a":1}', '[[], ["NoSuchKey"], [7], "Alt"]'])(
  'what makes no sense is left out: %s',
  (text) => expect(readCombinations(aStorage(text))).toEqual([]),
)

test('the same combination is stored once', () => {
  expect(withCombination([['Alt', 'F4']], ['Alt', 'F4'])).toEqual([['Alt', 'F4']])
})
