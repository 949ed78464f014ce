import { expect, test } from 'vitest'

import type { FollowedOperation } from '#contract/operation.ts'
import type { Timeline } from '#contract/timeline.ts'

import { kindOf, timelineEntries } from './timeline-entries.ts'

const operation = (id: string, endpoint: string, startedAt: number): FollowedOperation => ({
  id,
  zone: 'ch-gva-2',
  endpoint,
  instanceId: 'web',
  state: 'success',
  startedAt,
  by: 'Ana',
})
const timeline = (more: Partial<Timeline>): Timeline => ({
  operations: [],
  events: [],
  notes: {},
  pictures: {},
  protection: { state: 'unknown' },
  ...more,
})

test('newest first, and entries of both the feed and the store are listed once', () => {
  const entries = timelineEntries({
    live: [operation('b', 'stop-instance', 2_000)],
    timeline: timeline({
      operations: [
        operation('b', 'stop-instance', 2_000),
        operation('a', 'start-instance', 1_000),
      ],
      events: [{ at: 3_000, handler: 'update-instance', by: 'Ben' }],
    }),
    snapshots: [],
    createdAt: '1970-01-01T00:00:00Z',
  })

  expect(entries.map(({ key }) => key)).toEqual(['3000-update-instance', 'b', 'a', 'made'])
})

test('a snapshot is listed by its operation, else by itself', () => {
  const at = Date.parse('2026-11-20T10:00:00Z')
  const snapshots = [
    { id: 'asked', 'created-at': '2026-11-20T10:00:05Z' },
    { id: 'alone', 'created-at': '2026-11-19T10:00:00Z' },
  ]

  const entries = timelineEntries({
    live: [operation('take', 'create-snapshot', at)],
    timeline: undefined,
    snapshots,
    createdAt: undefined,
  })

  expect(entries.map(({ key, kind }) => [key, kind])).toEqual([
    ['take', 'snapshots'],
    ['alone', 'snapshots'],
  ])
})

test('the filters follow the actions', () => {
  expect(kindOf('attach-instance-to-elastic-ip')).toBe('network')
  expect(kindOf('add-instance-protection')).toBe('lock')
  expect(kindOf('get-console-proxy-url')).toBe('console')
  expect(kindOf('revert-instance-to-snapshot')).toBe('snapshots')
})
