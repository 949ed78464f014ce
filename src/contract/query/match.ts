/**
 * Evaluates a query for rows of the instance list.
 *
 * What isn't known of a row is neither found nor excluded: a size whose name isn't read yet, a
 * missing creation time, an instance that may be protected. So each row that a query shows is shown for
 * what is known of it. Zones that don't respond keep their last known rows, and these are found by what was
 * known then. An address, label, manager or note that is absent is known to be absent.
 */
import type { ListedInstance } from '../feed.ts'
import { isInRange, readAddress, readRange } from './address.ts'
import { ageMs, type FlagName } from './fields.ts'
import { fold } from './fold.ts'
import { isGood, type Clause, type GoodTerm, type Query } from './parse.ts'

export type QueryRow = ListedInstance & { zone: string }

/** What a query needs to know in addition to the row; undefined where it isn't known. */
export type Facts<Row extends QueryRow = QueryRow> = {
  /** The server's time in epoch ms. */
  now: number
  /** All texts of a row in lower case, with a line break before and after each. */
  text: (row: Row) => string
  city: (zone: string) => string
  /** Such as `standard.medium`. */
  typeName: (row: Row) => string | undefined
  templateName: (row: Row) => string | undefined
  /** The tab of the list that a row is in. */
  group: (row: Row) => string
  /** Whether the person has marked it as a favorite. */
  favorite: (row: Row) => boolean | undefined
}

/** Whether it is so; undefined where that isn't known. */
type Test<Row> = (row: Row) => boolean | undefined
type TextTest = (text: string) => boolean

