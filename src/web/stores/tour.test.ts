import { expect, test } from 'vitest'

import { advance, newTour, type Tour, type TourFacts } from './tour.ts'

const own = { zone: 'ch-gva-2', id: 'new', name: 'calm-crane' }
const old = { zone: 'ch-gva-2', id: 'old', name: 'web-01', state: 'running' }
const facts = (more: Partial<TourFacts> = {}, state = 'running'): TourFacts => ({
  loaded: true,
  rows: [old, { ...own, state }],
  done: [],
  ...more,
})
const fresh = newTour(['old'], 0)
const at = (step: number, more: Partial<Tour> = {}): Tour => ({
  ...fresh,
  step,
  instance: own,
  ...more,
})

test('only what has happened advances the tour, one step after the other', () => {
  expect(advance(fresh, facts({ rows: [old] }))).toBe(fresh)
  const created = advance(fresh, facts({}, 'starting'))
  expect(created).toMatchObject({ step: 1, instance: own })
  expect(advance(created, facts({}, 'starting'))).toBe(created)
  const running = advance(created, facts())
  expect(running.step).toBe(2)
  expect(advance(running, facts({ screen: 'old' })).step).toBe(2)
  const open = advance(running, facts({ screen: 'new' }))
  expect(open.step).toBe(3)
  expect(advance(open, facts({ snapshots: [{ state: 'snapshotting' }] })).step).toBe(3)
  expect(advance(open, facts({ snapshots: [{ state: 'ready' }] })).step).toBe(4)
})

test('a damaged disk isn’t enough: the instance must have tried to boot', () => {
  expect(advance(at(4), facts({ boot: 'damaged' })).step).toBe(4)
  expect(advance(at(4), facts({ boot: 'no-boot' })).step).toBe(5)
})

test('the tour ends when the instance was reverted and boots again', () => {
  const done = ['revert-instance-to-snapshot']
  const broken = at(5, { seen: ['no-boot'] })
  expect(advance(broken, facts({ boot: 'booted' })).step).toBe(5)
  expect(advance(broken, facts({ done, boot: 'unknown' })).step).toBe(5)
  expect(advance(broken, facts({ done, boot: 'booted' }, 'stopped')).step).toBe(5)
  expect(advance(broken, facts({ done, boot: 'booted' })).step).toBe(6)
})

test('what someone does earlier than its step counts too', () => {
  const first = advance(
    at(1),
    facts({ screen: 'new', snapshots: [{ state: 'ready' }] }, 'starting'),
  )
  expect(first).toMatchObject({ step: 1, seen: ['screen'] })
  expect(advance(first, facts({ snapshots: [{ state: 'ready' }] })).step).toBe(4)
})

test('without a new instance, the tour goes on with one that runs', () => {
  expect(advance({ ...fresh, step: 1 }, facts({ rows: [old] }))).toMatchObject({
    step: 2,
    instance: { id: 'old' },
  })
})

test('a deleted instance takes the tour back to its first step, but an unread zone doesn’t', () => {
  expect(advance(at(3), facts({ rows: [old] }))).toMatchObject({ step: 0, lost: true })
  expect(advance(at(3), facts({ rows: [], loaded: false })).step).toBe(3)
})

test('an ended tour stays where it is', () => {
  const ended = at(1, { isOn: false })
  expect(advance(ended, facts())).toBe(ended)
})
