import { expect, test } from 'vitest'

import { isFinal, pauseMs } from './connection-state.ts'

test('the first attempt after a loss comes at once, later ones ever later up to ten seconds', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((failures) => pauseMs(failures, 0.5))

  expect(pauses).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
})

test('a pause is stretched and shrunk by at most a fifth', () => {
  expect(pauseMs(7, 0)).toBe(8_000)
  expect(pauseMs(7, 1)).toBe(12_000)
})

test('attempts end only if a person or the instance must change something', () => {
  const problem = (code: 'denied' | 'zone-refused' | 'zone-timeout', status: number) => ({
    code,
    status,
    message: '',
  })

  expect(isFinal(problem('denied', 403))).toBe(true)
  expect(isFinal(problem('zone-refused', 404))).toBe(true)
  expect(isFinal(problem('zone-refused', 400))).toBe(false)
  expect(isFinal(problem('zone-timeout', 504))).toBe(false)
})
