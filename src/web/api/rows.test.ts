import { expect, test } from 'vitest'

import { randomly } from '#contract/query/sample-queries.ts'

import { rowOf, type Row, type Rows } from './inventory.ts'
import { changeRows, compareRows } from './rows.ts'

const row = (id: number): Row => rowOf('ch-gva-2', { id: String(id), state: 'running' })

/** Enough that a few changes in a row share one map. */
const count = 1_000

const differing = <T>(one: Iterable<T>, other: Iterable<T>): T[] => {
  const [left, right] = [new Set(one), new Set(other)]
  return [...left].filter((item) => !right.has(item))
}

function expectSame(rows: Rows, plain: ReadonlyMap<string, Row>): void {
  expect(rows.size).toBe(plain.size)
  expect([...rows.values()]).toHaveLength(plain.size)
  expect(differing(rows.values(), plain.values())).toEqual([])
  expect(differing(rows.keys(), plain.keys())).toEqual([])
  const told = new Map<string, Row>()
  rows.forEach((one, key) => told.set(key, one))
  const keys = Array.from({ length: count + 10 }, (_, id) => row(id).key)
  expect(keys.filter((key) => rows.get(key) !== plain.get(key))).toEqual([])
  expect(keys.filter((key) => told.get(key) !== plain.get(key))).toEqual([])
  expect(keys.filter((key) => rows.has(key) !== plain.has(key))).toEqual([])
}

test('rows that were changed many times are those of a map with the same changes', () => {
  const random = randomly(5)
  const plain = new Map(
    Array.from({ length: count }, (_, id) => row(id)).map((one) => [one.key, one]),
  )
  let rows: Rows = new Map(plain)
  let touched: Row[] = []
  for (let round = 0; round < 60; round += 1) {
    const before = rows
    const was = new Map(plain)
    const changes = new Map<string, Row | undefined>()
    for (let left = random.below(4); left > 0; left -= 1) {
      // Some are changed again, and some that are gone come back.
      const again = touched.at(-1 - random.below(4))
      const next = row(
        again && random.below(2) === 0 ? Number(again.id) : random.below(count + 10),
      )
      const isGone = random.below(3) === 0
      changes.set(next.key, isGone ? undefined : next)
      touched = [...touched, next].slice(-4)
      if (isGone) plain.delete(next.key)
      else plain.set(next.key, next)
    }
    rows = changeRows(rows, changes)

    expectSame(rows, plain)
    expectSame(before, was)
    const { come, gone } = compareRows(before, rows)
    expect(new Set(come)).toEqual(new Set(differing(plain.values(), was.values())))
    expect(gone).toEqual(new Set(differing(was.values(), plain.values())))
  }
})

test('rows without a change are the same', () => {
  const rows: Rows = new Map()

  expect(changeRows(rows, new Map())).toBe(rows)
})
