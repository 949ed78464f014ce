import { expect, test } from 'vitest'

import type { Chain, ChainStep } from '#contract/chain.ts'

import { chainEnd, endOf, outcomeOf, toldOperations } from './operation-outcome.ts'

test.each([
  ['pending', 'running'],
  ['success', 'done'],
  ['failure', 'failed'],
  ['timeout', 'failed'],
  ['unknown', 'unknown'],
  ['canceled', 'unknown'],
])('an operation that is %s counts as %s', (state, outcome) => {
  expect(outcomeOf({ state })).toBe(outcome)
})

test.each([
  [{ state: 'timeout' }, 'timed-out'],
  [{ state: 'unknown', timedOut: true }, 'timed-out'],
  [{ state: 'failure', timedOut: true }, 'timed-out'],
  [{ state: 'success', timedOut: true }, 'done'],
  [{ state: 'failure' }, 'failed'],
  [{ state: 'unknown' }, 'unknown'],
])('an operation, a step or an item that is %o is told as %s', (one, end) => {
  expect(endOf(one)).toBe(end)
})

const step = (endpoint: ChainStep['endpoint'], rest: Partial<ChainStep>): ChainStep => ({
  part: 'change',
  endpoint,
  state: 'success',
  ...rest,
})
const chain = (...steps: ChainStep[]): Chain => ({
  id: 'c',
  zone: 'ch-gva-2',
  instanceId: 'i',
  subject: 'web-01',
  endpoint: 'scale-instance',
  steps,
  state: 'partial',
  startedAt: 100,
  by: 'Ana',
})

test('a step that was refused is told with the zone’s words and counts as failed', () => {
  const refused = step('scale-instance', {
    state: 'failure',
    sentAt: 300,
    message: 'Forbidden by role policy for compute',
  })
  const stopped = { id: 'o', zone: 'ch-gva-2', endpoint: 'stop-instance', by: 'Ana' }
  const operations = [{ ...stopped, state: 'success', startedAt: 200, chainId: 'c' }]
  const told = toldOperations(operations, [
    chain(
      step('stop-instance', { operationId: 'o' }),
      refused,
      step('start-instance', { state: 'skipped' }),
    ),
  ])

  expect(told).toMatchObject([
    {
      endpoint: 'scale-instance',
      subject: 'web-01',
      instanceId: 'i',
      message: 'Forbidden by role policy for compute',
      refused: true,
      startedAt: 300,
    },
    { id: 'o' },
  ])
  expect(told.map(outcomeOf)).toEqual(['failed', 'done'])
})

test('a step whose operation failed is told by the operation alone', () => {
  const failed = step('scale-instance', { state: 'failure', operationId: 'o' })

  expect(toldOperations([], [chain(failed)])).toEqual([])
})

test('a chain without a failed step and with one whose end is unknown is not failed', () => {
  const open = step('scale-instance', { state: 'unknown' })
  const failed = step('start-instance', { state: 'failure' })

  expect(chainEnd(chain(open))).toBe('unknown')
  expect(chainEnd(chain(open, failed))).toBe('failed')
  expect(chainEnd(chain(failed))).toBe('failed')
  expect(chainEnd({ ...chain(open), state: 'running' })).toBe('running')
})

test('a chain is told as timed out if nothing else went wrong in it', () => {
  const late = step('stop-instance', { state: 'unknown', timedOut: true })
  const failed = step('scale-instance', { state: 'failure' })

  expect(chainEnd(chain(late))).toBe('timed-out')
  expect(chainEnd(chain(late, failed))).toBe('failed')
  expect(chainEnd({ ...chain(late), state: 'success' })).toBe('done')
})
