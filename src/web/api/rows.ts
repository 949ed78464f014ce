/**
 * The rows of the inventory, of which a few change at a time. To copy a map of a hundred thousand for each change takes
 * longer than to show it, so changed rows share the map that they were made of.
 */
import type { Row, Rows } from './inventory.ts'

/** `undefined` stands for a row that is gone. */
export type RowChanges = ReadonlyMap<string, Row | undefined>

/** The share of the rows that may differ from a shared map; for more, a map of their own is made. */
const changedShare = 0.005

/** The rows of a map with some of them changed, each in its place; new ones come last. */
function listOf(base: Rows, changes: RowChanges): readonly Row[] {
  const list = [...base.values()]
  for (const [key, row] of changes) {
    const was = base.get(key)
    // They are few, and found one by one sooner than each row's key is looked up.
    if (was) list.splice(list.indexOf(was), 1, ...(row ? [row] : []))
    else if (row) list.push(row)
  }
  return list
}

class ChangedRows implements ReadonlyMap<string, Row> {
  readonly base: Rows
  readonly changes: RowChanges
  readonly size: number
  #list: readonly Row[] | undefined

  constructor(base: Rows, changes: RowChanges) {
    this.base = base
    this.changes = changes
    let size = base.size
    for (const [key, row] of changes)
      size += Number(row !== undefined) - Number(base.has(key))
    this.size = size
  }

  get(key: string): Row | undefined {
    return this.changes.has(key) ? this.changes.get(key) : this.base.get(key)
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  values(): MapIterator<Row> {
    this.#list ??= listOf(this.base, this.changes)
    return this.#list.values()
  }

  *keys(): MapIterator<string> {
    for (const { key } of this.values()) yield key
  }

  *entries(): MapIterator<[string, Row]> {
    for (const row of this.values()) yield [row.key, row]
  }

  [Symbol.iterator](): MapIterator<[string, Row]> {
    return this.entries()
  }

  forEach(then: (row: Row, key: string, rows: Rows) => void): void {
    for (const row of this.values()) then(row, row.key, this)
  }
}

const split = (rows: Rows): { base: Rows; changes: RowChanges } =>
  rows instanceof ChangedRows ? rows : { base: rows, changes: new Map() }

/** The rows with some of them changed. `rows` stays as it is. */
export function changeRows(rows: Rows, more: RowChanges): Rows {
  if (more.size === 0) return rows
  const { base, changes } = split(rows)
  const changed = new ChangedRows(base, new Map([...changes, ...more]))
  return changed.changes.size > base.size * changedShare ? new Map(changed) : changed
}

/** The rows that have come, and those that are gone or were replaced. Most are the same as before. */
export function compareRows(before: Rows, now: Rows): { come: Row[]; gone: Set<Row> } {
  const come: Row[] = []
  const gone = new Set<Row>()
  const compare = (was: Row | undefined, is: Row | undefined) => {
    if (was === is) return
    if (is) come.push(is)
    if (was) gone.add(was)
  }
  const [one, other] = [split(before), split(now)]
  if (one.base === other.base) {
    for (const key of new Set([...one.changes.keys(), ...other.changes.keys()]))
      compare(before.get(key), now.get(key))
    return { come, gone }
  }
  let known = 0
  for (const [key, row] of now) {
    const was = before.get(key)
    if (was) known += 1
    compare(was, row)
  }
  if (known < before.size) for (const [key, row] of before) if (!now.has(key)) gone.add(row)
  return { come, gone }
}
