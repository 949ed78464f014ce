import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { graceSeconds, runGrace } from './grace.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const moment = graceSeconds * 1_000

function begin(now?: () => number) {
  const told: number[] = []
  let sent = 0
  const cancel = runGrace(
    (left) => told.push(left),
    () => (sent += 1),
    now,
  )
  return { told, cancel, sent: () => sent }
}

test('each second is reported, and the request is sent once, after ten seconds', () => {
  const { told, sent } = begin()

  vi.advanceTimersByTime(moment - 1)
  expect(told).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  expect(sent()).toBe(0)
  vi.advanceTimersByTime(60_000)

  expect(sent()).toBe(1)
})

test('a timer that comes late, as in a hidden tab, does not move the end', () => {
  let lateMs = 0
  const { told, sent } = begin(() => performance.now() + lateMs)

  lateMs = 2_400
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual([10, 7])
  vi.advanceTimersByTime(moment - 1_000 - lateMs)

  expect(sent()).toBe(1)
})

test('canceling at the last moment sends nothing', () => {
  const { cancel, sent } = begin()
  vi.advanceTimersByTime(moment - 1)

  cancel()
  vi.advanceTimersByTime(moment)

  expect(sent()).toBe(0)
})
