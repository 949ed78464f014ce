import { expect, test } from 'vitest'

import { namesakeTest, shortId } from './namesakes.ts'

const one = (id: string, name?: string) => ({ id, ...(name === undefined ? {} : { name }) })

test('instances of one name are namesakes, in capitals and with spaces too', () => {
  const rows = [one('a', 'web-01'), one('b', 'Web-01'), one('c', ' web-01'), one('d', 'db')]
  const isNamesake = namesakeTest(rows)

  expect(rows.map(isNamesake)).toEqual([true, true, true, false])
})

test('the same instance twice is no namesake, nor are instances without a name', () => {
  const isNamesake = namesakeTest([
    one('a', 'x'),
    one('a', 'x'),
    one('b'),
    one('c'),
    one('d', ''),
  ])

  expect(isNamesake(one('a', 'x'))).toBe(false)
  expect(isNamesake(one('b'))).toBe(false)
  expect(isNamesake(one('d', ''))).toBe(false)
})

test('one that is gone is told apart from the one that has its name now', () => {
  expect(namesakeTest([one('new', 'x')])(one('old', 'x'))).toBe(true)
})

test('a short id is what stands before the first dash', () => {
  expect(shortId('4c1f0f4e-9d0b-4d7e-8a67-000000000000')).toBe('4c1f0f4e')
})
