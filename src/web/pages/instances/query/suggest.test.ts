import { expect, test } from 'vitest'

import { shortZone, suggest, type KnownValues } from './suggest.ts'

const known: KnownValues = {
  states: [
    ['running', 7],
    ['stopped', 2],
  ],
  zones: [
    ['ch-gva-2', 5],
    ['at-vie-1', 3],
    ['at-vie-2', 1],
  ],
  labels: [
    ['env=prod', 6],
    ['team=web ops', 1],
  ],
  types: [['gpu3.small', 1]],
  templates: [],
  flags: new Map([['noted', 2]]),
}
const city = (zone: string) => (zone === 'ch-gva-2' ? 'Geneva' : 'Vienna')
/** `^` is the cursor. */
const at = (marked: string) =>
  suggest(marked.replace('^', ''), marked.indexOf('^'), known, city)
const texts = (marked: string) => at(marked).options.map(({ text }) => text)

test.each([
  ['state:^', 'state:running'],
  ['state:st^', 'state:stopped'],
  ['web -state:^', '-state:running'],
  ['state:running|s^', 'state:running|stopped'],
  ['zone:gen^', 'zone:gva'],
  ['zone:vie^', 'zone:at-vie-1'],
  ['label:^', 'label:env=prod'],
  ['label:ops^', 'label:"team=web ops"'],
  ['label:"team=w^', 'label:"team=web ops"'],
  ['is:no^', 'is:noted'],
  ['older:3^', 'older:30d'],
  ['gpu^', 'type:gpu3.small'],
  ['prod^', 'label:env=prod'],
  ['geneva^', 'zone:gva'],
  ['no^', 'note:'],
  ['-no^', '-note:'],
])('at %s, the first suggestion is %s', (marked, first) => {
  expect(texts(marked)[0]).toBe(first)
})

test('the term in which the cursor is gets replaced, and no other', () => {
  const { start, end } = at('web state:st^x zone:gva')

  expect('web state:stx zone:gva'.slice(start, end)).toBe('state:stx')
})

test('an empty place suggests the fields', () => {
  expect(texts('^')).toContain('label:')
  expect(texts('web ^')).toContain('state:')
})

test('what can’t be excluded isn’t suggested', () => {
  expect(texts('is:^')).toContain('is:protected')
  expect(texts('-is:^')).not.toContain('-is:protected')
})

test.each(['"web^', 'colour:^', 'name:web^', 'state:running^'])(
  'nothing is suggested at %s',
  (marked) => {
    expect(texts(marked)).toEqual([])
  },
)

test('a zone is named by what only its code has', () => {
  const zones = ['ch-gva-2', 'at-vie-1', 'at-vie-2']

  expect(zones.map((zone) => shortZone(zone, zones))).toEqual([
    'gva',
    'at-vie-1',
    'at-vie-2',
  ])
})
