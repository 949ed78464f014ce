/**
 * Keeps rows in their places while someone acts on them: a row that moves away under the pointer leads to a click on
 * another instance.
 */
import { useMemo, useState } from 'react'
import { create } from 'zustand'

import type { Row, Rows } from '../../../api/inventory.ts'
import { useFixtures } from '../../../stores/fixtures.ts'
import { useFolded } from '../groups/folded.ts'
import type { Group, Line } from '../groups/group-rows.ts'
import type { ListView } from './list-view.ts'

/** Whether someone acts on the rows right now; watch-acting.ts tells. */
export const useActing = create(() => ({ isActing: false }))

/** What is shown: the rows, with those of collapsed groups, and the lines with the headings. */
export type Arranged = { rows: readonly Row[]; lines: readonly Line[] }

const still = (rows: readonly Row[], known: Rows): Row[] =>
  rows.flatMap(({ key }) => known.get(key) ?? [])

/** The rows in the places they had before; new ones come last, and of those that are gone `known` has none. */
function holdRows(before: readonly Row[], now: readonly Row[], known: Rows): Row[] {
  const held = still(before, known)
  const places = new Set(held.map(({ key }) => key))
  return [...held, ...now.filter(({ key }) => !places.has(key))]
}

/** The lines in the places they had before. Rows that are new or belong to another group now wait: in their group they would move the others. */
function holdLines(before: readonly Line[], known: Rows): Line[] {
  return before.flatMap((line): Line[] => {
    if (!('isFolded' in line)) return still([line], known)
    const rows = still(line.rows, known)
    const group: Group = { ...line, rows }
    return rows.length > 0 ? [group] : []
  })
}

const isGrouped = ([first]: readonly Line[]) => first !== undefined && 'isFolded' in first

function hold({ rows, lines }: Arranged, now: Arranged, known: Rows): Arranged {
  if (isGrouped(lines)) return { rows: still(rows, known), lines: holdLines(lines, known) }
  const held = holdRows(rows, now.rows, known)
  return { rows: held, lines: held }
}

/** Holds what is shown from call to call, as long as `isActing` and what the person has chosen stay the same. */
export function createHolder() {
  let last: { now: Arranged; shown: Arranged; by: readonly unknown[] } | undefined
  return (
    now: Arranged,
    { known, isActing, by }: { known: Rows; isActing: boolean; by: readonly unknown[] },
  ): Arranged => {
    const isView =
      last?.by.every((one, at) => one === by[at]) &&
      // What groups the rows may have been loaded since then.
      isGrouped(last.shown.lines) === isGrouped(now.lines)
    const held = isActing && isView ? last : undefined
    // That someone begins to act is no reason to go through all rows.
    const isSame = held?.now === now
    const shown = isSame ? held.shown : held ? hold(held.shown, now, known) : now
    last = { now, shown, by }
    return shown
  }
}

/** What is shown of a view, as long as someone acts with the rows where they were. A new view is shown at once, and so is what is collapsed or hidden. */
export function useHeld(arranged: Arranged, known: Rows, view: ListView): Arranged {
  const [holdThem] = useState(createHolder)
  const isActing = useActing((now) => now.isActing)
  const { folded } = useFolded()
  const { hidden } = useFixtures()
  return useMemo(
    () => holdThem(arranged, { known, isActing, by: [view, folded, hidden] }),
    [holdThem, arranged, known, isActing, view, folded, hidden],
  )
}
