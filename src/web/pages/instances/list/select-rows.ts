import { isTransitional } from '#contract/lifecycle.ts'
import { typeName } from '#contract/limits.ts'
/**
 * Selects and sorts the rows that the list shows. It is pure, so that it can be tested, and made
 * for ten thousand rows: the text of a row is lower-cased once and kept as long as the row.
 */
import { fold } from '#contract/query/fold.ts'
import type { InstanceType } from '#contract/types.ts'

import type { Row } from '../../../api/inventory.ts'
import { compareText } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'

export const stateGroups = ['running', 'stopped', 'changing', 'attention'] as const
export type StateGroup = (typeof stateGroups)[number]

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

/** Names that a list lacks: it has only ids (docs/platform.md#bare-references). */
export type Names = {
  types: ReadonlyMap<string, InstanceType>
  templates: ReadonlyMap<string, string>
  /** What is missing may still come. */
  isReading?: boolean
  /** Some could not be read. */
  isMissing?: boolean
}

/** What the marks of a row are called, in the reader's language. */
export type MarkWords = Record<'rescue' | 'protected' | 'note', string>
/** What people also call them; it is found whatever the language. */
const markAliases: MarkWords = {
  rescue: 'rescue mode',
  protected: 'protected locked',
  note: 'note',
}

function markText({ mark = {} }: Row, words: MarkWords): string[] {
  const { note } = mark
  const named = (['rescue', 'protected', 'note'] as const).flatMap((one) =>
    mark[one] ? [words[one], markAliases[one]] : [],
  )
  return note ? [...named, note] : named
}

/** An unknown state needs attention, as an error does, and one that should have ended long ago. */
export function groupOf({ state, overdue }: Pick<Row, 'state' | 'overdue'>): StateGroup {
  if (overdue) return 'attention'
  if (state === 'running' || state === 'stopped') return state
  return isTransitional(state) || state === 'migrating' || state === 'destroyed'
    ? 'changing'
    : 'attention'
}

export function sizeName(row: Row, names: Names): string | undefined {
  const type = names.types.get(row['instance-type']?.id ?? '')
  return type && typeName(type)
}

export function templateName(row: Row, names: Names): string | undefined {
  return names.templates.get(row.template?.id ?? '')
}

export function createTextOf(
  names: Names,
  words: MarkWords = markAliases,
): (row: Row) => string {
  const kept = new WeakMap<Row, string>()
  return (row) => {
    const known = kept.get(row)
    if (known !== undefined) return known
    const labels = Object.entries(row.labels ?? {}).map(([name, value]) =>
      inOneLine(`${name}=${value}`),
    )
    const parts = [
      row.name,
      row.id,
      row.state,
      row.zone,
      zoneCity(row.zone),
      row['public-ip'],
      row['ipv6-address'],
      sizeName(row, names),
      templateName(row, names),
      ...labels,
      ...markText(row, words),
    ]
    const text = `\n${fold(parts.filter(Boolean).join('\n'))}\n`
    kept.set(row, text)
    return text
  }
}

const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

/** Searches for a whole value, such as `env=prod` but not `env=production`. */
export const phraseOf = (value: string) => `"${inOneLine(value).replaceAll('"', '""')}"`

/** The words of a query, and its phrases in quotation marks, which stand for a whole line. */
function termsOf(query: string): string[] {
  const terms = fold(query).match(/"(?:[^"]|"")+"(?!\S)|\S+/g) ?? []
  return terms.map((term) =>
    /^"(?:[^"]|"")+"$/.test(term)
      ? `\n${inOneLine(term.slice(1, -1).replaceAll('""', '"'))}\n`
      : term,
  )
}

/** The rows that contain every term of `query`, in their order. */
export function searchRows(
  rows: readonly Row[],
  query: string,
  textOf: (row: Row) => string,
): Row[] {
  const terms = termsOf(query)
  if (terms.length === 0) return [...rows]
  return rows.filter((row) => {
    const text = textOf(row)
    return terms.every((term) => text.includes(term))
  })
}

export function countGroups(rows: readonly Row[]): Record<StateGroup, number> {
  const counts = { running: 0, stopped: 0, changing: 0, attention: 0 }
  for (const row of rows) counts[groupOf(row)] += 1
  return counts
}

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

/**
 * Sorts by `sort`, or else by what needs attention and then by name, with test fixtures last; equal rows by name and id,
 * so that a refresh never shuffles them. Rows without a value come last in both directions.
 */
export function sortRows(rows: Iterable<Row>, sort: Sort | null, names: Names): Row[] {
  // The key is computed once per row: ten thousand rows are compared far more often.
  const keyOf = sort ? keyFor(sort.column, names) : () => ''
  const keyed = Array.from(rows, (row) => ({
    row,
    name: row.name ?? row.id,
    rank: row.mark?.fixture ? 3 : urgency[groupOf(row)],
    key: keyOf(row),
  }))
  type Keyed = (typeof keyed)[number]
  const byName = (a: Keyed, b: Keyed) =>
    compareText(a.name, b.name) || (a.row.id < b.row.id ? -1 : 1)
  const sign = sort?.descending ? -1 : 1
  keyed.sort(
    sort
      ? (a, b) => {
          if (!a.key || !b.key) return Number(!a.key) - Number(!b.key) || byName(a, b)
          return sign * compareText(a.key, b.key) || byName(a, b)
        }
      : (a, b) => a.rank - b.rank || byName(a, b),
  )
  return keyed.map(({ row }) => row)
}
