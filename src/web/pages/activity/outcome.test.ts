import { expect, test } from 'vitest'

import { countItems, type Job, type JobState } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { entriesSince } from './outcome.ts'

const operation = (id: string, startedAt: number, part = {}): FollowedOperation => ({
  id,
  zone: 'ch-gva-2',
  endpoint: 'stop-instance',
  state: 'success',
  startedAt,
  by: 'ana',
  ...part,
})
const job = (id: string, startedAt: number, state: JobState, failed = false): Job => ({
  id,
  action: 'stop',
  state,
  counts: countItems([{ state: failed ? 'failure' : 'success' }]),
  total: 1,
  names: [],
  startedAt,
  ...(state === 'running' ? {} : { endedAt: startedAt + 5 }),
  by: 'ana',
})

test('jobs stand among the operations by time, and what they sent is not listed twice', () => {
  const operations = [
    operation('a', 10),
    operation('sent', 21, { jobId: 'j' }),
    operation('b', 30, { state: 'timeout' }),
  ]
  const jobs = [
    job('j', 20, 'ended', true),
    job('k', 40, 'running'),
    job('l', 5, 'stopped'),
  ]

  const entries = entriesSince(operations, jobs, 0)

  expect(entries.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'k running',
    'b failed',
    'j failed',
    'a done',
    'l done',
  ])
  expect(entriesSince(operations, jobs, 20).map(({ id }) => id)).toEqual(['k', 'b', 'j'])
})
