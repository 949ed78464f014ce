import { expect, test } from 'vitest'

import {
  countItems,
  type Job,
  type JobAction,
  type JobDetail,
  type JobItem,
  type JobItemState,
} from '#contract/job.ts'

import {
  asksFirst,
  groupCounts,
  isBehind,
  mustType,
  resultEntries,
  retryCount,
  sharesOf,
  waysOf,
} from './job-view.ts'

const item = (state: JobItemState, name: string = state): JobItem => ({
  zone: 'ch-gva-2',
  instanceId: `id-of-${name}`,
  name,
  seen: 'running',
  state,
})
const all: JobItemState[] = [
  'success',
  'waiting',
  'sending',
  'pending',
  'skipped',
  'unknown',
  'failure',
]
const detail = (states: JobItemState[], part: Partial<Job> = {}): JobDetail => {
  const items = states.map((state, index) => item(state, `${state}-${index}`))
  return {
    id: 'a-job',
    action: 'stop',
    state: 'running',
    counts: countItems(items),
    total: items.length,
    names: [],
    startedAt: 0,
    by: 'ana',
    items,
    ...part,
  }
}

test('what failed is listed first, below a head for each group', () => {
  const shown = resultEntries(
    all.map((state) => item(state)),
    '',
  ).map((one) => (one.kind === 'head' ? `${one.group} ${one.count}` : one.item.name))

  expect(shown.join(', ')).toBe(
    'failure 1, failure, unknown 1, unknown, skipped 1, skipped, active 2, sending, ' +
      'pending, waiting 1, waiting, success 1, success',
  )
})

test('a search finds by name, zone and id, and no group stays empty', () => {
  const items = [item('success', 'web-01'), item('failure', 'db-01')]
  const names = (search: string) =>
    resultEntries(items, search).flatMap((one) =>
      one.kind === 'item' ? [one.item.name] : [],
    )

  expect(names(' WEB-')).toEqual(['web-01'])
  expect(names('gva')).toEqual(['db-01', 'web-01'])
  expect(names('id-of-db')).toEqual(['db-01'])
  expect(resultEntries(items, 'nothing')).toEqual([])
})

test('the counts add up to what was confirmed, and progress never passes the end', () => {
  for (const states of [all, all.slice(0, 3), [], ['success', 'success'] as const]) {
    const job = detail([...states])
    const sum = Object.values(groupCounts(job.counts)).reduce((a, b) => a + b, 0)

    expect(sum).toBe(job.total)
    const { done, failed } = sharesOf(job)
    expect(done + failed).toBeLessThanOrEqual(1)
  }
  const four = detail(['success', 'waiting', 'failure', 'unknown'])
  expect(sharesOf(four)).toEqual({ done: 0.25, failed: 0.5 })
})

test('the results are read again as long as the feed knows others', () => {
  const { items: _items, ...job } = detail(['success', 'waiting'])

  expect(isBehind(detail(['waiting', 'waiting']), job)).toBe(true)
  expect(isBehind(detail(['success', 'waiting']), job)).toBe(false)
  expect(isBehind(detail(['success', 'waiting']), { ...job, state: 'stopped' })).toBe(true)
  expect(isBehind(undefined, job)).toBe(false)
})

test('a job is stopped while any is waiting, and undone or retried when it is over', () => {
  const over = { state: 'ended' as const, endedAt: 1 }
  const reachable = detail(['skipped'], over)
  reachable.items[0] = { ...item('skipped'), cause: { code: 'gave-up' } }

  expect(waysOf(detail(['waiting', 'failure', 'success']))).toEqual({
    stop: null,
    retry: 'running',
    undo: 'running',
  })
  expect(waysOf(detail(['pending', 'success'])).stop).toBe('all-sent')
  expect(waysOf(detail(['failure', 'success'], over))).toEqual({
    stop: 'over',
    retry: null,
    undo: null,
  })
  expect(waysOf(detail(['failure'], over)).undo).toBe('nothing-done')
  expect(waysOf(detail(['unknown'], over)).retry).toBe(null)
  expect(waysOf(detail(['skipped'], over)).retry).toBe('none-failed')
  expect(waysOf(reachable).retry).toBe(null)
  expect(waysOf(detail(['pending', 'failure'], { state: 'stopped' }))).toMatchObject({
    stop: 'over',
    retry: 'running',
  })
  expect(waysOf(detail(['success'], over)).retry).toBe('none-failed')
  expect(waysOf(detail(['success'], { ...over, undoneBy: 'other' })).undo).toBe('undone')
})

test('what was out of reach is counted among what is retried, also without the results', () => {
  const over = { state: 'ended' as const, endedAt: 1 }
  const { items: _items, ...job } = detail(['skipped', 'failure'], over)

  expect(retryCount({ ...job, retriable: 2 })).toBe(2)
  expect(waysOf({ ...job, counts: countItems([]), retriable: 1 }).retry).toBe(null)
  expect(waysOf({ ...job, retriable: 0 }).retry).toBe('none-failed')
  // A job of an older version doesn't say.
  expect(retryCount(job)).toBe(1)
})

test.each(['delete', 'reboot', 'snapshot'] as const)('nothing undoes a %s', (action) => {
  expect(waysOf(detail(['success'], { action, state: 'ended', endedAt: 1 })).undo).toBe(
    'final',
  )
})

test('what stops instances, deletes, or is about more than twenty is asked first', () => {
  const of = (action: JobAction, count: number) =>
    detail(Array<JobItemState>(count).fill('success'), {
      action,
      state: 'ended',
      endedAt: 1,
    })

  expect(asksFirst(of('start', 1), 'undo')).toBe(true)
  expect(asksFirst(of('stop', 20), 'undo')).toBe(false)
  expect(asksFirst(of('stop', 21), 'undo')).toBe(true)
  expect(asksFirst(of('delete', 1), 'retry')).toBe(true)
  expect(asksFirst(of('stop', 1), 'retry')).toBe(false)
  expect(asksFirst(detail(['unknown'], { action: 'snapshot' }), 'retry')).toBe(true)
  expect(asksFirst(detail(['failure'], { action: 'snapshot' }), 'retry')).toBe(false)
})

test('the number is typed above twenty, and for each deletion', () => {
  expect(mustType('stop', 20)).toBe(false)
  expect(mustType('stop', 21)).toBe(true)
  expect(mustType('label', 8_588)).toBe(true)
  expect(mustType('delete', 1)).toBe(true)
})
