import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/feed.ts'

import { trayOperations } from './tray-operations.ts'

const now = 1_000_000
const operation = (id: string, state: string, endedAt?: number): FollowedOperation => ({
  id,
  state,
  zone: 'ch-gva-2',
  endpoint: 'stop-instance',
  startedAt: now - 60_000,
  by: 'ana',
  ...(endedAt === undefined ? {} : { endedAt }),
})
const ids = (shown: FollowedOperation[]) => shown.map(({ id }) => id)

test('what is done leaves after twenty seconds, what runs stays', () => {
  const all = [
    operation('old', 'success', now - 20_000),
    operation('new', 'success', now - 19_999),
    operation('runs', 'pending'),
  ]

  expect(ids(trayOperations(all, [], now))).toEqual(['runs', 'new'])
})

test('a failure stays first until it is dismissed, however old', () => {
  const all = [operation('runs', 'pending'), operation('failed', 'failure', 1)]

  expect(ids(trayOperations(all, [], now))).toEqual(['failed', 'runs'])
  expect(ids(trayOperations(all, ['failed'], now))).toEqual(['runs'])
})

test('an operation that the zone forgot is not called a failure', () => {
  const all = [operation('forgotten', 'unknown', now - 30_000)]

  expect(trayOperations(all, [], now)).toEqual([])
})
