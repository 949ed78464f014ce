import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { tellTogether } from './tell-together.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first is told at once, what comes in the next 100 ms together and once', () => {
  vi.advanceTimersByTime(1_000)
  const told: string[] = []
  const one = () => void told.push('one')
  const other = () => void told.push('other')

  tellTogether(one)
  vi.advanceTimersByTime(0)
  expect(told).toEqual(['one'])

  tellTogether(one)
  vi.advanceTimersByTime(60)
  tellTogether(other)
  tellTogether(one)
  expect(told).toEqual(['one'])
  vi.advanceTimersByTime(40)
  expect(told).toEqual(['one', 'one', 'other'])

  vi.advanceTimersByTime(1_000)
  expect(told).toHaveLength(3)
})
