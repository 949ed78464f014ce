/** What only Vedette knows of an instance travels with the list: note, protection, rescue mode, since when. */
import { expect, test } from 'vitest'

import type { Inventory } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import type { PlatformEvent } from '#contract/timeline.ts'

import { openStore } from '../store/store.ts'
import { instanceId, json, startConsole, startZone } from '../testing/test-zone.ts'
import { Marks, markFrom, stateSince } from './marks.ts'
import { rememberOperation } from './timeline.ts'

const minute = 60_000
const zone = 'ch-test-1'

const operation = (
  endpoint: string,
  startedAt: number,
  changes: Partial<FollowedOperation> = {},
): FollowedOperation => ({
  id: `${endpoint} ${startedAt}`,
  zone,
  endpoint,
  instanceId,
  state: 'success',
  startedAt,
  endedAt: startedAt + 1_000,
  by: 'Ana',
  ...changes,
})
const event = (handler: string, at: number, status = 200): PlatformEvent => ({
  handler,
  at,
  status,
})
const history = (
  operations: FollowedOperation[] = [],
  events: PlatformEvent[] = [],
  note?: string,
) => ({ operations, events, note })

const seen = (firstAt: number, otherAt?: number) => ({ firstAt, otherAt })

test.each<[string, number, ...Parameters<typeof stateSince>]>([
  ['nothing is known but that it was seen', 50, 'starting', seen(50), history()],
  [
    'someone started it before Vedette looked',
    20,
    'starting',
    seen(50),
    history([], [event('start-instance', 20)]),
  ],
  [
    'it was seen stopped after that',
    50,
    'starting',
    seen(50, 40),
    history([], [event('start-instance', 20)]),
  ],
  [
    'nobody looked while it was started again',
    70,
    'starting',
    seen(50, 40),
    history([], [event('start-instance', 70)]),
  ],
  [
    'a rejected start begins nothing',
    50,
    'starting',
    seen(50),
    history([], [event('start-instance', 20, 409)]),
  ],
  [
    'an operation that is still pending after a restart',
    20,
    'stopping',
    seen(50),
    history([operation('stop-instance', 20, { state: 'pending' })]),
  ],
  [
    'a start that has ended, and its own event',
    50,
    'starting',
    seen(50),
    history([operation('start-instance', 20)], [event('start-instance', 25)]),
  ],
  [
    'a deletion',
    20,
    'expunging',
    seen(50),
    history([], [event('delete-instance', 20), event('start-instance', 30)]),
  ],
  ['a state that no request leads to', 50, 'migrating', seen(50), history()],
])('since when a state lasts: %s', (_case, since, ...given) => {
  expect(stateSince(...given)).toBe(since)
})

test.each([
  ['running', history(), undefined],
  ['running', history([], [], 'ask Eva'), { note: 'ask Eva' }],
  // It may have been so before the first look.
  ['starting', history(), { since: 50, sinceEarlier: true }],
  ['destroying', history(), { since: 50, sinceEarlier: true }],
  ['migrating', history(), { since: 50, sinceEarlier: true }],
  ['error', history(), { since: 50, sinceEarlier: true }],
  ['starting', history([], [event('start-instance', 20)]), { since: 20 }],
  ['stopped', history([operation('add-instance-protection', 1)]), { protected: true }],
  ['running', history([], [event('add-instance-protection', 1)]), { protected: true }],
  [
    'running',
    history(
      [operation('remove-instance-protection', 2)],
      [event('add-instance-protection', 1)],
    ),
    undefined,
  ],
  [
    'running',
    history([operation('start-instance', 1, { trace: { rescue: 'netboot' } })]),
    { rescue: true },
  ],
  // It isn't in rescue mode while it doesn't run.
  [
    'stopped',
    history([operation('start-instance', 1, { trace: { rescue: 'netboot' } })]),
    undefined,
  ],
])('an instance that is %s with a history is marked', (state, given, mark) => {
  expect(markFrom({ state }, seen(50), given)).toEqual(mark)
})

test('a state that was seen to begin has lasted since then', () => {
  expect(markFrom({ state: 'error' }, seen(50, 40), history())).toEqual({ since: 50 })
})

test('only the sandbox marks instances that exist for tests', () => {
  const markOf = (marks: Marks, name: string) =>
    marks.of(zone, { id: instanceId, state: 'running', name }, seen(1))

  expect(markOf(new Marks(true), 'never-stops')).toEqual({ fixture: true })
  expect(markOf(new Marks(true), 'web-01')).toBeUndefined()
  expect(markOf(new Marks(), 'never-stops')).toBeUndefined()
})

test('events that can’t be read don’t take away what was known', () => {
  const marks = new Marks()
  const told = { told: event('add-instance-protection', 1), ids: [instanceId] }
  const markNow = () =>
    marks.of(zone, { id: instanceId, state: 'running' }, { firstAt: 1, otherAt: undefined })

  expect(marks.learnEvents([told])).toBe(true)
  expect(markNow()).toEqual({ protected: true })
  expect(marks.learnEvents([])).toBe(false)

  expect(markNow()).toEqual({ protected: true })
})

test('the list has the marks of earlier days, and a new note at once', async () => {
  const upstream = await startZone()
  upstream.answers['GET /instance'] = json({
    instances: [{ id: instanceId, name: 'web-01', state: 'running' }],
  })
  const store = await openStore(':memory:')
  const start = operation('start-instance', Date.now() - minute, {
    trace: { rescue: 'netboot' },
  })
  await rememberOperation(store, start)
  await rememberOperation(store, operation('add-instance-protection', Date.now() - minute))
  const console = await startConsole(upstream, { store })
  const listed = async () => {
    const answer = await fetch(`${console.origin}/api/inventory`)
    const { zones } = (await answer.json()) as Inventory // Vedette's own response
    return zones[0]?.instances[0]
  }

  expect(await listed()).toMatchObject({ mark: { protected: true, rescue: true } })
  await fetch(`${console.origin}/api/zones/${zone}/notes/${instanceId}`, {
    method: 'PUT',
    headers: { 'x-vedette': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'ask Eva', seen: null }),
  })

  expect(await listed()).toMatchObject({ mark: { note: 'ask Eva', protected: true } })
  await console.close()
  await upstream.close()
})
