import { afterEach, expect, test } from 'vitest'

import type { Language } from '#contract/languages.ts'

import { speak } from '../../../i18n.ts'
import { formatDay } from './format-day.ts'

afterEach(() => speak('en', []))

test.each<[Language, string]>([
  ['fr', 'lundi 30 novembre 2026'],
  ['de', 'Montag, 30. November 2026'],
])('a day in %s is written as that language writes it', (language, text) => {
  speak(language, [])

  expect(formatDay(Date.UTC(2026, 10, 30, 12))).toBe(text)
})
