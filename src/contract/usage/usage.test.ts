import { expect, test } from 'vitest'

import { monthsAt, numberOf, readUsage, usageRows } from './usage.ts'

const line = (more: object) => ({
  product: 'Instances',
  variable: 'standard.small',
  description: 'Running time',
  quantity: '1.5',
  unit: 'hour',
  from: '2026-11-01',
  to: '2026-11-02',
  ...more,
})

test.each<[unknown, number | undefined]>([
  ['3196', 3196],
  [' 12.50 ', 12.5],
  ['1.2e3', 1200],
  ['.5', 0.5],
  [7, 7],
  ['0', 0],
  ['1,234.5', undefined],
  ['', undefined],
  ['many', undefined],
  ['0x10', undefined],
  [Number.NaN, undefined],
  [null, undefined],
  [{}, undefined],
])('the quantity %j is %j', (text, expected) => {
  expect(numberOf(text)).toBe(expected)
})

test('lines of one kind are added, units that Vedette doesn’t know stay as they are', () => {
  const answer = {
    usage: [
      line({}),
      line({ quantity: 2 }),
      line({ unit: 'floppy', quantity: '4' }),
      line({ variable: undefined }),
    ],
  }
  expect(readUsage(answer)).toMatchObject([
    { product: 'Instances', item: 'standard.small', unit: 'hour', quantity: 3.5 },
    { item: 'standard.small', unit: 'floppy', quantity: 4 },
    { item: 'Running time', unit: 'hour', quantity: 1.5 },
  ])
})

test('a quantity that can’t be read makes its sum unknown, and not smaller', () => {
  const [found] =
    readUsage({ usage: [line({}), line({ quantity: 'n/a' }), line({})] }) ?? []
  expect(found?.quantity).toBeUndefined()
})

test('an empty report has no lines, and something else is no report', () => {
  expect(readUsage({ usage: [] })).toEqual([])
  expect(readUsage({})).toEqual([])
  expect(readUsage({ usage: 'none' })).toBeUndefined()
  expect(readUsage({ report: [line({})] })).toBeUndefined()
  expect(readUsage(null)).toBeUndefined()
})

test('lines that say nothing are unknown, and not none', () => {
  const found = readUsage({ usage: [null, 7, {}] })
  expect(found).toMatchObject([{ product: '', item: '', quantity: undefined }])
  expect(found).toHaveLength(1)
})

test('two months are compared line by line', () => {
  const [a, b] =
    readUsage({ usage: [line({}), line({ variable: 'b', quantity: '9' })] }) ?? []
  const [c] = readUsage({ usage: [line({ variable: 'c', quantity: '4' })] }) ?? []
  if (!a || !b || !c) throw new Error('three lines')
  const rows = usageRows([a, b], [{ ...a, quantity: 7 }, c])
  expect(rows.map(({ item, quantity, before }) => [item, quantity, before])).toEqual([
    ['b', 9, null],
    ['standard.small', 1.5, 7],
    // It is no longer in the report, which doesn't say that it is none.
    ['c', null, 4],
  ])
  // While the month before isn't known, none of it is.
  expect(usageRows([a], undefined)[0]?.before).toBeUndefined()
})

test('on the first day of a month nothing is used yet, and the month before is whole', () => {
  const { current, previous } = monthsAt(Date.parse('2026-12-01T00:30:00Z'))
  expect(current).toEqual({ period: '2026-12', from: '2026-12-01', to: '2026-12-01' })
  expect(previous).toEqual({ period: '2026-11', from: '2026-11-01', to: '2026-11-30' })

  const before = readUsage({ usage: [line({}), line({ variable: 'b', quantity: '9' })] })
  const rows = usageRows(readUsage({ usage: [] }) ?? [], before)
  expect(rows.map(({ item, quantity, before: old }) => [item, quantity, old])).toEqual([
    // A dash, and not 0: the report says nothing of it.
    ['b', null, 9],
    ['standard.small', null, 1.5],
  ])
})

test('months are those of UTC', () => {
  expect(monthsAt(Date.parse('2026-01-01T00:30:00Z'))).toEqual({
    current: { period: '2026-01', from: '2026-01-01', to: '2026-01-01' },
    previous: { period: '2025-12', from: '2025-12-01', to: '2025-12-31' },
  })
})
