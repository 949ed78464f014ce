import { instanceStates } from '#contract/lifecycle.ts'
import {
  fieldNames,
  fieldOf,
  flagNames,
  isHalfKnown,
  type FieldName,
  type FlagName,
} from '#contract/query/fields.ts'
/** Finds what could stand at the cursor of a query. It is pure, so that it can be tested. */
import { fold } from '#contract/query/fold.ts'
import { isBad, parseQuery, type Span } from '#contract/query/parse.ts'
import { termText } from '#contract/query/print.ts'

/** How often each value occurs, the most frequent first. */
export type Counts = readonly (readonly [value: string, count: number])[]

/** What the instances have. */
export type KnownValues = {
  states: Counts
  /** By the zone's code. */
  zones: Counts
  /** Written as `key=value`. */
  labels: Counts
  types: Counts
  templates: Counts
  flags: ReadonlyMap<FlagName, number>
}

export type Option = {
  /** What replaces the part at the cursor. */
  text: string
  /** A field alone: its value comes next. */
  isField: boolean
  /** What the option is about, for its explanation. */
  about: { field: FieldName; value?: string }
  count?: number
}

export type Suggestions = Span & {
  options: readonly Option[]
  /** A field has no value yet, or none that is one, so Enter takes the first option. */
  isValue: boolean
}

const most = 8
const ages = ['12h', '7d', '30d', '8w', '1y']

/** The part of a zone's code that no other known zone has, such as `gva`, or else the code. */
export function shortZone(zone: string, zones: readonly string[]): string {
  const [, part] = zone.split('-')
  if (!part) return zone
  return zones.some((other) => other !== zone && other.split('-').includes(part))
    ? zone
    : part
}

/** Values that contain `typed`; those that begin with it come first. */
function matching(values: Counts, typed: string): Counts {
  const wanted = typed.toLowerCase()
  const found = values.filter(([value]) => value.toLowerCase().includes(wanted))
  const starts = (value: string) => value.toLowerCase().startsWith(wanted)
  return [
    ...found.filter(([value]) => starts(value)),
    ...found.filter(([value]) => !starts(value)),
  ]
}

const without = (values: readonly string[]): Counts => values.map((value) => [value, -1])

/** The values of a field; a count of -1 is none. */
function valuesOf(
  field: FieldName,
  known: KnownValues,
  not: boolean,
  city: (zone: string) => string,
  typed: string,
): Counts {
  switch (field) {
    case 'state': {
      const counts = new Map(known.states)
      const all = instanceStates.map((state) => [state, counts.get(state) ?? 0] as const)
      return matching(
        all.toSorted((a, b) => b[1] - a[1]),
        typed,
      )
    }
    case 'is': {
      const flags = flagNames.filter((flag) => !(not && isHalfKnown(flag)))
      return matching(
        flags.map((flag) => [flag, known.flags.get(flag) ?? 0] as const),
        typed,
      )
    }
    case 'zone': {
      const zones = known.zones.map(([zone]) => zone)
      const wanted = fold(typed)
      return known.zones
        .filter(([zone]) => fold(`${zone} ${city(zone)}`).includes(wanted))
        .map(([zone, count]) => [shortZone(zone, zones), count] as const)
    }
    case 'label':
      return matching(known.labels, typed)
    case 'type':
      return matching(known.types, typed)
    case 'template':
      return matching(known.templates, typed)
    case 'older':
    case 'newer':
      return matching(without(ages), typed)
    default:
      return []
  }
}

const optionOf = (
  lead: string,
  field: FieldName,
  [value, count]: readonly [string, number],
): Option => ({
  text: lead + termText(field, value).slice(field.length + 1),
  isField: false,
  about: { field, value },
  ...(count < 0 ? {} : { count }),
})

/** For a free word: fields that begin so, and values that contain it. */
function forWord(
  sign: string,
  typed: string,
  known: KnownValues,
  city: (zone: string) => string,
): Option[] {
  const fields = fieldNames
    .filter((field) => field.startsWith(typed.toLowerCase()) && field !== 'text')
    .map((field) => ({ text: `${sign}${field}:`, isField: true, about: { field } }))
  if (typed === '') return fields
  const values = (['is', 'state', 'zone', 'label', 'type'] as const).flatMap((field) =>
    valuesOf(field, known, sign !== '', city, typed)
      .filter(([, count]) => count !== 0)
      .slice(0, 3)
      .map((value) => optionOf(`${sign}${field}:`, field, value)),
  )
  return [...fields, ...values].slice(0, most)
}

/** The options for the term in which the cursor is, or for a new one. */
export function suggest(
  text: string,
  cursor: number,
  known: KnownValues,
  city: (zone: string) => string,
): Suggestions {
  const terms = parseQuery(text).clauses.flatMap((clause) => clause.terms)
  const term = terms.find(({ start, end }) => start < cursor && cursor <= end)
  const { start, end } = term ?? { start: cursor, end: cursor }
  const before = text.slice(start, cursor)
  const [, sign = '', word = '', value] =
    /^(-?)([a-z][a-z-]*)?(?::(.*))?$/is.exec(before) ?? []
  const field = value === undefined ? undefined : fieldOf(word)
  if (field && value !== undefined) {
    // Earlier values of the same field stay.
    const last = value.slice(value.lastIndexOf('|') + 1)
    const lead = before.slice(0, before.length - last.length)
    const typed = last.replace(/^"/, '')
    const values = valuesOf(field, known, sign !== '', city, typed).slice(0, most)
    const options = values.map((one) => optionOf(lead, field, one))
    // What is complete already needs no suggestion.
    const isDone = options.length === 1 && options[0]?.text === text.slice(start, end)
    // What can be used as it is stays as it is.
    const isValue = typed === '' || (term !== undefined && isBad(term))
    return { start, end, options: isDone ? [] : options, isValue }
  }
  const free = before.startsWith('-') ? before.slice(1) : before
  // A phrase and an unknown field have no suggestions.
  if (/[":]/.test(free)) return { start, end, options: [], isValue: false }
  const options = forWord(before.startsWith('-') ? '-' : '', free, known, city)
  return { start, end, options, isValue: false }
}
