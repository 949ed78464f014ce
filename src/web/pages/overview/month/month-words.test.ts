import { afterEach, expect, test } from 'vitest'

import type { Language } from '#contract/languages.ts'
import { monthsAt } from '#contract/usage/usage.ts'

import { speak } from '../../../i18n.ts'
import { formatMonth, formatSpan } from './month-words.ts'

afterEach(() => speak('en', []))

test.each<[Language, string, string, string]>([
  ['en', '1\u00a0Dec', '1–2\u00a0Dec', 'November'],
  ['de', '1.\u00a0Dez.', '1.–2.\u00a0Dez.', 'November'],
  ['fr', '1\u00a0déc.', '1–2\u00a0déc.', 'novembre'],
])(
  'in %s the first day of a month is a day, and then a span',
  (language, one, two, month) => {
    speak(language, [])
    const first = monthsAt(Date.parse('2026-12-01T00:30:00Z'))
    const second = monthsAt(Date.parse('2026-12-02T00:30:00Z'))

    expect(formatSpan(first.current)).toBe(one)
    // What is around the dash differs between versions of Node.
    expect(formatSpan(second.current).replaceAll(/\s*–\s*/g, '–')).toBe(two)
    expect(formatMonth(first.previous)).toBe(month)
  },
)
