import { isTransitional } from '#contract/lifecycle.ts'
import { typeName } from '#contract/limits.ts'
/**
 * Selects the rows that the list shows. It is pure, so that it can be tested, and made
 * for ten thousand rows: the text of a row is lower-cased once and kept as long as the row.
 */
import { fold } from '#contract/query/fold.ts'
import type { InstanceType } from '#contract/types.ts'

import type { Row } from '../../../api/inventory.ts'
import { zoneCity } from '../../../components/zone-city.ts'

export const stateGroups = ['running', 'stopped', 'changing', 'attention'] as const
export type StateGroup = (typeof stateGroups)[number]

/** Names that a list lacks: it has only ids (docs/platform.md#bare-references). */
export type Names = {
  types: ReadonlyMap<string, InstanceType>
  templates: ReadonlyMap<string, string>
  /** What is missing may still come. */
  isReading?: boolean
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

type TextOf = (row: Row) => string

/** What was searched last: the next time, most of it is the same. */
type Search = {
  rows: readonly Row[]
  query: string
  texts: readonly string[]
  hits: readonly boolean[]
}

const lastSearches = new WeakMap<TextOf, Search>()

/** How far a row is looked for that isn't where it was: a few before it may be gone. */
const aheadMost = 4

/**
 * Tells for each of `rows`, asked for in their order, where it was in `before`, or -1. But for a few rows both have the same
 * order, so no key has to be looked up.
 */
function placesIn(before: readonly Row[], rows: readonly Row[]): (row: Row) => number {
  if (before === rows) {
    let at = 0
    return () => at++
  }
  let next = 0
  return (row) => {
    for (let at = next; at <= next + aheadMost; at += 1) {
      if (before[at] !== row) continue
      next = at + 1
      return at
    }
    return -1
  }
}

function hasAll(text: string, terms: readonly string[]): boolean {
  for (const term of terms) if (!text.includes(term)) return false
  return true
}

/** The rows that contain every term of `query`, in their order. */
export function searchRows(
  rows: readonly Row[],
  query: string,
  textOf: TextOf,
): readonly Row[] {
  const terms = termsOf(query)
  if (terms.length === 0) return rows
  const last = lastSearches.get(textOf)
  const placeOf = placesIn(last?.rows ?? [], rows)
  const isSame = last?.query === query
  const texts: string[] = []
  const hits: boolean[] = []
  const found: Row[] = []
  for (const row of rows) {
    const at = placeOf(row)
    const text = last?.texts[at] ?? textOf(row)
    const known = isSame ? last.hits[at] : undefined
    const isFound = known ?? hasAll(text, terms)
    texts.push(text)
    hits.push(isFound)
    if (isFound) found.push(row)
  }
  lastSearches.set(textOf, { rows, query, texts, hits })
  return found
}

export function countGroups(rows: readonly Row[]): Record<StateGroup, number> {
  const counts = { running: 0, stopped: 0, changing: 0, attention: 0 }
  for (const row of rows) counts[groupOf(row)] += 1
  return counts
}
