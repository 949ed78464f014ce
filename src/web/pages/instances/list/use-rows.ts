import { useMemo } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { useMarkWords } from '../../../components/InstanceMarks.tsx'
import type { ListView } from './list-view.ts'
import { countGroups, createTextOf, groupOf, searchRows, sortRows } from './select-rows.ts'
import { useNames } from './use-names.ts'

/** The rows of a view: sorted first, so that a typed key only has to filter. */
export function useRows(view: ListView) {
  const all = useInventory((state) => state.rows)
  const names = useNames()
  const { text, state, zone, sort } = view
  const column = sort?.column
  const descending = sort?.descending ?? false
  const sorted = useMemo(
    () => sortRows(all.values(), column ? { column, descending } : null, names),
    [all, column, descending, names],
  )
  const words = useMarkWords()
  const textOf = useMemo(() => createTextOf(names, words), [names, words])
  const found = useMemo(() => {
    const inZone = zone ? sorted.filter((row) => row.zone === zone) : sorted
    return searchRows(inZone, text, textOf)
  }, [sorted, zone, text, textOf])
  const counts = useMemo(() => countGroups(found), [found])
  const shown = useMemo(
    () => (state ? found.filter((row) => groupOf(row) === state) : found),
    [found, state],
  )
  return { total: all.size, found: found.length, counts, shown, names }
}
