import { expect, test } from 'vitest'

import { managerOf, refusal } from './lifecycle.ts'

test.each([
  ['stop', 'stopped', 'needs-running'],
  ['scale', 'running', 'needs-stopped'],
  ['reset', 'running', 'needs-stopped'],
  ['start', 'starting', 'busy'],
  ['delete', 'destroying', 'gone'],
  ['console', 'error', 'broken'],
  ['start', 'hibernating', 'unknown'],
] as const)('%s of a machine that is %s is refused as %s', (action, state, reason) => {
  expect(refusal(action, state)).toBe(reason)
})

test.each([
  ['start', 'stopped'],
  ['stop', 'running'],
  ['create-snapshot', 'running'],
  ['delete', 'error'],
  ['console', 'starting'],
] as const)('%s of a machine that is %s is allowed', (action, state) => {
  expect(refusal(action, state)).toBeUndefined()
})

test.each([
  [undefined, null],
  [{ id: 'a', type: 'instance-pool' }, 'pool'],
  [{ id: 'a', type: 'sks-nodepool' }, 'sks'],
  [{ id: 'a', type: 'karpenter-nodepool' }, 'other'],
  [{ id: 'a' }, 'other'],
])('the manager %o makes an instance %s', (manager, kind) => {
  expect(managerOf(manager ? { manager } : {})).toBe(kind)
})
