import { expect, test } from 'vitest'

import type { AuditEntry } from '#contract/audit/audit.ts'

import { daysOf, recentDay } from './audit-days.ts'

const entryAt = (seq: number, at: Date): AuditEntry => ({
  entry: `e${seq}`,
  event: 'stop-instance',
  seq,
  at: at.getTime(),
  parts: 0,
})

const told = (entries: AuditEntry[]) =>
  daysOf(entries).map(({ entries: some }) => some.map(({ seq }) => seq))

test('entries are under their day in the reader’s time zone', () => {
  const entries = [
    entryAt(4, new Date(2026, 10, 29, 0, 0)),
    entryAt(3, new Date(2026, 10, 28, 23, 59)),
    entryAt(2, new Date(2026, 10, 28, 0, 0)),
    entryAt(1, new Date(2026, 9, 28, 0, 0)),
  ]
  expect(told(entries)).toEqual([[4], [3, 2], [1]])
  expect(told([])).toEqual([])
})

test('the order stays where a clock was set back, and each day has a key of its own', () => {
  const entries = [
    entryAt(3, new Date(2026, 10, 28)),
    entryAt(2, new Date(2026, 10, 29)),
    entryAt(1, new Date(2026, 10, 28)),
  ]
  expect(told(entries)).toEqual([[3], [2], [1]])
  expect(new Set(daysOf(entries).map(({ key }) => key)).size).toBe(3)
})

test('today and the day before have a word, also where a day has 25 hours', () => {
  const now = new Date(2026, 9, 26, 0, 30).getTime()
  expect(recentDay(new Date(2026, 9, 26, 23).getTime(), now)).toBe('today')
  expect(recentDay(new Date(2026, 9, 25, 0, 1).getTime(), now)).toBe('yesterday')
  expect(recentDay(new Date(2026, 9, 24, 23, 59).getTime(), now)).toBeUndefined()
  expect(recentDay(new Date(2025, 9, 26).getTime(), now)).toBeUndefined()
})
