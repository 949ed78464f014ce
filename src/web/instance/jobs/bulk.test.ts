import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../api/inventory.ts'
import {
  bulkEntries,
  changesSince,
  freezeSet,
  planBulk,
  targetsOf,
  type Asked,
  type BulkAction,
} from './bulk.ts'

const row = (state: string) => rowOf('ch-gva-2', { id: state, state, name: state })
const plan = (action: BulkAction, states: string[]) => {
  const { go, already, cannot } = planBulk(action, states.map(row))
  const states_ = (rows: readonly Asked[]) => rows.map(({ state }) => state)
  return [states_(go), states_(already), states_(cannot)]
}
const mixed = ['running', 'stopped', 'starting', 'error']

test('a stop takes the running and leaves the stopped as they are', () => {
  expect(plan('stop', mixed)).toEqual([['running'], ['stopped'], ['starting', 'error']])
})

test('a start takes the stopped and leaves the running as they are', () => {
  expect(plan('start', mixed)).toEqual([['stopped'], ['running'], ['starting', 'error']])
})

test('a stopped instance can not be rebooted', () => {
  expect(plan('reboot', mixed)).toEqual([['running'], [], ['stopped', 'starting', 'error']])
})

test('other actions depend on the state that each needs', () => {
  expect(plan('snapshot', mixed)).toEqual([
    ['running', 'stopped'],
    [],
    ['starting', 'error'],
  ])
  expect(plan('delete', mixed)[0]).toEqual(mixed)
})

test('a protection leaves the protected as they are, so that its undo doesn’t unprotect them', () => {
  const guarded: Row = { ...row('running'), id: 'guarded', mark: { protected: true } }
  const { go, already } = planBulk('protect', [row('stopped'), guarded])

  expect(go.map(({ id }) => id)).toEqual(['stopped'])
  expect(already.map(({ id }) => id)).toEqual(['guarded'])
  expect(planBulk('delete', [guarded]).go).toHaveLength(1)
})

test('no action is possible in a zone that does not respond', () => {
  const { go, cannot } = planBulk('stop', [row('running')], new Set(['ch-gva-2']))

  expect(go).toEqual([])
  expect(cannot).toHaveLength(1)
})

const named = (name: string, state: string, zone = 'ch-gva-2'): Row =>
  rowOf(zone, { id: `id-of-${name}`, name, state })
const mapOf = (rows: Row[]) => new Map(rows.map((one) => [one.key, one]))
const none = new Set<string>()
const down = new Set(['ch-gva-2'])

test('each that can’t be asked has its reason', () => {
  const { cannot } = planBulk('stop', mixed.map(row))

  expect(cannot.map(({ why }) => why)).toEqual(['busy', 'broken'])
  expect(planBulk('stop', [row('stopped')], down).cannot[0]?.why).toBe('zone-down')
})

test('the set stays as it was when the dialog opened, whatever changes', () => {
  const before = [named('a', 'running'), named('b', 'running'), named('c', 'running')]
  const set = freezeSet('delete', before, none)
  const sent = targetsOf(set)

  const changed = mapOf([
    named('a', 'stopped'),
    { ...named('b', 'running'), name: 'renamed' },
  ])
  const changes = changesSince(set, changed, none)

  expect(Object.fromEntries(changes)).toEqual({
    'ch-gva-2/id-of-a': { kind: 'state', state: 'stopped' },
    'ch-gva-2/id-of-b': { kind: 'name', name: 'renamed' },
    'ch-gva-2/id-of-c': { kind: 'deleted' },
  })
  expect(targetsOf(set)).toEqual(sent)
  expect(sent[0]).toEqual({
    zone: 'ch-gva-2',
    instanceId: 'id-of-a',
    name: 'a',
    seen: 'running',
  })
})

test('a zone that comes back adds no instance, and one that goes down removes none', () => {
  const rows = [named('a', 'running'), named('b', 'running', 'at-vie-1')]
  const set = freezeSet('delete', rows, down)

  const back = changesSince(set, mapOf(rows), none)
  const other = changesSince(set, mapOf(rows), new Set(['ch-gva-2', 'at-vie-1']))

  expect([...back]).toEqual([['ch-gva-2/id-of-a', { kind: 'zone-back' }]])
  expect([...other]).toEqual([['at-vie-1/id-of-b', { kind: 'zone-down' }]])
  expect(targetsOf(set).map(({ name }) => name)).toEqual(['b'])
})

test('without a change nothing is reported', () => {
  const rows = [named('a', 'running'), named('b', 'error')]

  expect(changesSince(freezeSet('stop', rows, none), mapOf(rows), none).size).toBe(0)
})

test('each question has a key of its own', () => {
  const keys = [1, 2].map(() => freezeSet('stop', [], none).key)

  expect(new Set(keys).size).toBe(2)
})

test('all of a set is listed by group, and a search finds by name, zone and id', () => {
  const set = planBulk('stop', [
    named('web-01', 'running'),
    named('web-02', 'stopped', 'at-vie-1'),
    named('db-01', 'error'),
  ])
  const list = (search: string) =>
    bulkEntries(set, search).map((one) =>
      one.kind === 'head' ? `${one.group} ${one.count}` : one.asked.name,
    )

  const whole = ['go 1', 'web-01', 'already 1', 'web-02', 'cannot 1', 'db-01']
  expect(list('')).toEqual(whole)
  expect(list(' WEB')).toEqual(['go 1', 'web-01', 'already 1', 'web-02'])
  expect(list('vie')).toEqual(['already 1', 'web-02'])
  expect(list('id-of-db')).toEqual(['cannot 1', 'db-01'])
})
