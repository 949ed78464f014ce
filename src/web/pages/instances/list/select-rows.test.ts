import { expect, test } from 'vitest'

import { randomly } from '#contract/query/sample-queries.ts'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { countGroups, createTextOf, groupOf, phraseOf, searchRows } from './select-rows.ts'
import { sortRows } from './sort-rows.ts'

const names = {
  types: new Map([['t1', { id: 't1', family: 'standard', size: 'medium' }]]),
  templates: new Map([['u', 'Linux Ubuntu 24.04']]),
}
const row = (name: string, more: Partial<Row> = {}): Row =>
  rowOf(more.zone ?? 'ch-gva-2', { id: `id-${name}`, state: 'running', name, ...more })
const namesOf = (rows: readonly Row[]) => rows.map(({ name }) => name)
const find = (rows: Row[], text: string) =>
  namesOf(searchRows(rows, text, createTextOf(names)))

test('a label is found as it is written', () => {
  const rows = [row('a', { labels: { env: 'prod' } }), row('b')]

  expect(find(rows, 'ENV=prod')).toEqual(['a'])
})

test.each([
  ['env', 'prod', 'production'],
  ['team', 'web ops', 'web ops 2'],
  ['said', '"quoted"', 'quoted'],
  ['motto', 'two\nlines', 'two'],
  ['empty', '', 'x'],
])('a phrase finds the label %s=%s and no other that begins so', (key, value, other) => {
  const rows = [
    row('a', { labels: { [key]: value } }),
    row('b', { labels: { [key]: other } }),
  ]

  expect(find(rows, phraseOf(`${key}=${value}`))).toEqual(['a'])
  expect(find(rows, `${phraseOf(`${key}=${value}`)} id-b`)).toEqual([])
  expect(find(rows, 'id-')).toEqual(['a', 'b'])
})

test('one quotation mark is a word like any other', () => {
  const rows = [row('a', { labels: { size: '19"' } }), row('b')]

  expect(find(rows, '19"')).toEqual(['a'])
  expect(find(rows, '"')).toEqual(['a'])
})

test('every word has to be somewhere, in any field', () => {
  const rows = [
    row('web-01', { 'instance-type': { id: 't1' }, template: { id: 'u' } }),
    row('web-02', { zone: 'ch-dk-2' }),
  ]

  expect(find(rows, 'ubuntu standard.medium geneva')).toEqual(['web-01'])
  expect(find(rows, 'web zurich')).toEqual(['web-02'])
  expect(find(rows, 'web ubuntu zurich')).toEqual([])
})

test('an unknown state needs attention', () => {
  expect(groupOf({ state: 'melting' })).toBe('attention')
  expect(countGroups([row('a', { state: 'melting' }), row('b')])).toEqual({
    running: 1,
    stopped: 0,
    changing: 0,
    attention: 1,
  })
})

test('an instance whose state has been changing for too long needs attention', () => {
  const stuck = row('b', { state: 'starting', overdue: true })

  expect(groupOf(stuck)).toBe('attention')
  expect(groupOf(row('c', { state: 'starting' }))).toBe('changing')
  expect(namesOf(sortRows([row('a'), stuck], null, names))).toEqual(['b', 'a'])
})

test('rescue mode, protection and notes are found by their names and their words', () => {
  const words = { rescue: 'Rettungsmodus', protected: 'Geschützt', note: 'Notiz' }
  const textOf = createTextOf(names, words)
  const rows = [
    row('a', { mark: { rescue: true } }),
    row('b', { mark: { protected: true } }),
    row('c', { mark: { note: 'Ask Eva first' } }),
    row('d'),
  ]
  const find = (query: string) => namesOf(searchRows(rows, query, textOf))

  expect(find('rescue')).toEqual(['a'])
  expect(find('rettungsmodus')).toEqual(['a'])
  expect(find('protected')).toEqual(['b'])
  expect(find('geschützt')).toEqual(['b'])
  expect(find('eva note')).toEqual(['c'])
})

test('a search that remembers the one before finds what a first search finds', () => {
  const random = randomly(6)
  const textOf = createTextOf(names)
  let rows: Row[] = []
  let query = 'web'
  for (let round = 0; round < 300; round += 1) {
    rows = rows.slice()
    for (let change = random.below(4); change > 0; change -= 1) {
      const at = random.below(rows.length + 1)
      const one = row(random.oneOf(['web-1', 'web-2', 'db-1']), {
        id: `${round}-${change}`,
      })
      // Sorted lists lose a row here and get one there.
      rows.splice(at, random.below(rows.length > 40 ? 9 : 2))
      rows.splice(random.below(rows.length + 1), 0, one)
    }
    if (random.below(5) === 0) query = random.oneOf(['web', 'db 1', '2', 'geneva', 'none'])

    expect(searchRows(rows, query, textOf)).toEqual(
      searchRows(rows, query, createTextOf(names)),
    )
  }
})
