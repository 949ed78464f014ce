import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { arrange, groupName, isGroup, placesOf, type GroupBy } from './group-rows.ts'

const row = (id: string, env?: string, zone = 'ch-gva-2'): Row =>
  rowOf(zone, {
    id,
    state: 'running',
    ...(env === undefined ? {} : { labels: { env } }),
  })
const plain = {
  group: null,
  favoritesFirst: false,
  favorites: undefined,
  folded: new Set<string>(),
}
const by = (group: GroupBy, rows: readonly Row[], folded: string[] = []) =>
  arrange(rows, { ...plain, group, folded: new Set(folded) })
const lines = (all: ReturnType<typeof by>) =>
  all.lines.map((line) =>
    isGroup(line) ? `${groupName(line)} ${line.rows.length}` : line.id,
  )

test('groups are in the order people count in, and rows without the label come last', () => {
  const rows = [
    row('a'),
    row('b', 'web10'),
    row('c', 'web2'),
    row('d', ''),
    row('e', 'web2'),
  ]

  expect(lines(by('label:env', rows))).toEqual([
    'env= 1',
    'd',
    'env=web2 2',
    'c',
    'e',
    'env=web10 1',
    'b',
    'env= 1',
    'a',
  ])
  const last = by('label:env', rows).lines.findLast(isGroup)
  expect(last?.value).toBeUndefined()
})

test('rows keep their order inside a group, and exports and ranges follow the groups', () => {
  const rows = [row('z', 'b'), row('y', 'a'), row('x', 'b'), row('w', 'a')]

  expect(by('label:env', rows).rows.map(({ id }) => id)).toEqual(['y', 'w', 'z', 'x'])
})

test('a collapsed group shows its heading alone, and its rows stay rows of the list', () => {
  const all = by('label:env', [row('a', 'x'), row('b', 'y')], ['#label:env=x'])

  expect(lines(all)).toEqual(['env=x 1', 'env=y 1', 'b'])
  expect(all.rows.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('zones are grouped by their city’s name', () => {
  const rows = [
    row('a', 'x', 'ch-dk-2'),
    row('b', 'x', 'ch-gva-2'),
    row('c', 'x', 'at-vie-1'),
  ]

  expect(lines(by('zone', rows)).filter((line) => line.includes(' '))).toEqual([
    'Geneva 1',
    'Vienna 1',
    'Zurich 1',
  ])
})

test('no key of a group is that of another or of a row', () => {
  const keys = by('label:env', [row('a'), row('b', ''), row('c', 'x')]).lines.map(
    ({ key }) => key,
  )

  expect(new Set(keys).size).toBe(keys.length)
})

test('favorites come first, in each group, and nothing moves while they aren’t known', () => {
  const rows = [row('a', 'x'), row('b', 'y'), row('c', 'x'), row('d', 'y')]
  const first = (group: GroupBy | null, favorites: string[] | undefined) =>
    arrange(rows, {
      ...plain,
      group,
      favoritesFirst: true,
      favorites: favorites && new Set(favorites.map((id) => `ch-gva-2/${id}`)),
    }).rows.map(({ id }) => id)

  expect(first(null, ['d', 'c'])).toEqual(['c', 'd', 'a', 'b'])
  expect(first('label:env', ['d', 'c'])).toEqual(['c', 'a', 'd', 'b'])
  expect(first(null, undefined)).toEqual(['a', 'b', 'c', 'd'])
})

test('ten thousand rows are grouped quickly enough for each refresh', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => row(String(at), String(at % 500)))

  expect(by('label:env', rows).lines).toHaveLength(10_500)
})

test('headings have no place among the rows, and rows of collapsed groups neither', () => {
  const rows = [row('a', 'x'), row('b', 'y'), row('c', 'z'), row('d', 'z')]

  expect(placesOf(by('label:env', rows, ['#label:env=y']).lines)).toEqual([
    undefined,
    1,
    undefined,
    undefined,
    2,
    3,
  ])
  expect(placesOf(rows)).toEqual([1, 2, 3, 4])
})
