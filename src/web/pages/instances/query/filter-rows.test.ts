import { expect, test } from 'vitest'

import { randomly, randomQuery, randomRow } from '#contract/query/sample-queries.ts'

import { rowOf } from '../../../api/inventory.ts'
import { createTextOf, searchRows } from '../list/select-rows.ts'
import { filterRows, needsFavorites } from './filter-rows.ts'
import { isPlain } from './load-tools.ts'

const names = { types: new Map(), templates: new Map() }
const textOf = createTextOf(names)
const keys = (rows: { key: string }[]) => rows.map(({ key }) => key)

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
