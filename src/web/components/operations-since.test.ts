import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'

import { countKinds, operationsSince } from './operations-since.ts'

const operation = (
  endpoint: string,
  state: string,
  startedAt: number,
  endedAt?: number,
): FollowedOperation => ({
  id: `${endpoint} ${startedAt}`,
  zone: 'ch-gva-2',
  endpoint,
  state,
  startedAt,
  by: 'Ana',
  ...(endedAt === undefined ? {} : { endedAt }),
})

const all = [
  operation('stop-instance', 'success', 300, 400),
  operation('start-instance', 'failure', 250, 260),
  operation('stop-instance', 'success', 90, 210),
  operation('reboot-instance', 'pending', 220),
  operation('delete-instance', 'success', 100, 200),
]

test('operations that ended after the time count, even if they started before', () => {
  expect(operationsSince(all, 200).map(({ startedAt }) => startedAt)).toEqual([
    300, 250, 90, 220,
  ])
  expect(operationsSince(all, 400)).toEqual([])
})

test('operations are counted by endpoint, and failed and running ones separately', () => {
  expect(countKinds(operationsSince(all, 200))).toEqual({
    kinds: [
      ['stop-instance', 2],
      ['reboot-instance', 1],
      ['start-instance', 1],
    ],
    failed: 1,
    running: 1,
  })
})
