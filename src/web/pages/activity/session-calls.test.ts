import { expect, test } from 'vitest'

import type { Chain, ChainStep } from '#contract/chain.ts'
import { countItems, type JobAction, type JobDetail, type JobItem } from '#contract/job.ts'

import { sessionCalls } from './session-calls.ts'

const zone = 'ch-gva-2'
const empty = { calls: [], chains: [], jobs: [] }

const item = (instanceId: string, part: Partial<JobItem> = {}): JobItem => ({
  zone,
  instanceId,
  name: instanceId,
  seen: 'running',
  state: 'success',
  sentAt: 10,
  operationId: `of ${instanceId}`,
  ...part,
})

const jobOf = (action: JobAction, items: JobItem[]): JobDetail => ({
  id: 'a-job',
  action,
  state: 'ended',
  counts: countItems(items),
  total: items.length,
  names: [],
  startedAt: 1,
  by: 'Ana',
  items,
})

const ofJob = (job: JobDetail, since = 1) =>
  sessionCalls({ ...empty, jobs: [{ id: job.id, since }] }, [], [job])

const { sentAt: _sentAt, operationId: _operationId, ...never } = item('never')

test('of a job only what the zones have taken is listed, in the order in which it was asked', () => {
  const job = jobOf('stop', [
    item('later', { sentAt: 20 }),
    item('first'),
    item('in-progress', { state: 'pending', sentAt: 30 }),
    { ...never, instanceId: 'maybe', state: 'unknown', sentAt: 40 },
    item('failed-later', { state: 'failure', sentAt: 50 }),
    { ...never, instanceId: 'skipped', state: 'skipped' },
    { ...never, instanceId: 'waiting', state: 'waiting' },
    { ...never, instanceId: 'refused', state: 'failure', sentAt: 60 },
    { ...never, instanceId: 'on-its-way', state: 'sending', sentAt: 70 },
  ])

  const calls = ofJob(job)

  expect(calls.map(({ parameters }) => parameters?.['id'])).toEqual([
    'first',
    'later',
    'in-progress',
    'maybe',
    'failed-later',
  ])
  expect(calls[0]).toMatchObject({ endpoint: 'stop-instance', zone, at: 10 })
})

test('a job’s labels are those that were sent, and none at all are removed by another call', () => {
  const labels = { before: { env: 'prod' }, after: { env: 'prod', owner: 'eva' } }
  const label = jobOf('label', [item('a', { trace: { labels } })])
  const undo = jobOf('restore-labels', [
    item('a', { labels: {}, trace: { labels: { before: labels.after, after: {} } } }),
  ])

  expect(ofJob(label)).toMatchObject([
    { endpoint: 'update-instance', body: { labels: labels.after } },
  ])
  expect(ofJob(undo)).toMatchObject([{ endpoint: 'reset-instance-field' }])
})

test('of somebody else’s job that was retried here, only the retries are listed', () => {
  const job = jobOf('start', [item('theirs'), item('retried', { sentAt: 100 })])

  expect(ofJob(job, 50).map(({ parameters }) => parameters?.['id'])).toEqual(['retried'])
})

const step = (endpoint: ChainStep['endpoint'], part: Partial<ChainStep>): ChainStep => ({
  part: 'change',
  endpoint,
  state: 'success',
  ...part,
})

const chainOf = (endpoint: Chain['endpoint'], steps: ChainStep[]): Chain => ({
  id: 'a-chain',
  zone,
  instanceId: 'web-01',
  subject: 'web-01',
  endpoint,
  steps,
  state: 'partial',
  startedAt: 1,
  by: 'Ana',
})

test('of a chain only the steps that the zone has taken are listed', () => {
  const chain = chainOf('scale-instance', [
    step('stop-instance', { sentAt: 5, operationId: 'one' }),
    step('scale-instance', { state: 'failure', sentAt: 6 }),
    step('start-instance', { state: 'skipped' }),
  ])

  const calls = sessionCalls({ ...empty, chains: [{ id: chain.id }] }, [chain], [])

  expect(calls.map(({ endpoint }) => endpoint)).toEqual(['stop-instance'])
})

test('a creation is listed with its secret, and one that was refused is not', () => {
  const body = { name: 'web-01' }
  const made = chainOf('create-instance', [step('create-instance', { body, sentAt: 5 })])
  const refused = chainOf('create-instance', [
    step('create-instance', { body, state: 'failure', sentAt: 5 }),
  ])
  const mine = { ...empty, chains: [{ id: made.id, userData: 'secret' }] }

  expect(sessionCalls(mine, [made], [])).toMatchObject([
    { parameters: { id: 'web-01' }, body: { name: 'web-01', 'user-data': 'secret' } },
  ])
  expect(sessionCalls(mine, [refused], [])).toEqual([])
})
