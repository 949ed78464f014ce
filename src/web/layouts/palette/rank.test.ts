import { expect, test } from 'vitest'

import { rowOf, type Row } from '../../api/inventory.ts'
import { rankOf, rankRows, verbIn } from './rank.ts'

const row = (name: string, more: Partial<Row> = {}): Row => ({
  ...rowOf('ch-gva-2', { id: `0b12cb6b-${name}`, name, state: 'running', ...more }),
})
const web = row('shop-web-01', {
  'public-ip': '194.182.162.58',
  'mac-address': '06:6b:a8:00:01:02',
  labels: { env: 'prod' },
  mark: { note: 'Call Ben first' },
})

test.each([
  ['shop-web-01', 'exact'],
  ['194.182.162.58', 'exact'],
  ['shop', 'prefix'],
  ['web', 'word'],
  ['162.58', 'address'],
  ['06:6b', 'address'],
  ['0b12', 'address'],
  ['op-w', 'inside'],
  ['env=prod', 'label'],
  ['call ben', 'note'],
  ['swb', 'letters'],
  ['bws', undefined],
  ['5', undefined],
])('%s fits as %s', (typed, rank) => {
  expect(rankOf(web, typed)).toBe(rank)
})

test('equal ones are ordered by what was opened, what needs attention, what runs, and by name', () => {
  const rows = [
    row('web-10'),
    row('web-2'),
    row('web-3', { state: 'stopped' }),
    row('web-4', { state: 'error' }),
    row('web-5'),
  ]
  const recent = [rows[4]?.key ?? '']
  const names = rankRows(rows, 'web', recent, 9).map(({ name }) => name)
  expect(names).toEqual(['web-5', 'web-4', 'web-2', 'web-10', 'web-3'])
  expect(rankRows(rows, 'web', recent, 2)).toHaveLength(2)
  expect(rankRows(rows, ' ', recent, 9)).toEqual([])
})

test('a verb at the beginning is an action', () => {
  const words = { stop: 'Stop', start: 'Start' }
  expect(verbIn('stop web', words)).toEqual({ action: 'stop', rest: 'web' })
  expect(verbIn('STA  web 1', words)).toEqual({ action: 'start', rest: 'web 1' })
  expect(verbIn('stop', words)).toBeUndefined()
  expect(verbIn('s web', words)).toBeUndefined()
  expect(verbIn('web stop', words)).toBeUndefined()
})
