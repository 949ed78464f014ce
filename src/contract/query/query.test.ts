import { expect, test } from 'vitest'

import { parseQuery, isBad, mostTerms, type Query } from './parse.ts'
import { printQuery, termText } from './print.ts'
import { randomly, randomQuery } from './sample-queries.ts'

/** A query without the places of its parts. */
const shape = ({ clauses }: Query) =>
  clauses.map(({ terms }) =>
    terms.map((term) =>
      isBad(term)
        ? `${term.problem.code} ${term.source}`
        : { not: term.not, field: term.field, values: term.values },
    ),
  )

const printed = (text: string) => printQuery(parseQuery(text).clauses)
const faults = (text: string) =>
  parseQuery(text).problems.map(({ code, start, end, near }) => [
    code,
    text.slice(start, end),
    ...(near === undefined ? [] : [near]),
  ])

test.each([
  ['web  prod', 'web prod'],
  ['State:STOPPED', 'state:stopped'],
  ['state:running|stopped|running', 'state:running|stopped'],
  ['address:10.0.0.0/8', 'ip:10.0.0.0/8'],
  ['is:locked', 'is:protected'],
  ['older:030D', 'older:30d'],
  ['label:env=prod|staging', 'label:env=prod|env=staging'],
  ['label:env="a b"', 'label:"env=a b"'],
  ['label:env=', 'label:env='],
  ['note:"call ben"', 'note:"call ben"'],
  ['note:"ben"', 'note:ben'],
  ['note:"say ""hi"""', 'note:"say ""hi"""'],
  ['"env=prod"', '"env=prod"'],
  ['-"env=prod"', '-"env=prod"'],
  ['a | b', 'a OR b'],
  ['a OR b c', 'a OR b c'],
  ['mac:06-6B', 'mac:06:6b'],
  ['text:-x', 'text:-x'],
  ['text:web', 'web'],
  ['text:name:x', 'text:name:x'],
  ['--x', '--x'],
  ['"', 'text:""""'],
  ['-"a', '-text:"""a"'],
  ['19"', '19"'],
  ['a|b', 'a|b'],
  ['(web)', '(web)'],
  ['2a04:c43:e00::1', '2a04:c43:e00::1'],
  ['dead:beef', 'dead:beef'],
  ['https://wiki.example/x', 'https://wiki.example/x'],
  ['url=https://x', 'url=https://x'],
  ['or', 'or'],
])('%s is printed as %s', (text, canonical) => {
  expect(printed(text)).toBe(canonical)
  expect(parseQuery(text).problems).toEqual([])
  expect(shape(parseQuery(canonical))).toEqual(shape(parseQuery(text)))
})

test.each([
  ['zoen:gva', [['unknown-field', 'zoen:gva', 'zone']]],
  ['web colour:"dark red" x', [['unknown-field', 'colour:"dark red"']]],
  ['state:', [['no-value', 'state:']]],
  ['state:runing', [['unknown-value', 'state:runing', 'running']]],
  ['is:lost', [['unknown-value', 'is:lost']]],
  ['older:30x', [['bad-age', 'older:30x']]],
  ['ip:194.182.0.0/33', [['bad-address', 'ip:194.182.0.0/33']]],
  ['ip:example', [['bad-address', 'ip:example']]],
  ['mac:zz', [['bad-address', 'mac:zz']]],
  ['web note:"call ben', [['unclosed-quote', 'note:"call ben']]],
  ['-is:protected web', [['cannot-exclude', '-is:protected']]],
  ['OR web', [['lonely-or', 'OR']]],
  [
    'web OR OR db',
    [
      ['lonely-or', 'OR'],
      ['lonely-or', 'OR'],
    ],
  ],
  ['web |', [['lonely-or', '|']]],
])('%s says what is wrong and where', (text, expected) => {
  expect(faults(text)).toEqual(expected)
})

test('what is right is used beside what is wrong, which is printed as it was', () => {
  const text = 'state:stopped older:30x -web'

  expect(printed(text)).toBe(text)
  expect(shape(parseQuery(text))).toEqual([
    [{ not: false, field: 'state', values: ['stopped'] }],
    ['bad-age older:30x'],
    [{ not: true, field: 'text', values: ['web'] }],
  ])
})

test('OR joins the two terms beside it and no others', () => {
  expect(shape(parseQuery('a b OR c d')).map((terms) => terms.length)).toEqual([1, 2, 1])
})

test('a term past the most isn’t used, and says so', () => {
  const { problems } = parseQuery('x '.repeat(mostTerms + 2))

  expect(problems.map(({ code }) => code)).toEqual(['too-many', 'too-many'])
})

test('names of any writing and length are kept', () => {
  const name = `${'שרת-ג'.repeat(50)} \u202Ereversed`

  const term = termText('name', name)

  expect(shape(parseQuery(term))).toEqual([[{ not: false, field: 'name', values: [name] }]])
})

test('a printed query is read as the same terms, whatever the text', () => {
  const random = randomly(7)
  for (let round = 0; round < 20_000; round += 1) {
    const text = randomQuery(random)
    const query = parseQuery(text)
    const again = printQuery(query.clauses)

    expect(shape(parseQuery(again)), text).toEqual(shape(query))
    expect(printed(again), text).toBe(again)
    for (const { start, end, terms } of query.clauses) {
      expect(start).toBeLessThan(end)
      for (const term of terms)
        if (isBad(term)) expect(text.slice(term.start, term.end)).toBe(term.source)
    }
  }
})

test('a term is the same after another one was removed', () => {
  const random = randomly(8)
  for (let round = 0; round < 5_000; round += 1) {
    const { clauses } = parseQuery(randomQuery(random))
    const left = clauses.filter(({ terms }) => !terms.some(isBad))
    const rest = left.filter((_, at) => at !== 1)

    expect(shape(parseQuery(printQuery(rest)))).toEqual(
      shape({ text: '', clauses: rest, problems: [] }),
    )
  }
})
