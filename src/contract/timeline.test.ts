import { expect, test } from 'vitest'

import { exoscaleEvent } from './events.ts'
import { lastedMs, type FollowedOperation } from './operation.ts'
import { actorOf, isInRescue, othersOf, platformEvent, protectionOf } from './timeline.ts'

const id = '0b12cb6b-7e3e-4c0e-9e10-1e5d8a7c4b2a'
const operation = (
  endpoint: string,
  startedAt: number,
  more: Partial<FollowedOperation> = {},
): FollowedOperation => ({
  id: `${endpoint}-${startedAt}`,
  zone: 'ch-gva-2',
  endpoint,
  instanceId: id,
  state: 'success',
  startedAt,
  by: 'Ana',
  ...more,
})

test('an event is listed without its parameters', () => {
  const event = platformEvent({
    timestamp: '2026-11-20T10:00:00Z',
    handler: 'update-instance',
    status: 200,
    'path-params': { id },
    'body-params': { 'user-data': 'c2VjcmV0' },
    'iam-user': { email: 'eva@example.com' },
  })

  expect(event?.told).toEqual({
    at: Date.parse('2026-11-20T10:00:00Z'),
    handler: 'update-instance',
    status: 200,
    by: 'eva@example.com',
  })
  expect(event?.ids).toContain(id)
})

test('an event that names the instance only in its body belongs to it', () => {
  const event = platformEvent({
    timestamp: '2026-11-20T10:00:00Z',
    handler: 'attach-instance-to-elastic-ip',
    'path-params': { id: 'an-elastic-ip' },
    'body-params': { instance: { id } },
  })

  expect(event?.ids).toEqual(['an-elastic-ip', id])
})

test('Exoscale’s event of a call by Vedette is listed once, two calls twice', () => {
  const events = [
    { at: 1_000, handler: 'stop-instance' },
    { at: 5_000, handler: 'stop-instance' },
    { at: 900_000, handler: 'start-instance' },
  ]

  expect(othersOf(events, [operation('stop-instance', 1_500)])).toEqual([
    events[1],
    events[2],
  ])
})

test('protection is the last known state, or unknown', () => {
  const locked = operation('add-instance-protection', 10)
  const unlocked = operation('remove-instance-protection', 20)
  const failed = operation('add-instance-protection', 30, { state: 'failure' })
  const refused = operation('delete-instance', 40, {
    state: 'failure',
    message: 'forbidden - reason: manual instance protection',
  })

  expect(protectionOf([], [])).toEqual({ state: 'unknown' })
  expect(protectionOf([failed, unlocked, locked], [])).toMatchObject({
    state: 'off',
    from: 'console',
  })
  expect(protectionOf([unlocked, refused], [])).toMatchObject({
    state: 'on',
    from: 'refusal',
  })
  expect(
    protectionOf(
      [locked],
      [{ at: 50, handler: 'remove-instance-protection', status: 200 }],
    ),
  ).toEqual({ state: 'off', at: 50, from: 'event' })
  expect(
    protectionOf(
      [locked],
      [{ at: 50, handler: 'remove-instance-protection', status: 409 }],
    ),
  ).toMatchObject({ state: 'on' })
})

const rescued = operation('start-instance', 20_000, { trace: { rescue: 'netboot' } })

test.each<[string, FollowedOperation[], boolean]>([
  ['started in rescue mode', [rescued, operation('start-instance', 1)], true],
  ['rebooted since', [operation('reboot-instance', 30_000), rescued], true],
  ['stopped since', [rescued, operation('stop-instance', 30_000)], false],
  ['started normally since', [operation('start-instance', 30_000), rescued], false],
  ['never started that way', [operation('start-instance', 20_000)], false],
  [
    'refused the start',
    [operation('start-instance', 20_000, { ...rescued, state: 'failure' })],
    false,
  ],
  [
    'not stopped, though it was tried',
    [operation('stop-instance', 30_000, { state: 'failure' }), rescued],
    true,
  ],
])('an instance that was %s', (_, operations, expected) => {
  expect(isInRescue(operations, [])).toBe(expected)
})

test('a start outside Vedette ends rescue mode', () => {
  const own = { at: 20_500, handler: 'start-instance', status: 200 }
  const elsewhere = { at: 90_000, handler: 'stop-instance', status: 200 }
  expect(isInRescue([rescued], [own])).toBe(true)
  expect(isInRescue([rescued], [own, { ...elsewhere, status: 400 }])).toBe(true)
  expect(isInRescue([rescued], [own, elsewhere])).toBe(false)
})

const role = { id: 'b3c1', name: 'ci-deployer' }

test.each([
  [{ 'iam-user': { email: 'ana@example.com' }, 'iam-role': role }, 'ana@example.com'],
  [{ 'iam-api-key': { name: 'ci', key: 'EXO1' }, 'iam-role': role }, 'ci'],
  [{ 'iam-api-key': { key: 'EXO1' } }, 'EXO1'],
  [{ 'iam-role': role }, 'ci-deployer'],
  [{ 'iam-user': {}, 'iam-role': { id: 'b3c1' } }, 'b3c1'],
  [{ 'iam-user': {}, 'iam-api-key': {}, 'iam-role': {} }, undefined],
  [{}, undefined],
])('%o is named %s', (event, name) => {
  expect(actorOf(event)).toBe(name)
})

test('an event with only a role names it on Activity and on the timeline', () => {
  const event = {
    timestamp: '2026-01-01T00:00:00Z',
    handler: 'stop-instance',
    'iam-role': role,
  }

  expect(exoscaleEvent(event)?.by).toBe('ci-deployer')
  expect(platformEvent(event)?.told.by).toBe('ci-deployer')
})

test('an operation took the time between its begin and its end', () => {
  for (const state of ['success', 'failure', 'timeout'])
    expect(lastedMs({ state, startedAt: 1_000, endedAt: 4_000 })).toBe(3_000)
})

test.each([
  ['goes on', { state: 'pending' }],
  ['has an unknown end', { state: 'unknown', endedAt: 4_000 }],
  ['ended at an unknown time', { state: 'success', endedAt: 4_000, endedBefore: true }],
  ['has no time of its end', { state: 'success' }],
  ['was only heard of', { state: 'failure', endedAt: 1_000 }],
] as const)('how long one took that %s isn’t known', (_how, more) => {
  expect(lastedMs({ startedAt: 1_000, ...more })).toBeUndefined()
})
