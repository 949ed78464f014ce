import { expect, test } from 'vitest'

import { formatBytes, formatElapsed, formatRelative, formatShortDate } from './format.ts'

test('bytes are counted in powers of 1024 and named so', () => {
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(1023)).toBe('1,023 B')
  expect(formatBytes(1.5 * 2 ** 30)).toBe('1.5 GiB')
})

test('a span shows hours only when there are some', () => {
  expect(formatElapsed(41_900)).toBe('0:41')
  expect(formatElapsed(3_723_000)).toBe('1:02:03')
})

test('an operation that began on a faster clock has run for nothing, not for less', () => {
  expect(formatElapsed(-5_000)).toBe('0:00')
})

test('the largest unit that fits is told, whole', () => {
  const now = Date.UTC(2026, 2, 10)

  expect(formatRelative(now - 30_000, now)).toBe('now')
  expect(formatRelative(now - 119_000, now)).toBe('1 minute ago')
  expect(formatRelative(now - 3 * 86_400_000, now)).toBe('3 days ago')
})

test('a date of another year says its year, one of this year its day', () => {
  const now = new Date('2026-11-23T12:00:00Z')

  expect(formatShortDate('2026-11-15T12:00:00Z', now)).toMatch(/15/)
  expect(formatShortDate('2026-11-15T12:00:00Z', now)).not.toContain('2026')
  expect(formatShortDate('2024-11-15T12:00:00Z', now)).toContain('2024')
})
