import { expect, test } from 'vitest'

import { rowOf } from '../../api/inventory.ts'
import { largestSizes, snapshotAges } from './sizes.ts'

const gib = 2 ** 30
const row = (id: string, type: string) =>
  rowOf('ch-gva-2', { id, state: 'running', 'instance-type': { id: type } })
const types = new Map(
  [
    { id: 's', family: 'standard', size: 'small', cpus: 2, memory: 2 * gib },
    { id: 'm', family: 'standard', size: 'medium', cpus: 2, memory: 4 * gib },
    { id: 'h', family: 'standard', size: 'huge', cpus: 8, memory: 32 * gib },
  ].map((type) => [type.id, type]),
)

test('sizes are listed by what they take together', () => {
  const rows = ['m', 'm', 'h', 's', 'x'].map((type, at) => row(`${at}`, type))

  const { lines, rest, kinds, unknown } = largestSizes(rows, types, 2)

  expect(lines).toEqual([
    { name: 'standard.huge', id: 'h', instances: 1, cpus: 8, memory: 32 * gib },
    { name: 'standard.medium', id: 'm', instances: 2, cpus: 4, memory: 8 * gib },
  ])
  expect(rest).toMatchObject({ instances: 1, cpus: 2, memory: 2 * gib })
  expect([kinds, unknown]).toEqual([1, 1])
  expect(largestSizes([], types, 2)).toMatchObject({ lines: [], rest: undefined })
})

test('snapshots are counted by age', () => {
  const now = Date.parse('2026-11-27T12:00:00Z')
  const taken = (days: number) => ({
    'created-at': new Date(now - days * 24 * 3_600_000).toISOString(),
  })

  const ages = snapshotAges([0.1, 1, 7.9, 8, 30, 31, 90, 91, 400].map(taken), now)

  expect(ages).toEqual({ counts: [1, 2, 2, 2, 2], undated: 0 })
  expect(snapshotAges([{}, { 'created-at': 'soon' }], now).undated).toBe(2)
  // A clock that is behind the zone's.
  expect(snapshotAges([taken(-1)], now).counts[0]).toBe(1)
})
