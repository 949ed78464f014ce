import { afterEach, expect, test } from 'vitest'

import type { Language } from '#contract/languages.ts'

import { numberFormat, speak } from '../i18n.ts'
import { useTimeZone } from '../stores/time-zone.ts'
import {
  compareText,
  formatAmount,
  formatAge,
  formatBytes,
  formatClock,
  formatClockSeconds,
  formatDateTime,
  formatDay,
  formatElapsed,
  formatGib,
  formatList,
  formatNumber,
  formatRelative,
  formatShortDate,
} from './format.ts'

const now = Date.UTC(2026, 2, 10)

afterEach(() => {
  speak('en', [])
  useTimeZone.setState({ isUtc: false })
})

test('bytes are counted in powers of 1024 and named so', () => {
  expect(formatBytes(0)).toBe('0\u00a0B')
  expect(formatBytes(1023)).toBe('1,023\u00a0B')
  expect(formatBytes(1.5 * 2 ** 30)).toBe('1.5\u00a0GiB')
})

test('the size of a disk stays in GiB, however large it is', () => {
  expect(formatGib(10_240)).toBe('10,240\u00a0GiB')
})

test('a span shows hours only when there are some', () => {
  expect(formatElapsed(41_900)).toBe('0:41')
  expect(formatElapsed(3_723_000)).toBe('1:02:03')
})

test('an operation that started on a faster clock has an elapsed time of 0', () => {
  expect(formatElapsed(-5_000)).toBe('0:00')
})

test('a relative time is in the largest unit that fits, in whole numbers', () => {
  expect(formatRelative(now - 30_000, now)).toBe('now')
  expect(formatRelative(now - 119_000, now)).toBe('1\u00a0minute ago')
  expect(formatRelative(now - 3 * 86_400_000, now)).toBe('3\u00a0days ago')
})

test.each([
  ['en', '1\u00a0day ago', '1\u00a0month ago'],
  ['de', 'vor 1\u00a0Tag', 'vor 1\u00a0Monat'],
  ['fr', 'il y a 1\u00a0jour', 'il y a 1\u00a0mois'],
] as const)(
  'a relative time is counted, not named by the calendar, in %s',
  (language, day, month) => {
    speak(language, [])

    // On the same clock that is two days earlier, which is not yesterday.
    expect(formatRelative(now - 47 * 3_600_000, now)).toBe(day)
    expect(formatAge(now - 47 * 3_600_000, now)).toMatch(/^\D*1\D+$/)
    expect(formatRelative(now - 45 * 86_400_000, now)).toBe(month)
  },
)

test('an age counts seconds for two minutes, and is never in the future', () => {
  speak('en', ['en-US'])

  expect(formatAge(now + 5_000, now)).toBe('now')
  expect(formatAge(now - 900, now)).toBe('now')
  expect(formatAge(now - 20_900, now)).toBe('20\u00a0sec. ago')
  expect(formatAge(now - 119_999, now)).toBe('119\u00a0sec. ago')
  expect(formatAge(now - 120_000, now)).toBe('2\u00a0min. ago')
})

test('an age is words in French, not a negative number', () => {
  speak('fr', [])

  expect(formatAge(now - 20_000, now)).toMatch(/^il y a 20\ss$/)
})

test('a date of another year has its year, one of this year its day', () => {
  const today = new Date('2026-11-23T12:00:00Z')

  expect(formatShortDate('2026-11-15T12:00:00Z', today)).toMatch(/15/)
  expect(formatShortDate('2026-11-15T12:00:00Z', today)).not.toContain('2026')
  expect(formatShortDate('2024-11-15T12:00:00Z', today)).toContain('2024')
})

test.each<[Language, string, string, string]>([
  [
    'en',
    'Nov\u00a027,\u00a02026, 2:02:59\u00a0PM\u00a0UTC',
    'Nov\u00a027',
    'Fri,\u00a0Nov\u00a027',
  ],
  ['de', '27.11.2026, 14:02:59\u00a0UTC', '27.\u00a0Nov.', 'Fr.,\u00a027.\u00a0Nov.'],
  [
    'fr',
    '27\u00a0nov.\u00a02026, 14:02:59\u00a0UTC',
    '27\u00a0nov.',
    'ven.\u00a027\u00a0nov.',
  ],
])(
  'in %s a line breaks only between a date and its time',
  (language, whole, short, day) => {
    speak(language, ['en-US'])
    useTimeZone.setState({ isUtc: true })
    const moment = '2026-11-27T14:02:59Z'

    // Versions of Node differ in which space that doesn't break is before PM.
    expect(formatDateTime(moment).replaceAll('\u202f', '\u00a0')).toBe(whole)
    expect(formatShortDate(moment, new Date(moment))).toBe(short)
    expect(formatDay(moment)).toBe(day)
  },
)

test('a clock to the second has all three numbers', () => {
  expect(formatClockSeconds(Date.UTC(2026, 0, 1, 12, 34, 56))).toMatch(/\d+.34.56/)
})

test.each<[Language, string[], string]>([
  ['de', ['fr-FR', 'de-DE'], '12’345.6'],
  ['fr', ['fr-FR'], '12’345,6'],
  ['en', ['de-CH', 'en-US'], '12,345.6'],
  ['en', ['en-ZA'], new Intl.NumberFormat('en-ZA').format(12_345.6)],
  ['en', ['en-broken-tag'], '12,345.6'],
])('numbers in %s for a reader of %s', (language, preferred, text) => {
  speak(language, preferred)

  expect(formatNumber(12_345.6)).toBe(text)
})

test.each([
  [0, '0'],
  [0.004_56, '0.0046'],
  [-0.25, '-0.25'],
  [0.999, '1'],
  [1.25, formatNumber(1.25)],
  [12_345.6, '12,345.6'],
])('the amount %d is %s', (amount, text) => {
  expect(formatAmount(amount)).toBe(text)
})

test.each(['de-CH', 'fr-CH', 'it-CH'])('numbers in %s are grouped by ’', (locale) => {
  expect(numberFormat(locale)(1_234_567)).toBe('1’234’567')
})

test('a list is joined as the language joins it', () => {
  expect(formatList(['Geneva'])).toBe('Geneva')
  expect(formatList(['Geneva', 'Vienna'])).toBe('Geneva and Vienna')

  speak('de', [])
  expect(formatList(['Genf', 'Wien', 'Sofia'])).toBe('Genf, Wien und Sofia')
})

test('names are ordered by their numbers, and accents stay beside their letter', () => {
  const names = ['web-10', 'Zug', 'web-2', 'école', 'fête']

  expect(names.toSorted(compareText)).toEqual(['école', 'fête', 'web-2', 'web-10', 'Zug'])
})

test.each([
  ['soon', 'soon'],
  ['2026-99-99T99:99:99Z', '2026-99-99T99:99:99Z'],
  ['', '?'],
  [Number.NaN, '?'],
  [9e15, '?'],
])('a moment that nobody can read is shown as it was written: %j', (moment, words) => {
  const all = [formatDateTime, formatClock, formatClockSeconds, formatShortDate]
  for (const format of all) expect(format(moment)).toBe(words)
  expect(formatRelative(moment, now)).toBe(words)
  expect(formatAge(moment, now)).toBe(words)
})
