import { expect, test } from 'vitest'

import type { ExoscaleEvent } from '#contract/events.ts'

import { dayOf } from '../../components/clock/wall-clock.ts'
import { axisOf, changesOf } from './changes.ts'

const now = new Date(2026, 10, 27, 9, 42).getTime()
const hour = 3_600_000

const event = (by: string | undefined, hoursAgo: number, status = 200): ExoscaleEvent => ({
  id: `${by} ${hoursAgo}`,
  at: now - hoursAgo * hour,
  handler: 'stop-instance',
  status,
  ...(by ? { by } : {}),
})

test('changes are counted by day, and rejected ones apart', () => {
  const events = [
    event('Ana', 1),
    event('Ana', 2),
    event('ci', 3),
    event('Ben', 26, 409),
    event('Ana', 24 * 40),
  ]

  const { series, days, total, refused } = changesOf(events, 'by', now)

  expect(days).toHaveLength(30)
  expect(days.at(-1)).toMatchObject({ day: '2026-11-27', total: 3, counts: [2, 1] })
  expect(days.at(-2)).toMatchObject({ day: '2026-11-26', total: 0, refused: 1 })
  expect(series).toEqual([
    { value: 'Ana', total: 2 },
    { value: 'ci', total: 1 },
  ])
  expect([total, refused]).toEqual([3, 1])
})

test('more series than fit are counted together', () => {
  const events = ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'e', undefined].map((by, at) =>
    event(by, at / 10),
  )

  const { series, days } = changesOf(events, 'by', now)

  expect(series.map(({ value }) => value)).toEqual(['a', 'b', 'c', null])
  expect(days.at(-1)?.counts).toEqual([3, 2, 2, 3])
})

test('days are those of the calendar, also where the clock changes', () => {
  // Months end, and in many places a day of these had 25 hours.
  const days = changesOf([], 'by', new Date(2026, 10, 2, 0, 30).getTime()).days
  expect(days[0]?.day).toBe('2026-10-04')
  expect(new Set(days.map(({ day }) => day)).size).toBe(30)
  expect(days.every(({ at, day }) => dayOf(at) === day)).toBe(true)
})

test.each([
  [0, 1, [0, 1]],
  [1, 1, [0, 1]],
  [3, 3, [0, 1, 2, 3]],
  [15, 15, [0, 5, 10, 15]],
  [16, 20, [0, 10, 20]],
  [224, 300, [0, 100, 200, 300]],
])('an axis up to %i', (most, top, steps) => {
  expect(axisOf(most)).toEqual({ top, steps })
})
