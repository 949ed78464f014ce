import { expect, test } from 'vitest'

import { auditOf } from '../../../instance/audit-address.ts'
import {
  customFrom,
  fromField,
  isFiltered,
  queryOf,
  readView,
  toField,
  writeView,
} from './audit-filter.ts'

const now = Date.UTC(2026, 10, 29, 8, 30, 15)
const read = (search: string) => readView(new URLSearchParams(search))
const asked = (search: string) => Object.fromEntries(queryOf(read(search), now))

test('without an address, the last seven days of everyone are shown', () => {
  expect(asked('')).toEqual({ from: String(now - 7 * 86_400_000) })
  expect(isFiltered(read(''))).toBe(false)
  expect(String(writeView(read('')))).toBe('')
})

test.each([
  'range=hour',
  'range=all&person=Ana+B%C3%A4r&zone=ch-gva-2&target=x&result=refused&q=%3Dcmd%7C%22evil%22',
  'range=custom&from=2026-11-01T10%3A00%3A00Z&until=2026-11-02T10%3A00%3A00Z',
  'range=custom&until=2026-11-02T10%3A00%3A00Z',
  'range=custom',
])('the view of %s has the same address', (search) => {
  expect(String(writeView(read(search)))).toBe(search)
})

test('what the address can’t mean is as if it weren’t there', () => {
  const search =
    'range=century&result=wonderful&from=2026-11-01T10:00:00Z&until=soon&other=1'
  expect(read(search)).toEqual(read(''))
  expect(read('range=custom&from=yesterday&until=0001-01-01T00:00:00Z')).toMatchObject({
    range: 'custom',
    from: undefined,
    until: undefined,
  })
  expect(read(`q=${'x'.repeat(900)}`).text.length).toBe(200)
})

test('each range is a query of the server, which takes only whole numbers', () => {
  expect(asked('range=hour')).toEqual({ from: String(now - 3_600_000) })
  expect(asked('range=all&q=+web+')).toEqual({ text: 'web' })
  expect(asked('range=custom&until=2026-11-02T10:00:00Z&result=accepted')).toEqual({
    until: String(Date.UTC(2026, 10, 2, 10)),
    result: 'accepted',
  })
})

test('a custom range begins where the one before did, at a full minute', () => {
  expect(customFrom(read('range=day'), now)).toEqual({
    range: 'custom',
    from: Date.UTC(2026, 10, 28, 8, 30),
  })
})

test('the fields show local time and give the same moment back', () => {
  const moment = new Date(2026, 2, 5, 7, 9).getTime()
  expect(toField(moment)).toBe('2026-03-05T07:09')
  expect(fromField(toField(moment))).toBe(moment)
  expect(toField(undefined)).toBe('')
  // Browsers send each year while it is typed.
  for (const value of ['', '0002-01-01T00:00', 'x'])
    expect(fromField(value)).toBeUndefined()
})

test('the log of one instance is all of its time', () => {
  expect(read(auditOf('id-1').split('?')[1] ?? '')).toMatchObject({
    range: 'all',
    target: 'id-1',
  })
})
