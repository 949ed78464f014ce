import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { speak } from '../../i18n.ts'
import { useTimeZone } from '../../stores/time-zone.ts'
import { daysOf, dayWords } from './event-filter.ts'

beforeAll(() => {
  vi.stubEnv('TZ', 'Europe/Zurich')
  speak('en', [])
})
afterEach(() => {
  useTimeZone.setState({ isUtc: false })
})
afterAll(() => {
  vi.unstubAllEnvs()
})

test.each([false, true])('a day is called what it is, in UTC: %s', (isUtc) => {
  useTimeZone.setState({ isUtc })
  const event = { id: '1', at: Date.UTC(2026, 10, 27, 12), handler: 'stop-instance' }

  expect(daysOf([event], '2026-11-26')).toEqual(['2026-11-27', '2026-11-26'])
  expect(dayWords('2026-11-27')).toBe('Fri\u00a027\u00a0Nov')
  expect(dayWords('tomorrow')).toBe('tomorrow')
})
