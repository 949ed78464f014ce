import { compileQuery, type Facts } from '#contract/query/match.ts'
import { isGood, parseQuery, type GoodTerm, type Query } from '#contract/query/parse.ts'

import type { Row, Rows } from '../../../api/inventory.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { groupOf, sizeName, templateName, type Names } from '../list/select-rows.ts'

type Known = {
  names: Names
  textOf: (row: Row) => string
  /** The server's time in epoch ms. */
  now: number
  /** The person's; undefined while they aren't known. */
  favorites: ReadonlySet<string> | undefined
}

const factsOf = ({ names, textOf, now, favorites }: Known): Facts<Row> => ({
  now,
  text: textOf,
  city: zoneCity,
  typeName: (row) => sizeName(row, names),
  templateName: (row) => templateName(row, names),
  group: groupOf,
  favorite: ({ key }) => favorites?.has(key),
})

/** The rows that a query finds, in their order. Parts that can't be read aren't used. */
export function filterRows(rows: readonly Row[], text: string, known: Known): Row[] {
  return rows.filter(compileQuery(parseQuery(text), factsOf(known)))
}

/** Whether a query can only be evaluated with the person's favorites. */
export const needsFavorites = (text: string): boolean =>
  parseQuery(text).clauses.some(({ terms }) =>
    terms.some(
      (term) => isGood(term) && term.field === 'is' && term.values.includes('favorite'),
    ),
  )

const mayBeAbsent = new Set<string>(['label', 'zone', 'type', 'template'])

/**
 * The terms for a label, a zone, a size or a template that no instance has. A size or a template whose name
 * isn't known may be the one, as a template that Exoscale has stopped listing.
 */
export function absentTerms({ clauses }: Query, rows: Rows, names: Names): GoodTerm[] {
  const facts = factsOf({ names, textOf: () => '', now: 0, favorites: undefined })
  return clauses
    .flatMap(({ terms }) => terms)
    .filter(isGood)
    .filter((term) => {
      const { field, not, start, end } = term
      if (not || !mayBeAbsent.has(field)) return false
      const opposite = { ...term, not: true }
      const excludes = compileQuery({ clauses: [{ start, end, terms: [opposite] }] }, facts)
      for (const row of rows.values()) if (!excludes(row)) return false
      return true
    })
}
