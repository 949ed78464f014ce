/**
 * Reads a query of the instance list, such as `state:stopped zone:gva -name:test label:env=prod`.
 *
 * A query is a list of terms. All of them have to be true; `OR` or `|` between two terms joins these
 * two, of which one has to be true: `a b OR c` is `a` and (`b` or `c`). A minus sign before a term excludes
 * what it finds. A term is `field:value` (fields.ts) with values joined by `|`, of which one has to be
 * true, or a free word, which is searched for in all texts of an instance; a free word in quotation
 * marks has to be a whole value. In values, quotation marks hold spaces together and `""` is one
 * quotation mark; `*` stands for any text.
 *
 * Nothing is thrown: a part that can't be read becomes a term of its own with the reason. It is printed
 * as it was, underlined by the pages, and not used.
 */
import { instanceStates } from '../lifecycle.ts'
import { isAddressStart, readRange } from './address.ts'
import {
  ageMs,
  fieldNames,
  fieldOf,
  flagNames,
  flagOf,
  isHalfKnown,
  nearest,
  stateOf,
  type FieldName,
} from './fields.ts'

/** From the first character to the one before `end`, as UTF-16 code units of the query. */
export type Span = { start: number; end: number }

/**
 * Why a part can't be used. `cannot-exclude`: of which instances it isn't so can't be said.
 * `lonely-or`: it has no term on one of its sides. `too-many`: the query has more than `mostTerms`.
 */
export type ProblemCode =
  | 'unknown-field'
  | 'no-value'
  | 'unknown-value'
  | 'bad-age'
  | 'bad-address'
  | 'unclosed-quote'
  | 'cannot-exclude'
  | 'lonely-or'
  | 'too-many'

export type Problem = Span & {
  code: ProblemCode
  /** The field, as it was written. */
  field?: string
  value?: string
  /** What it may have meant: a field or a value. */
  near?: string
}

export type GoodTerm = Span & {
  not: boolean
  /** `whole`: a free phrase, which is the whole of a value. */
  field: FieldName | 'whole'
  /** Canonical (print.ts); at least one, of which one has to be true. */
  values: readonly string[]
}
export type BadTerm = Span & { problem: Problem; source: string }
export type Term = GoodTerm | BadTerm

/** One of the terms has to be true. */
export type Clause = Span & { terms: readonly Term[] }

export type Query = {
  text: string
  /** All have to be true. */
  clauses: readonly Clause[]
  /** In the order of their places; those of a query's terms and no others. */
  problems: readonly Problem[]
}

export const isBad = (term: Term): term is BadTerm => 'problem' in term
export const isGood = (term: Term): term is GoodTerm => !isBad(term)

/** Terms past these aren't used: a query is evaluated for ten thousand rows at each key. */
export const mostTerms = 100

const phrase = /"(?:[^"]|"")+"(?!\S)/y
const word = /\S+/y
const space = /\s*/y
const fieldStart = /([a-z][a-z-]*):/iy

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const unquoted = (text: string) => text.slice(1, -1).replaceAll('""', '"')

type Values = { values: string[]; end: number; unclosed: boolean }

/** The values from `at` to the next white space outside of quotation marks. */
function readValues(text: string, at: number): Values {
  const values: string[] = []
  let value = ''
  let wasQuoted = false
  let end = at
  const take = () => {
    if (value !== '' || wasQuoted) values.push(value)
    value = ''
    wasQuoted = false
  }
  while (end < text.length) {
    const letter = text[end] ?? ''
    if (/\s/.test(letter)) break
    const mayQuote = value === '' || value.endsWith('=')
    if (letter === '"' && mayQuote && !wasQuoted) {
      const quoted = matchAt(/"(?:[^"]|"")*"/y, text, end)?.[0]
      if (quoted === undefined) return { values, end: text.length, unclosed: true }
      value += unquoted(quoted)
      wasQuoted = true
      end += quoted.length
      continue
    }
    if (letter === '|') take()
    else value += letter
    end += 1
  }
  take()
  return { values, end, unclosed: false }
}

type Fault = Omit<Problem, 'start' | 'end'>

/** A value in its canonical form, or why it is none. */
function readValue(field: FieldName, value: string): string | Fault {
  const fault = (code: ProblemCode, near?: string): Fault => ({
    code,
    field,
    value,
    ...(near === undefined ? {} : { near }),
  })
  switch (field) {
    case 'state':
      return stateOf(value) ?? fault('unknown-value', nearest(value, instanceStates))
    case 'is':
      return flagOf(value) ?? fault('unknown-value', nearest(value, flagNames))
    case 'older':
    case 'newer': {
      if (ageMs(value) === undefined) return fault('bad-age')
      return value.toLowerCase().replace(/^0+(?=\d)/, '')
    }
    case 'ip': {
      const isFine = readRange(value) !== undefined || isAddressStart(value)
      return isFine ? value.toLowerCase() : fault('bad-address')
    }
    case 'mac':
      return /^[0-9a-f:.*-]+$/i.test(value)
        ? value.toLowerCase().replaceAll('-', ':')
        : fault('bad-address')
    case 'zone':
      return value.toLowerCase()
    default:
      return value
  }
}

