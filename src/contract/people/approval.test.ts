import { expect, test } from 'vitest'

import { APPROVAL_MS, isOpen, roleFor } from './approval.ts'

test('several operations take the highest of their roles', () => {
  expect(roleFor(['delete-snapshot'])).toBe('operator')
  expect(roleFor(['delete-snapshot', 'delete-instance'])).toBe('admin')
  expect(roleFor([])).toBe('viewer')
})

test('an approval can be answered until it expires, and only while it waits', () => {
  const waiting = { state: 'waiting', expiresAt: APPROVAL_MS } as const
  expect(isOpen(waiting, APPROVAL_MS - 1)).toBe(true)
  expect(isOpen(waiting, APPROVAL_MS)).toBe(false)
  expect(isOpen({ ...waiting, state: 'declined' }, 0)).toBe(false)
})
