import { expect, test } from 'vitest'

import type { Chain, ChainState } from '#contract/chain.ts'
import { countItems, type Job, type JobItemState, type JobState } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { trayChains, trayJobs, trayOperations } from './tray-operations.ts'

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

test('a success disappears after twenty seconds, and what is in progress stays', () => {
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

test('an operation that the zone no longer knows is not a failure', () => {
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

test('a failure older than a day is not shown again', () => {
  const day = 24 * 3_600_000

  expect(ids(trayOperations([operation('old', 'failure', now)], [], now + day))).toEqual([])
  expect(
    ids(trayOperations([operation('old', 'failure', now)], [], now + day - 1)),
  ).toEqual(['old'])
})

test('the operations of a job are shown only by the job', () => {
  expect(
    trayOperations([{ ...operation('one', 'failure', now), jobId: 'j' }], [], now),
  ).toEqual([])
})

const job = (state: JobState, items: JobItemState[], endedAt?: number): Job => ({
  id: `${state} ${items.join()}`,
  action: 'stop',
  state,
  counts: countItems(items.map((state) => ({ state }))),
  total: items.length,
  names: [],
  startedAt: now - 60_000,
  by: 'ana',
  ...(endedAt === undefined ? {} : { endedAt }),
})

test('a job that failed or skipped any stays until it is dismissed, others leave', () => {
  const runs = job('running', ['waiting', 'failure'])
  const failed = job('ended', ['success', 'failure'], now - 30_000)
  const skipped = job('ended', ['success', 'skipped'], now - 30_000)
  const stopped = job('stopped', ['success', 'skipped'], now - 30_000)
  const done = job('ended', ['success'], now - 30_000)
  const stopping = job('stopped', ['pending', 'skipped'])
  const all = [runs, done, stopped, failed, skipped]

  expect(trayJobs(all, [], now)).toEqual([failed, skipped, runs])
  expect(trayJobs(all, [failed.id, skipped.id], now)).toEqual([runs])
  expect(trayJobs([done, stopped], [], now - 20_000)).toHaveLength(2)
  // What it began is not over yet.
  expect(trayJobs([stopping], [], now)).toEqual([stopping])
})
