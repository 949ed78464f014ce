import { expect, test } from 'vitest'

import { randomly, type Random } from '#contract/query/sample-queries.ts'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { compareText } from '../../../components/format.ts'
import { i18n, speak } from '../../../i18n.ts'
import {
  compareSortable,
  createSorter,
  sortable,
  sortableColumns,
  sortRows,
  type Sort,
} from './sort-rows.ts'

const names = {
  types: new Map([['t1', { id: 't1', family: 'standard', size: 'medium' }]]),
  templates: new Map([['u', 'Linux Ubuntu 24.04']]),
}
const row = (name: string, more: Partial<Row> = {}): Row =>
  rowOf(more.zone ?? 'ch-gva-2', { id: `id-${name}`, state: 'running', name, ...more })
const namesOf = (rows: readonly Row[]) => rows.map(({ name }) => name)

test('rows are in the order people count in', () => {
  expect(namesOf(sortRows([row('web-10'), row('web-2')], null, names))).toEqual([
    'web-2',
    'web-10',
  ])
})

test('what needs attention comes first, then what changes', () => {
  const rows = [
    row('a'),
    row('b', { state: 'stopping' }),
    row('c', { state: 'error' }),
    row('d', { state: 'stopped' }),
  ]

  expect(namesOf(sortRows(rows, null, names))).toEqual(['c', 'b', 'a', 'd'])
})

test('test fixtures come last, unless the list is sorted by a column', () => {
  const fixture = { state: 'error', mark: { fixture: true } } as const
  const rows = [row('broken-disk', fixture), row('web-01'), row('web-02')]

  expect(namesOf(sortRows(rows, null, names)).at(-1)).toBe('broken-disk')
  const byName = { column: 'name', descending: false } as const
  expect(namesOf(sortRows(rows, byName, names))[0]).toBe('broken-disk')
})

test('a row without a value is last in both directions', () => {
  const rows = [row('none'), row('has', { 'public-ip': '10.0.0.1' })]
  const sorted = (descending: boolean) =>
    namesOf(sortRows(rows, { column: 'address', descending }, names))

  expect(sorted(false)).toEqual(['has', 'none'])
  expect(sorted(true)).toEqual(['has', 'none'])
})

test('addresses are ordered as numbers', () => {
  const rows = [
    row('a', { 'public-ip': '10.0.0.20' }),
    row('b', { 'public-ip': '10.0.0.3' }),
  ]

  expect(namesOf(sortRows(rows, { column: 'address', descending: false }, names))).toEqual([
    'b',
    'a',
  ])
})

const pieces = [
  'web',
  'db',
  'node',
  '-',
  '.',
  '0',
  '00',
  '1',
  '9',
  '10',
  '02',
  'a',
  'z',
  'A',
] as const
const odd = ['É', 'é', '_', ' ', 'ß', '日', ':', '/'] as const

const textOf = (random: Random) =>
  Array.from({ length: random.below(6) }, () =>
    random.below(12) === 0 ? random.oneOf(odd) : random.oneOf(pieces),
  ).join('')

test.each(['en', 'de', 'fr'] as const)(
  'texts are in the order of the language %s',
  (language) => {
    speak(language, [])
    const random = randomly(3)
    for (let round = 0; round < 20_000; round += 1) {
      const [one, other] = [textOf(random), textOf(random)]
      const order = Math.sign(compareSortable(sortable(one), sortable(other)))
      expect([one, other, order]).toEqual([one, other, Math.sign(compareText(one, other))])
    }
    speak('en', [])
  },
)

test('a number of any length is in its place', () => {
  const texts = [
    '9'.repeat(29),
    '9'.repeat(30),
    '9'.repeat(31),
    '1'.repeat(60),
    '0'.repeat(60),
  ]
  for (const one of texts)
    for (const other of texts)
      expect(compareSortable(sortable(one), sortable(other))).toBe(compareText(one, other))
})

function randomRow(random: Random, id: number): Row {
  return row(textOf(random), {
    id: String(id % 50),
    zone: random.oneOf(['ch-gva-2', 'at-vie-1']),
    state: random.oneOf(['running', 'stopped', 'error', 'starting']),
    'public-ip': random.oneOf(['10.0.0.2', '10.0.0.10', '9.1.1.1']),
    'instance-type': { id: random.oneOf(['t1', 't2']) },
    'created-at': random.oneOf(['2026-01-01T00:00:00Z', '2025-12-01T00:00:00Z']),
    ...(random.below(9) === 0 ? { mark: { fixture: true } } : {}),
  })
}

test('a list that was kept sorted is the list that is sorted at once', () => {
  const random = randomly(4)
  const sorter = createSorter()
  const rows = new Map<string, Row>()
  let sort: Sort | null = null
  for (let round = 0; round < 400; round += 1) {
    for (let change = random.below(6); change > 0; change -= 1) {
      const next = randomRow(random, random.below(100))
      if (random.below(4) === 0)
        rows.delete([...rows.keys()][random.below(rows.size)] ?? '')
      else rows.set(next.key, next)
    }
    if (random.below(20) === 0)
      sort = { column: random.oneOf(sortableColumns), descending: random.below(2) === 0 }
    if (random.below(40) === 0) speak(i18n.locale === 'en' ? 'fr' : 'en', [])
    const kept = sorter(new Map(rows), sort, names).map(({ key }) => key)
    expect(kept).toEqual(sortRows(rows.values(), sort, names).map(({ key }) => key))
  }
  speak('en', [])
})

test('names of sizes that come later put rows in their places', () => {
  const rows = new Map(
    [
      row('a', { 'instance-type': { id: 't1' } }),
      row('b', { 'instance-type': { id: 't2' } }),
    ].map((one) => [one.key, one]),
  )
  const sorter = createSorter()
  const sort = { column: 'size', descending: false } as const
  const later = {
    ...names,
    types: new Map([...names.types, ['t2', { id: 't2', family: 'cpu', size: 'tiny' }]]),
  }
  expect(namesOf(sorter(rows, sort, names))).toEqual(['a', 'b'])
  expect(namesOf(sorter(rows, sort, later))).toEqual(['b', 'a'])
})
