import { expect, test } from 'vitest'

import { AttemptLimit } from './attempt-limits.ts'
import type { ConnectionReason } from './connection-state.ts'

const lost = (code: number): ConnectionReason => ({
  kind: 'lost',
  phase: 'opening',
  code,
  text: 'zone-status',
})

/** After how many of the same ends a person has to decide. */
function endsAfter(reason: ConnectionReason): number {
  const limit = new AttemptLimit()
  for (let count = 1; count < 1_000; count += 1) if (limit.isReached(reason)) return count
  return Number.POSITIVE_INFINITY
}

test.each([
  ['a proxy that calls the request bad', lost(4_400), 8],
  ['an address that is refused', lost(4_403), 8],
  ['what is not RFB', { kind: 'garbage' } as const, 3],
  ['a proxy that fails', lost(4_503), 60],
  ['a proxy with too many connections', lost(4_429), 60],
  ['a network that is down', lost(1_006), 60],
  ['a proxy without an answer', { kind: 'silent', phase: 'opening' } as const, 60],
])('%s is given up after so many attempts', (_what, reason, most) => {
  expect(endsAfter(reason)).toBe(most)
})

test('another end, and a screen that stayed open, begin the count again', () => {
  const limit = new AttemptLimit()
  expect(limit.isReached({ kind: 'garbage' })).toBe(false)
  expect(limit.isReached({ kind: 'garbage' })).toBe(false)
  expect(limit.isReached(lost(1_006))).toBe(false)
  expect(limit.isReached({ kind: 'garbage' })).toBe(false)
  limit.reset()
  expect(limit.count).toBe(0)
  expect(limit.isReached({ kind: 'garbage' })).toBe(false)
})
