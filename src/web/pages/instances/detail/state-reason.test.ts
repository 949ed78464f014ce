import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'
import type { PlatformEvent } from '#contract/timeline.ts'

import { stateReason } from './state-reason.ts'

const minute = 60_000
const operation = (
  endpoint: string,
  startedAt: number,
  changes: Partial<FollowedOperation> = {},
): FollowedOperation => ({
  id: `${endpoint} ${startedAt}`,
  zone: 'ch-gva-2',
  endpoint,
  state: 'failure',
  reason: 'fault',
  message: 'The disk could not be opened',
  startedAt: startedAt * minute,
  by: 'Ana',
  ...changes,
})
const event = (handler: string, at: number, status = 200, message = ''): PlatformEvent => ({
  handler,
  at: at * minute,
  status,
  message,
  by: 'Ben',
})

test('the reason is what Exoscale said of the last change that failed', () => {
  expect(stateReason([operation('start-instance', 5)], [])).toMatchObject({
    kind: 'failed',
    last: { endpoint: 'start-instance', by: 'Ana' },
    reason: 'fault',
    message: 'The disk could not be opened',
  })
})

test('a failure before a change that succeeded is not the reason', () => {
  const operations = [
    operation('stop-instance', 5),
    operation('start-instance', 7, { state: 'success' }),
  ]

  expect(stateReason(operations, [])).toMatchObject({
    kind: 'unknown',
    last: { endpoint: 'start-instance' },
  })
})

test('someone else’s later change counts, with an error in the events as its reason', () => {
  const operations = [operation('start-instance', 5)]

  expect(stateReason(operations, [event('reboot-instance', 9)])).toMatchObject({
    kind: 'unknown',
    last: { endpoint: 'reboot-instance', by: 'Ben' },
  })
  expect(
    stateReason(operations, [event('reboot-instance', 9, 500, 'Internal error')]),
  ).toMatchObject({ kind: 'failed', message: 'Internal error' })
})

test.each([
  ['a label that could not be changed', operation('update-instance', 9)],
  [
    'a deletion that protection blocked',
    operation('delete-instance', 9, { message: 'manual instance protection' }),
  ],
])('%s is not the reason', (_case, other) => {
  expect(stateReason([other, operation('start-instance', 5)], [])).toMatchObject({
    last: { endpoint: 'start-instance' },
  })
})

test('a rejected request is not the reason, and without any change there is none', () => {
  expect(stateReason([], [event('start-instance', 9, 409, 'busy')])).toEqual({
    kind: 'unknown',
    last: undefined,
  })
})
