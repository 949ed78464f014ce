import { expect, test } from 'vitest'

import { assignSlots } from './use-slots.ts'

const before = assignSlots([], ['a', 'b', 'c'], [])
const slotsOf = (keys: string[], held: string[] = []) =>
  assignSlots(before, keys, held).map(({ slot }) => slot)

test('rows that stay keep their elements, wherever they go', () => {
  expect(slotsOf(['c', 'a', 'b'])).toEqual([2, 0, 1])
  expect(slotsOf(['b', 'c'])).toEqual([1, 2])
})

test('a new row takes the elements of the one that was in its place', () => {
  expect(slotsOf(['a', 'x', 'c'])).toEqual([0, 1, 2])
  expect(slotsOf(['x', 'y', 'z'])).toEqual([0, 1, 2])
})

test('a new row takes no elements of a row that is still there, or that someone is in', () => {
  expect(slotsOf(['x', 'a', 'b'])).toEqual([3, 0, 1])
  expect(slotsOf(['x', 'y', 'z'], ['b'])).toEqual([0, 3, 2])
})

test('no two rows have the same elements', () => {
  let slots = before
  for (const keys of [
    ['x', 'a'],
    ['a', 'y', 'x', 'q'],
    ['q', 'r', 's', 't', 'a'],
  ]) {
    slots = assignSlots(slots, keys, ['a'])
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(keys.length)
  }
})
