import { expect, test } from 'vitest'

import { keepLineEnds, withLf } from './line-ends.ts'

test.each([
  // What was not touched keeps its line ends, mixed ones too.
  ['a\r\nb\r\nc\r\n', 'a\nB\nc\n', 'a\r\nB\r\nc\r\n'],
  ['a\r\nb\nc\r\n', 'a\nb\nc!\n', 'a\r\nb\nc!\r\n'],
  ['a\rb\r\nc', 'a\nb\nc', 'a\rb\r\nc'],
  // A new line ends as the one above it, or as the first.
  ['a\r\nb\n', 'a\nx\nb\n', 'a\r\nx\r\nb\n'],
  ['a\r\nb\n', 'x\na\nb\n', 'x\r\na\r\nb\n'],
  ['a\r\nb', 'a\nb\nc', 'a\r\nb\r\nc'],
  ['a\r\nb\r\nc\r\n', 'a\nc\n', 'a\r\nc\r\n'],
  ['a\r\na\r\n', 'a\na\na\n', 'a\r\na\r\na\r\n'],
  // Everything replaced.
  ['a\r\nb\r\n', 'x\ny\nz\n', 'x\r\ny\r\nz\r\n'],
  ['a\r\n', '', ''],
  // Plain text is left alone.
  ['a\nb\n', 'a\nb\nc\n', 'a\nb\nc\n'],
])('%j edited to %j is %j', (before, edited, after) => {
  expect(keepLineEnds(before, edited)).toBe(after)
  expect(withLf(after)).toBe(edited)
})
