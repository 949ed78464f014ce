import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { isNearClockChange } from '../components/clock/clock-change.ts'
import { offsetInName } from '../components/clock/wall-clock.ts'
import {
  formatClock,
  formatClockSeconds,
  formatDateTime,
  formatShortDate,
} from '../components/format.ts'
import { speak } from '../i18n.ts'
import { useTimeZone } from '../stores/time-zone.ts'
import { fileName } from './file-name.ts'

/** The clocks of a zone, for the runtime of this file alone. */
function live(zone: string): void {
  vi.stubEnv('TZ', zone)
}

beforeAll(() => {
  live('Europe/Zurich')
  speak('en', [])
})

afterAll(() => {
  vi.unstubAllEnvs()
})

const format = [formatDateTime, formatClock, formatClockSeconds]

test('the hour that comes twice is told apart by its zone', () => {
  const first = '2026-10-25T00:30:00Z'
  const second = '2026-10-25T01:30:00Z'
  for (const one of format) {
    expect(one(first)).toMatch(/2:30.*\u00a0CEST$/)
    expect(one(second)).toMatch(/2:30.*\u00a0CET$/)
  }
})

test.each([
  ['an hour before summer time', '2026-03-29T00:00:00Z', 'CET'],
  ['as summer time begins', '2026-03-29T01:00:00Z', 'CEST'],
  ['five hours later', '2026-03-29T06:00:00Z', 'CEST'],
  ['five hours before winter time', '2026-10-24T20:00:00Z', 'CEST'],
  ['five hours after it began', '2026-10-25T06:00:00Z', 'CET'],
])('%s, a time shows its zone', (_when, moment, zone) => {
  for (const one of format) expect(one(moment)).toContain(zone)
})

test('on any other day, rows of times have no zone, and dates never do', () => {
  for (const moment of [
    '2026-03-27T01:30:00Z',
    '2026-07-01T12:00:00Z',
    '2026-10-26T12:00:00Z',
  ])
    expect(formatClockSeconds(moment)).not.toContain('CE')
  expect(formatShortDate('2026-10-25T01:30:00Z', new Date('2026-11-01'))).not.toContain(
    'CE',
  )
})

test('screenshots of the same local time have different names', () => {
  const row = { id: 'i', name: 'web-01', zone: 'ch-gva-2' }
  const at = (moment: string) => fileName(row, new Date(moment), 'png')
  expect(at('2026-10-25T00:30:00Z')).toBe('web-01-ch-gva-2-20261025-023000+0200.png')
  expect(at('2026-10-25T01:30:00Z')).toBe('web-01-ch-gva-2-20261025-023000+0100.png')
  expect(at('2026-07-01T01:30:00Z')).toBe('web-01-ch-gva-2-20260701-033000.png')
})

test('a zone west of Greenwich, one of half an hour, and one that never changes', () => {
  live('America/St_Johns')
  expect(offsetInName(Date.parse('2026-11-01T05:00:00Z'))).toBe('-0330')
  live('Australia/Lord_Howe')
  expect(isNearClockChange('2026-04-04T15:00:00Z')).toBe(true)
  live('UTC')
  expect(isNearClockChange('2026-10-25T01:00:00Z')).toBe(false)
})

test('the name of a screenshot says when it is in UTC', () => {
  const row = { name: 'web-01', id: 'x', zone: 'ch-gva-2' }
  const name = () => fileName(row, new Date('2026-11-27T23:30:05Z'), 'png')
  live('Europe/Zurich')
  expect(name()).toBe('web-01-ch-gva-2-20261128-003005.png')
  useTimeZone.setState({ isUtc: true })
  expect(name()).toBe('web-01-ch-gva-2-20261127-233005Z.png')
  useTimeZone.setState({ isUtc: false })
})
