import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { speak } from '../../i18n.ts'
import { useTimeZone } from '../../stores/time-zone.ts'
import { formatClock, formatClockSeconds, formatDateTime, formatDay } from '../format.ts'
import { dayOf, momentOf, startOfDay, wallTime } from './wall-clock.ts'

const evening = Date.UTC(2026, 10, 27, 23, 30, 5)
const showUtc = (isUtc: boolean) => useTimeZone.setState({ isUtc })

beforeAll(() => {
  vi.stubEnv('TZ', 'Europe/Zurich')
  speak('en', [])
})
afterEach(() => {
  showUtc(false)
  speak('en', [])
})
afterAll(() => {
  vi.unstubAllEnvs()
})

test('a time says its zone, and a row of times doesn’t', () => {
  expect(formatClock(evening)).toBe('00:30\u00a0CET')
  expect(formatDateTime(evening)).toBe('28\u00a0Nov\u00a02026, 00:30:05\u00a0CET')
  expect(formatDateTime(Date.UTC(2026, 6, 1, 12))).toMatch(/14:00:00\u00a0CEST$/)
  expect(formatClockSeconds(evening)).toBe('00:30:05')
})

test('the zone has its usual name also in American English', () => {
  speak('en', ['en-US'])

  expect(formatClock(evening)).toMatch(/^12:30\sAM\u00a0CET$/)
})

test('in UTC, all that is shown follows at once, and no clock changes', () => {
  expect(formatDay(evening)).toMatch(/28/)
  showUtc(true)

  expect(formatClock(evening)).toBe('23:30\u00a0UTC')
  expect(formatDay(evening)).toMatch(/27/)
  expect(formatClockSeconds('2026-10-25T00:30:00Z')).toBe('00:30:00')
  expect(dayOf(evening)).toBe('2026-11-27')
  expect(startOfDay(evening, 1)).toBe(Date.UTC(2026, 10, 26))
})

test('days begin by the clock on the wall, also when it was changed', () => {
  expect(wallTime(evening)).toBe('2026-11-28T00:30:05')
  expect(dayOf(evening)).toBe('2026-11-28')
  expect(startOfDay(Date.UTC(2026, 9, 25, 12))).toBe(Date.UTC(2026, 9, 24, 22))
  expect(startOfDay(Date.UTC(2026, 9, 26, 12), 1)).toBe(Date.UTC(2026, 9, 24, 22))
  expect(dayOf(Number.NaN)).toBe('')
})

test.each([false, true])(
  'what the wall shows leads back to its moment, in UTC: %s',
  (isUtc) => {
    showUtc(isUtc)

    expect(momentOf(wallTime(evening))).toBe(evening)
    for (const none of ['', 'x', '2026-13-01T00:00']) expect(momentOf(none)).toBeNaN()
  },
)
