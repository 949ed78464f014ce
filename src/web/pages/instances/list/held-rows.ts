/**
 * Keeps rows in their places while someone acts on them: a row that moves away under the pointer leads to a click on
 * another instance.
 */
import { create } from 'zustand'

import type { Row } from '../../../api/inventory.ts'

/** Whether someone acts on the rows right now; watch-acting.ts tells. */
export const useActing = create(() => ({ isActing: false }))

/** The rows in the places they had before; new ones come last, and of those that are gone `known` has none. */
export function holdRows(
  before: readonly Row[],
  now: readonly Row[],
  known: ReadonlyMap<string, Row>,
): Row[] {
  const held = before.flatMap(({ key }) => known.get(key) ?? [])
  const places = new Set(held.map(({ key }) => key))
  return [...held, ...now.filter(({ key }) => !places.has(key))]
}

/** Holds rows from call to call, as long as `isActing` and what the person has chosen stay the same. */
export function createHolder() {
  let last: { now: Row[]; rows: Row[]; by: readonly unknown[] } | undefined
  return (
    now: Row[],
    {
      known,
      isActing,
      by,
    }: { known: ReadonlyMap<string, Row>; isActing: boolean; by: readonly unknown[] },
  ): Row[] => {
    const held = isActing && last?.by.every((one, at) => one === by[at]) ? last : undefined
    // That someone begins to act is no reason to go through all rows.
    const isSame = held?.now === now
    const rows = isSame ? held.rows : held ? holdRows(held.rows, now, known) : now
    last = { now, rows, by }
    return rows
  }
}
