import { expect, test } from 'vitest'

import type { Chain, ChainState } from '#contract/chain.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { trayChains, trayOperations } from './tray-operations.ts'

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

test('the steps of a chain are listed only in the chain', () => {
  expect(
    trayOperations([{ ...operation('step', 'pending'), chainId: 'c' }], [], now),
  ).toEqual([])
})

test('a chain that did not do all of it stays first until it is dismissed', () => {
  const chain = (id: string, state: ChainState, endedAt?: number): Chain => ({
    id,
    zone: 'ch-gva-2',
    instanceId: 'an-id',
    subject: 'web-01',
    endpoint: 'scale-instance',
    steps: [],
    state,
    startedAt: now - 60_000,
    by: 'ana',
    ...(endedAt === undefined ? {} : { endedAt }),
  })
  const all = [
    chain('runs', 'running'),
    chain('half', 'partial', 1),
    chain('read', 'failure', 1),
    chain('old', 'success', now - 20_000),
  ]

  expect(trayChains(all, ['read'], now).map(({ id }) => id)).toEqual(['half', 'runs'])
})

test('a failure of before yesterday is not brought up again', () => {
  const day = 24 * 3_600_000

  expect(ids(trayOperations([operation('old', 'failure', now)], [], now + day))).toEqual([])
  expect(
    ids(trayOperations([operation('old', 'failure', now)], [], now + day - 1)),
  ).toEqual(['old'])
})
