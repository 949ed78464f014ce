import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../../api/inventory.ts'
import { eachOf, planBulk, type BulkAction } from './bulk.ts'

const row = (state: string) => rowOf('ch-gva-2', { id: state, state, name: state })
const plan = (action: BulkAction, states: string[]) => {
  const { go, already, cannot } = planBulk(action, states.map(row))
  const states_ = (rows: Row[]) => rows.map(({ state }) => state)
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

test('no action is possible in a zone that does not respond', () => {
  const { go, cannot } = planBulk('stop', [row('running')], new Set(['ch-gva-2']))

  expect(go).toEqual([])
  expect(cannot).toHaveLength(1)
})

test('never more than so many run at once, and one failure stops no other', async () => {
  let running = 0
  let most = 0
  const results = await eachOf([1, 2, 3, 4, 5], 2, async (item) => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (item === 2) throw new Error('refused')
    return item * 10
  })

  expect(most).toBe(2)
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : 'no'))).toEqual([
    10,
    'no',
    30,
    40,
    50,
  ])
})
