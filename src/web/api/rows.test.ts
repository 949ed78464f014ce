import { expect, test } from 'vitest'

import { randomly } from '#contract/query/sample-queries.ts'

import { rowOf, type Row, type Rows } from './inventory.ts'
import { changeRows, compareRows } from './rows.ts'

const row = (id: number): Row => rowOf('ch-gva-2', { id: String(id), state: 'running' })

/** As `Map` orders and answers: what has a key keeps its place. */
function expectSame(rows: Rows, plain: ReadonlyMap<string, Row>): void {
  expect(new Map(rows)).toEqual(new Map(plain))
  expect([...rows.keys()].sort()).toEqual([...plain.keys()].sort())
  expect(new Set(rows.values())).toEqual(new Set(plain.values()))
  expect(rows.size).toBe(plain.size)
  const told = new Map<string, Row>()
  rows.forEach((one, key) => told.set(key, one))
  expect(told).toEqual(new Map(plain))
  for (let id = 0; id < 310; id += 1) {
    const { key } = row(id)
    expect(rows.get(key)).toBe(plain.get(key))
    expect(rows.has(key)).toBe(plain.has(key))
  }
}

test('rows that were changed many times are those of a map with the same changes', () => {
  const random = randomly(5)
  const plain = new Map(
    Array.from({ length: 300 }, (_, id) => row(id)).map((one) => [one.key, one]),
  )
  let rows: Rows = new Map(plain)
  for (let round = 0; round < 60; round += 1) {
    const before = rows
    const was = new Map(plain)
    const changes = new Map<string, Row | undefined>()
    for (let count = random.below(5); count > 0; count -= 1) {
      const next = row(random.below(310))
      const isGone = random.below(3) === 0
      changes.set(next.key, isGone ? undefined : next)
      if (isGone) plain.delete(next.key)
      else plain.set(next.key, next)
    }
    rows = changeRows(rows, changes)

    expectSame(rows, plain)
    expectSame(before, was)
    const { come, gone } = compareRows(before, rows)
    const [all, left] = [new Set(plain.values()), new Set(was.values())]
    expect(new Set(come)).toEqual(new Set([...all].filter((one) => !left.has(one))))
    expect(gone).toEqual(new Set([...left].filter((one) => !all.has(one))))
  }
})

test('rows without a change are the same', () => {
  const rows: Rows = new Map()

  expect(changeRows(rows, new Map())).toBe(rows)
})