/** The pattern of a text with `*`. It can't take long: nothing in it is repeated inside a repetition. */
function wildcard(pattern: string): TextTest {
  const parts = fold(pattern).split(/\*+/)
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  const middle = parts.slice(1, -1)
  return (text) => {
    if (!text.startsWith(first)) return false
    let at = first.length
    for (const part of middle) {
      const found = text.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return text.length - last.length >= at && text.endsWith(last)
  }
}

/** Contains the value; with `*`, is what the pattern describes. For texts in lower case. */
const contains = (value: string): TextTest => {
  if (value.includes('*')) return wildcard(value)
  const wanted = fold(value)
  return (text) => text.includes(wanted)
}

const equals = (value: string): TextTest => {
  if (value.includes('*')) return wildcard(value)
  const wanted = fold(value)
  return (text) => text === wanted
}

/** Any test of `make` for any text; undefined if the row's text isn't known. */
function anyText<Row>(
  values: readonly string[],
  make: (value: string) => TextTest,
  textsOf: (row: Row) => readonly string[] | undefined,
): Test<Row> {
  const tests = values.map(make)
  return (row) => textsOf(row)?.some((text) => tests.some((test) => test(text)))
}

/** `gva` finds ch-gva-2, and so do `ch` and `geneva`: where a part or a word begins. */
function zoneTest(value: string): TextTest {
  if (value.includes('*')) return wildcard(value)
  const wanted = fold(value)
  return (text) =>
    text.startsWith(wanted) ||
    text.includes(`-${wanted}`) ||
    (text.includes(' ') && text.includes(` ${wanted}`))
}

/** The key alone, or the key and the whole value; an empty value is one, too. */
function labelTest(value: string): (key: string, text: string) => boolean {
  const at = value.indexOf('=')
  const isKey = equals(at < 0 ? value : value.slice(0, at))
  const isText = at < 0 ? () => true : equals(value.slice(at + 1))
  return (key, text) => isKey(fold(key)) && isText(fold(text))
}

const addressesOf = (row: QueryRow): string[] =>
  [row['public-ip'], row['ipv6-address']].filter((address) => address !== undefined)

function ipTest(value: string): TextTest {
  const range = readRange(value)
  if (range) {
    return (text) => {
      const address = readAddress(text)
      return address !== undefined && isInRange(address, range)
    }
  }
  const start = value.replace(/\*$/, '')
  return (text) => fold(text).startsWith(start)
}

function macsOf(row: QueryRow): string[] | undefined {
  const own = row['mac-address']
  const others = (row['private-networks'] ?? []).flatMap(
    (network) => network['mac-address'] ?? [],
  )
  const all = [...(own === undefined ? [] : [own]), ...others]
  // Every instance has one, so none is one that isn't known.
  return all.length > 0 ? all.map(fold) : undefined
}

function ageTest<Row extends QueryRow>(
  value: string,
  now: number,
  isOlder: boolean,
): Test<Row> {
  const limit = now - (ageMs(value) ?? Infinity)
  return (row) => {
    const created = Date.parse(row['created-at'] ?? '')
    return Number.isNaN(created) ? undefined : created <= limit === isOlder
  }
}

function flagTest<Row extends QueryRow>(flag: FlagName, facts: Facts<Row>): Test<Row> {
  switch (flag) {
    case 'protected':
    case 'rescue':
      return ({ mark }) => mark?.[flag]
    case 'noted':
      return ({ mark }) => Boolean(mark?.note)
    case 'favorite':
      return facts.favorite
    case 'managed':
      return ({ manager }) => Boolean(manager)
    case 'attention':
    case 'changing':
      return (row) => facts.group(row) === flag
  }
}

/** Any of the tests; undefined if none is true and one isn't known. */
function anyOf<Row>(tests: readonly Test<Row>[]): Test<Row> {
  const [only] = tests
  if (only && tests.length === 1) return only
  return (row) => {
    let result: boolean | undefined = false
    for (const test of tests) {
      const one = test(row)
      if (one) return true
      if (one === undefined) result = undefined
    }
    return result
  }
}

const known = (text: string | undefined) => (text === undefined ? undefined : [fold(text)])

function testOf<Row extends QueryRow>(
  { field, values }: GoodTerm,
  facts: Facts<Row>,
): Test<Row> {
  switch (field) {
    case 'text':
      // Not `contains`: for free words, `*` is a character like any other.
      return anyText(
        values,
        (value) => {
          const wanted = fold(value)
          return (text) => text.includes(wanted)
        },
        (row) => [facts.text(row)],
      )
    case 'whole': {
      const lines = values.map((value) => `\n${fold(value.replaceAll(/\s+/g, ' '))}\n`)
      return (row) => lines.some((line) => facts.text(row).includes(line))
    }
    case 'name':
      return anyText(values, contains, ({ name = '' }) => [fold(name)])
    case 'id':
      return anyText(values, contains, ({ id }) => [fold(id)])
    case 'note':
      return anyText(values, contains, ({ mark }) => [fold(mark?.note ?? '')])
    case 'type':
      return anyText(values, contains, (row) => known(facts.typeName(row)))
    case 'template':
      return anyText(values, contains, (row) => known(facts.templateName(row)))
    case 'state':
      return ({ state }) => values.includes(state)
    case 'zone':
      return anyText(values, zoneTest, ({ zone }) => [zone, fold(facts.city(zone))])
    case 'label': {
      const tests = values.map(labelTest)
      return ({ labels }) =>
        Object.entries(labels ?? {}).some(([key, text]) =>
          tests.some((test) => test(key, text)),
        )
    }
    case 'ip':
      return anyText(values, ipTest, addressesOf)
    case 'mac':
      return anyText(values, contains, macsOf)
    case 'older':
    case 'newer':
      return anyOf(values.map((value) => ageTest(value, facts.now, field === 'older')))
    case 'is':
      // The parser has let only flags through.
      return anyOf(values.map((value) => flagTest(value as FlagName, facts)))
  }
}

type Predicate<Row> = (row: Row) => boolean

function clauseTest<Row extends QueryRow>(
  { terms }: Clause,
  facts: Facts<Row>,
): Predicate<Row> | undefined {
  const tests = terms.filter(isGood).map((term): Predicate<Row> => {
    const test = testOf(term, facts)
    const wanted = !term.not
    return (row) => test(row) === wanted
  })
  const [only] = tests
  if (!only || tests.length === 1) return only
  return (row) => tests.some((test) => test(row))
}

/** Whether a row is what a query looks for. Parts with a problem aren't used. */
export function compileQuery<Row extends QueryRow>(
  { clauses }: Pick<Query, 'clauses'>,
  facts: Facts<Row>,
): Predicate<Row> {
  const tests = clauses.flatMap((clause) => clauseTest(clause, facts) ?? [])
  return (row) => tests.every((test) => test(row))
}