/** `env=prod|staging` is `env=prod|env=staging`. */
function withKeys(values: readonly string[]): string[] {
  let key = ''
  return values.map((value) => {
    const at = value.indexOf('=')
    if (at >= 0) key = value.slice(0, at + 1)
    return at >= 0 ? value : key + value
  })
}

/** The canonical values of a field, or the first reason why there are none. */
function canonical(field: FieldName, written: readonly string[]): string[] | Fault {
  const values: string[] = []
  const read = written.filter((value) => value !== '')
  if (read.length === 0) return { code: 'no-value', field }
  for (const value of field === 'label' ? withKeys(read) : read) {
    const one = readValue(field, value)
    if (typeof one !== 'string') return one
    if (!values.includes(one)) values.push(one)
  }
  return values
}

const looksLikeAddress = /^[0-9a-f:./]+$/i

type Token = { end: number } & (
  | { kind: 'or' }
  | { kind: 'good'; not: boolean; field: GoodTerm['field']; values: readonly string[] }
  | { kind: 'bad'; fault: Fault }
)

/** A term with a field at `at`; undefined if a free word is there. */
function readField(text: string, at: number, not: boolean): Token | undefined {
  const [start = '', written = ''] = matchAt(fieldStart, text, at) ?? []
  if (start === '') return undefined
  const field = fieldOf(written)
  const whole = matchAt(word, text, at)?.[0] ?? ''
  if (!field && (looksLikeAddress.test(whole) || whole.startsWith('//', start.length)))
    return undefined
  const { values, end, unclosed } = readValues(text, at + start.length)
  const bad = (fault: Fault): Token => ({ kind: 'bad', end, fault })
  if (!field) {
    const near = nearest(written, fieldNames)
    return bad({
      code: 'unknown-field',
      field: written,
      ...(near === undefined ? {} : { near }),
    })
  }
  if (unclosed) return bad({ code: 'unclosed-quote', field })
  const read = canonical(field, values)
  if (!Array.isArray(read)) return bad(read)
  const [value = ''] = read.filter(isHalfKnown)
  if (not && field === 'is' && value !== '')
    return bad({ code: 'cannot-exclude', field, value })
  return { kind: 'good', end, not, field, values: read }
}

/** What is at `at`, where no white space is. */
function readToken(text: string, at: number): Token {
  const whole = matchAt(word, text, at)?.[0] ?? ''
  if (whole === 'OR' || whole === '|') return { kind: 'or', end: at + whole.length }
  const not = /^-[^-]/.test(whole)
  const from = not ? at + 1 : at
  const quoted = matchAt(phrase, text, from)?.[0]
  if (quoted !== undefined)
    return {
      kind: 'good',
      end: from + quoted.length,
      not,
      field: 'whole',
      values: [unquoted(quoted)],
    }
  const withField = readField(text, from, not)
  if (withField) return withField
  // A quotation mark that isn't closed is a part of the word.
  const values = [whole.slice(from - at)]
  return { kind: 'good', end: at + whole.length, not, field: 'text', values }
}

/** Whether a text is read as one free word, so that it needs no quotation marks. */
export function isFreeWord(text: string): boolean {
  // Behind a quotation mark, what follows the word could close it.
  if (text === '' || text.startsWith('"') || /\s/.test(text)) return false
  const token = readToken(text, 0)
  return token.kind === 'good' && token.field === 'text' && token.values[0] === text
}

type Placed = Token & Span

function tokensOf(text: string): Placed[] {
  const tokens: Placed[] = []
  let at = 0
  while (at < text.length) {
    const start = at + (matchAt(space, text, at)?.[0].length ?? 0)
    if (start >= text.length) break
    const token = { start, ...readToken(text, start) }
    tokens.push(token)
    at = token.end
  }
  return tokens
}

const badTerm = (text: string, { start, end }: Span, fault: Fault): BadTerm => ({
  start,
  end,
  source: text.slice(start, end),
  problem: { start, end, ...fault },
})

function termOf(
  text: string,
  token: Exclude<Placed, { kind: 'or' }>,
  isPast: boolean,
): Term {
  if (token.kind === 'bad') return badTerm(text, token, token.fault)
  if (isPast) return badTerm(text, token, { code: 'too-many' })
  const { start, end, not, field, values } = token
  return { start, end, not, field, values }
}

/** The query that a text is. */
export function parseQuery(text: string): Query {
  const tokens = tokensOf(text)
  const clauses: (Span & { terms: Term[] })[] = []
  const begin = (term: Term) =>
    clauses.push({ start: term.start, end: term.end, terms: [term] })
  let count = 0
  let joins = false
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'or') {
      const [before, after] = [tokens[at - 1]?.kind ?? 'or', tokens[at + 1]?.kind ?? 'or']
      joins = before !== 'or' && after !== 'or'
      if (!joins) begin(badTerm(text, token, { code: 'lonely-or' }))
      continue
    }
    count += 1
    const term = termOf(text, token, count > mostTerms)
    const last = clauses.at(-1)
    if (joins && last) {
      last.terms.push(term)
      last.end = term.end
    } else begin(term)
    joins = false
  }
  const problems = clauses.flatMap(({ terms }) =>
    terms.filter(isBad).map(({ problem }) => problem),
  )
  return { text, clauses, problems }
}
