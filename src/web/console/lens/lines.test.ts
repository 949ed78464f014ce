import { expect, test } from 'vitest'

import { findText, freshLines, linksOf, ordered, textOf, wordAt } from './lines.ts'

test('addresses are found without the sentence around them', () => {
  const lines = [
    'See https://example.com/a?b=1, or',
    ' (http://[::1]:8080/x) and http://',
    '',
  ]

  expect(linksOf(lines).map(({ url }) => url)).toEqual([
    'https://example.com/a?b=1',
    'http://[::1]:8080/x',
  ])
  expect(linksOf(lines)[0]).toMatchObject({ row: 0, column: 4, length: 25 })
  expect(linksOf(['javascript:alert(1) file:///etc/passwd'])).toEqual([])
})

test('a search finds every place of a text, whatever its case', () => {
  expect(findText(['Login: login', 'none'], 'LOGIN')).toEqual([
    { from: { row: 0, column: 0 }, to: { row: 0, column: 4 } },
    { from: { row: 0, column: 7 }, to: { row: 0, column: 11 } },
  ])
  expect(findText(['anything'], '')).toEqual([])
})

test('a selection reads along the lines, in either direction, and joins wrapped ones', () => {
  const lines = ['one two', 'abcdefgh', 'ij', '']
  const span = ordered({ row: 2, column: 1 }, { row: 0, column: 4 })

  expect(textOf(lines, span, 8)).toBe('two\nabcdefghij')
  expect(textOf(lines, ordered({ row: 0, column: 0 }, { row: 3, column: 7 }), 80)).toBe(
    'one two\nabcdefgh\nij\n',
  )
})

test('a double click takes a word up to the blanks around it', () => {
  expect(textOf(['cd /var/log'], wordAt(['cd /var/log'], { row: 0, column: 5 }), 80)).toBe(
    '/var/log',
  )
  expect(wordAt(['a b'], { row: 0, column: 1 })).toEqual({
    from: { row: 0, column: 1 },
    to: { row: 0, column: 1 },
  })
})

test('only new lines are announced: those below scrolled ones, and changed ones', () => {
  expect(freshLines(['a', 'b', 'c', 'd'], ['c', 'd', 'e', 'f'])).toEqual(['e', 'f'])
  expect(freshLines(['a', '$ ', '', ''], ['a', '$ ls', 'x', '$ '])).toEqual([
    '$ ls',
    'x',
    '$ ',
  ])
  expect(freshLines(['a', 'b'], ['a', 'b'])).toEqual([])
  expect(freshLines(['a', 'b'], ['', ''])).toEqual([])
  expect(freshLines([], ['new', ''])).toEqual(['new'])
  expect(freshLines(['a', 'b', 'c'], ['x', 'y', 'z'])).toEqual(['x', 'y', 'z'])
})
