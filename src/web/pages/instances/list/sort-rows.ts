/** Sorts the rows that the list shows, and keeps a sorted list sorted while a few of its rows change. */
import type { Row, Rows } from '../../../api/inventory.ts'
import { compareRows } from '../../../api/rows.ts'
import { compareText } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { i18n } from '../../../i18n.ts'
import {
  groupOf,
  sizeName,
  templateName,
  type Names,
  type StateGroup,
} from './select-rows.ts'

export const sortableColumns = [
  'name',
  'state',
  'zone',
  'size',
  'address',
  'template',
  'created',
] as const
export type SortColumn = (typeof sortableColumns)[number]
export type Sort = { column: SortColumn; descending: boolean }

const urgency: Record<StateGroup, number> = {
  attention: 0,
  changing: 1,
  running: 2,
  stopped: 2,
}

function addressKey(row: Row): string {
  return row['public-ip'] ?? row['ipv6-address'] ?? ''
}

function keyFor(column: SortColumn, names: Names): (row: Row) => string {
  switch (column) {
    case 'name':
      return (row) => row.name ?? row.id
    case 'state':
      return (row) => row.state
    case 'zone':
      return (row) => zoneCity(row.zone)
    case 'size':
      return (row) => sizeName(row, names) ?? ''
    case 'address':
      return addressKey
    case 'template':
      return (row) => templateName(row, names) ?? ''
    case 'created':
      return (row) => row['created-at'] ?? ''
  }
}

/** A text to compare, and for most names a form of it whose order is that of its characters. */
type Sortable = { text: string; plain: string | undefined }

/**
 * Most names have only these characters, which all our languages order as their numbers do; a number is
 * ordered by its length first. To compare two such texts takes a tenth of the time that a language needs.
 */
export function sortable(text: string): Sortable {
  const plain = /^(?:[a-z.-]|\d{1,30}(?!\d))*$/.test(text)
    ? text.replaceAll(
        /0*(\d+)/g,
        (_all, digits: string) => String.fromCharCode(48 + digits.length) + digits,
      )
    : undefined
  return { text, plain }
}

/** As `compareText` compares the texts. */
export function compareSortable(one: Sortable, other: Sortable): number {
  if (one.plain === undefined || other.plain === undefined)
    return compareText(one.text, other.text)
  return one.plain < other.plain ? -1 : Number(one.plain > other.plain)
}

type Keyed = { row: Row; name: Sortable; rank: number; key: Sortable | undefined }

/**
 * Compares by `sort`, or else by what needs attention and then by name, with test fixtures last; equal rows by name and id,
 * so that a refresh never shuffles them. Rows without a value come last in both directions.
 */
function orderOf(sort: Sort | null, names: Names) {
  const keyOf = sort && keyFor(sort.column, names)
  const isByName = sort?.column === 'name'
  const keyed = (row: Row): Keyed => {
    const name = sortable(row.name ?? row.id)
    const rank = row.mark?.fixture ? 3 : urgency[groupOf(row)]
    const key = keyOf?.(row)
    return { row, name, rank, key: isByName ? name : key ? sortable(key) : undefined }
  }
  const byName = (a: Keyed, b: Keyed) =>
    compareSortable(a.name, b.name) ||
    compareIds(a.row.id, b.row.id) ||
    compareIds(a.row.zone, b.row.zone)
  const sign = sort?.descending ? -1 : 1
  const compare = sort
    ? (a: Keyed, b: Keyed) => {
        if (!a.key || !b.key) return Number(!a.key) - Number(!b.key) || byName(a, b)
        return sign * compareSortable(a.key, b.key) || byName(a, b)
      }
    : (a: Keyed, b: Keyed) => a.rank - b.rank || byName(a, b)
  return { keyed, compare }
}

const compareIds = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/** Compares rows, each of which is looked at several times. */
function comparing(sort: Sort | null, names: Names): (a: Row, b: Row) => number {
  const { keyed, compare } = orderOf(sort, names)
  const seen = new Map<Row, Keyed>()
  const look = (row: Row) => {
    const known = seen.get(row) ?? keyed(row)
    seen.set(row, known)
    return known
  }
  return (a, b) => compare(look(a), look(b))
}

/** The rows in the order of `sort`. */
export function sortRows(rows: Iterable<Row>, sort: Sort | null, names: Names): Row[] {
  const { keyed, compare } = orderOf(sort, names)
  return Array.from(rows, keyed)
    .sort(compare)
    .map(({ row }) => row)
}

/** Where `item` belongs in a sorted list, at `from` or later. */
function placeOf<T>(
  item: T,
  list: readonly T[],
  compare: (a: T, b: T) => number,
  from = 0,
): number {
  let low = from
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const there = list[middle]
    if (there !== undefined && compare(there, item) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Two sorted lists as one. */
function merge<T>(
  one: readonly T[],
  other: readonly T[],
  compare: (a: T, b: T) => number,
): T[] {
  const merged: T[] = []
  let from = 0
  for (const item of other) {
    const place = placeOf(item, one, compare, from)
    while (from < place) merged.push(one[from++] as T) // there are so many
    merged.push(item)
  }
  while (from < one.length) merged.push(one[from++] as T) // there are so many
  return merged
}

/** So few rows are taken out and put in one by one, which is quicker than to look at all. */
const few = 20

function without(list: readonly Row[], gone: ReadonlySet<Row>): Row[] {
  if (gone.size > few) return list.filter((row) => !gone.has(row))
  const left = list.slice()
  for (const row of gone) left.splice(left.indexOf(row), 1)
  return left
}

/** The sorted list with the rows that have come, which are sorted as well. */
function withRows(
  list: readonly Row[],
  come: readonly Row[],
  compare: (a: Row, b: Row) => number,
): Row[] {
  if (come.length > few) return merge(list, come, compare)
  const all = list.slice()
  for (const row of come) all.splice(placeOf(row, all, compare), 0, row)
  return all
}

/**
 * Sorts as `sortRows` does, and remembers what it has sorted: of the same rows with a few changes, only
 * these are sorted and put in their places. What a row is compared by is made again for the few that are looked at,
 * because for all of them it takes half as much memory as the rows. Rows that were given aren't changed later: the next ones are compared with them.
 */
export function createSorter(): (
  rows: Rows,
  sort: Sort | null,
  names: Names,
) => readonly Row[] {
  let list: Row[] = []
  let of: Rows = new Map()
  let by: unknown[] = []
  return (rows, sort, names) => {
    const { column, descending } = sort ?? {}
    const needed = column === 'size' || column === 'template' ? names : undefined
    const now = [column, descending, needed, String(i18n.locales ?? i18n.locale)]
    if (now.some((one, at) => one !== by[at])) {
      list = []
      of = new Map()
    }
    const { come, gone } = compareRows(of, rows)
    const staying = without(list, gone)
    list = withRows(staying, sortRows(come, sort, names), comparing(sort, names))
    of = rows
    by = now
    return list
  }
}
