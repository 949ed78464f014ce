/** Reads and writes the list's filters, sort and columns in the address, so that they can be shared. */
import type { GroupBy } from '../groups/group-rows.ts'
import { stateGroups, type StateGroup } from './select-rows.ts'
import { sortableColumns, type Sort } from './sort-rows.ts'

export const columnIds = [
  'state',
  'zone',
  'size',
  'address',
  'labels',
  'template',
  'created',
] as const
export type ColumnId = (typeof columnIds)[number]

/** What is shown until a person chooses; wide screens also show the template. */
export const defaultColumns: readonly ColumnId[] = [
  'state',
  'zone',
  'size',
  'address',
  'labels',
  'created',
]

export type ListView = {
  text: string
  state: StateGroup | null
  zone: string | null
  /** null: what needs attention first. */
  sort: Sort | null
  columns: readonly ColumnId[]
  /** What the rows are grouped by. */
  group: GroupBy | null
  /** The person's favorites come first, each part in the order of `sort`. */
  favoritesFirst: boolean
}

function readSort(value: string | null): Sort | null {
  const descending = value?.startsWith('-') ?? false
  const name = descending ? value?.slice(1) : value
  const column = sortableColumns.find((one) => one === name)
  return column ? { column, descending } : null
}

function readColumns(value: string | null): readonly ColumnId[] {
  if (value === null) return defaultColumns
  const wanted = value.split(',')
  return columnIds.filter((id) => wanted.includes(id))
}

export const isGrouping = (value: string | null): value is GroupBy =>
  value === 'zone' || /^label:./s.test(value ?? '')

/** Unknown values are ignored rather than reported: addresses get old. */
export function readView(search: URLSearchParams): ListView {
  const group = search.get('group')
  return {
    text: search.get('q') ?? '',
    state: stateGroups.find((group) => group === search.get('state')) ?? null,
    zone: search.get('zone') || null,
    sort: readSort(search.get('sort')),
    columns: readColumns(search.get('cols')),
    group: isGrouping(group) ? group : null,
    favoritesFirst: search.get('first') === 'favorites',
  }
}

/** `search` with the view written into it; defaults are omitted, other keys are kept. */
export function writeView(search: URLSearchParams, view: ListView): URLSearchParams {
  const { text, state, zone, sort, columns, group, favoritesFirst } = view
  const next = new URLSearchParams(search)
  const put = (key: string, value: string | null) => {
    if (value === null || value === '') next.delete(key)
    else next.set(key, value)
  }
  put('q', text)
  put('state', state)
  put('zone', zone)
  put('sort', sort && `${sort.descending ? '-' : ''}${sort.column}`)
  put('group', group)
  put('first', favoritesFirst ? 'favorites' : null)
  // By identity: the same columns, chosen by a person, have no template on a wide screen.
  if (columns === defaultColumns) next.delete('cols')
  else next.set('cols', columns.join(','))
  return next
}
