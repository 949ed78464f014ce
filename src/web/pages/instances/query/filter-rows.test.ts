import { expect, test } from 'vitest'

import { parseQuery } from '#contract/query/parse.ts'
import {
  randomly,
  randomQuery,
  randomRow,
  sampleNow,
  sensibleQuery,
} from '#contract/query/sample-queries.ts'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { createTextOf, searchRows } from '../list/select-rows.ts'
import { createSorter, sortRows } from '../list/sort-rows.ts'
import { absentTerms, filterRows, needsFavorites } from './filter-rows.ts'
import { isPlain } from './load-tools.ts'

const names = { types: new Map(), templates: new Map() }
const textOf = createTextOf(names)
const keys = (rows: readonly { key: string }[]) => rows.map(({ key }) => key)

test('plain words find the same with and without the query language', () => {
  const random = randomly(11)
  const rows = Array.from({ length: 200 }, (_, at) => {
    const { zone, ...row } = randomRow(random, at)
    return rowOf(zone, row)
  })
  let compared = 0
  for (let round = 0; round < 10_000; round += 1) {
    const text = randomQuery(random)
    if (!isPlain(text)) continue
    compared += 1
    const found = filterRows(rows, text, { names, textOf, now: 0, favorites: undefined })

    expect(keys(found), text).toEqual(keys(searchRows(rows, text, textOf)))
  }
  expect(compared).toBeGreaterThan(500)
})

test('what is kept from change to change is what is found anew', () => {
  const random = randomly(12)
  const keptTexts = createTextOf(names)
  const sorter = createSorter()
  const rows = new Map<string, Row>()
  for (let round = 0; round < 300; round += 1) {
    for (let change = random.below(20); change >= 0; change -= 1) {
      const { zone, ...row } = randomRow(random, random.below(150))
      const next = rowOf(zone, row)
      rows.set(next.key, next)
    }
    const text = sensibleQuery(random)
    const known = { names, now: sampleNow, favorites: undefined }
    const kept = filterRows(sorter(new Map(rows), null, names), text, {
      ...known,
      textOf: keptTexts,
    })

    const anew = { ...known, textOf: createTextOf(names) }
    const found = filterRows(sortRows(rows.values(), null, names), text, anew)
    expect(keys(kept), text).toEqual(keys(found))
  }
})

test.each(['web prod', '"env=prod"', 'or', 'web-01', 'ORACLE'])('%s is plain', (text) => {
  expect(isPlain(text)).toBe(true)
})

test.each(['state:x', 'a OR b', 'a | b', '-x', 'a -x', 'OR'])('%s is not plain', (text) => {
  expect(isPlain(text)).toBe(false)
})

test('favorites are found by the mark, and neither found nor excluded while they aren’t known', () => {
  const rows = ['a', 'b'].map((id) => rowOf('ch-gva-2', { id, state: 'running' }))
  const find = (text: string, favorites: ReadonlySet<string> | undefined) =>
    keys(filterRows(rows, text, { names, textOf, now: 0, favorites }))
  const marked = new Set(['ch-gva-2/b', 'ch-gva-2/gone'])

  expect(find('is:favorite', marked)).toEqual(['ch-gva-2/b'])
  expect(find('-is:favorite', marked)).toEqual(['ch-gva-2/a'])
  expect(find('is:favorite', undefined)).toEqual([])
  expect(find('-is:favorite', undefined)).toEqual([])
  expect(needsFavorites('a OR is:noted|starred')).toBe(true)
  expect(needsFavorites('is:noted name:favorite')).toBe(false)
})

test('no instance is said to lack a size or a template whose name isn’t known', () => {
  const rows = ['public', 'own'].map((id) =>
    rowOf('ch-gva-2', {
      id,
      state: 'running',
      'instance-type': { id: 't' },
      template: { id },
    }),
  )
  const absent = (text: string, templates: [id: string, name: string][]) =>
    absentTerms(parseQuery(text), new Map(rows.map((row) => [row.key, row])), {
      types: new Map([['t', { id: 't', family: 'gpu3', size: 'small' }]]),
      templates: new Map(templates),
    }).map(({ values }) => values.join())
  const listed: [string, string] = ['public', 'Linux Ubuntu']

  // As with a key that may not read the private templates.
  expect(absent('template:shop type:huge label:x', [listed])).toEqual(['huge', 'x'])
  expect(absent('template:shop', [listed, ['own', 'shop-base']])).toEqual([])
  expect(absent('template:mars', [listed, ['own', 'shop-base']])).toEqual(['mars'])
  expect(absent('-template:mars', [listed, ['own', 'shop-base']])).toEqual([])
})
