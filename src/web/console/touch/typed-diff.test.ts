import { describe, expect, it } from 'vitest'

import { typedDiff } from './typed-diff.ts'

describe('what was typed into a field', () => {
  it.each([
    ['', 'a', 0, 'a'],
    ['ls', 'ls -l', 0, ' -l'],
    ['ls -l', 'ls', 3, ''],
    // A word that was corrected, and one that was completed.
    ['teh', 'the ', 2, 'he '],
    ['doc', 'docker', 0, 'ker'],
    // Text of an IME before and after the composition.
    ['nihao', '你好', 5, '你好'],
    // A character of two code units is one on the instance, too.
    ['😀', '', 1, ''],
    ['a😀', 'a😁', 1, '😁'],
    ['same', 'same', 0, ''],
  ])('from “%s” to “%s” erases %i and types “%s”', (before, after, erase, text) => {
    expect(typedDiff(before, after)).toEqual({ erase, text })
  })
})
