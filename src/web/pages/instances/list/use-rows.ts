import { useEffect, useMemo, useState } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { useMarkWords } from '../../../components/InstanceMarks.tsx'
import { useFixtures } from '../../../stores/fixtures.ts'
import { isPlain, loadQueryTools, useQueryTools } from '../query/load-tools.ts'
import { createHolder, useActing } from './held-rows.ts'
import type { ListView } from './list-view.ts'
import {
  countGroups,
  createTextOf,
  groupOf,
  searchRows,
  type Names,
} from './select-rows.ts'
import { createSorter } from './sort-rows.ts'

const minuteMs = 60_000

/** The tools for a text that has more than plain words; undefined while they aren't there or needed. */
function useToolsFor(text: string) {
  const plain = isPlain(text)
  const { tools, error } = useQueryTools()
  useEffect(() => {
    if (!plain) void loadQueryTools()
  }, [plain])
  if (!plain && !tools && error) throw error
  return { plain, tools: plain ? undefined : tools }
}

/**
 * The rows of a view: sorted first, so that a typed key only has to filter. `pending`: what reads the
 * query is still being loaded. `left`: how many test fixtures are hidden.
 */
export function useRows(view: ListView, names: Names) {
  const all = useInventory((state) => state.rows)
  const { text, state, zone, sort } = view
  const column = sort?.column
  const descending = sort?.descending ?? false
  const { hidden } = useFixtures()
  const [sortThem] = useState(createSorter)
  const ordered = useMemo(
    () => sortThem(all, column ? { column, descending } : null, names),
    [sortThem, all, column, descending, names],
  )
  const sorted = useMemo(
    () => (hidden ? ordered.filter(({ mark }) => !mark?.fixture) : ordered),
    [ordered, hidden],
  )
  const words = useMarkWords()
  const textOf = useMemo(() => createTextOf(names, words), [names, words])
  const { plain, tools } = useToolsFor(text)
  const warm = useQueryTools((now) => now.tools?.warmTexts)
  useEffect(() => warm?.(sorted, textOf), [warm, sorted, textOf])
  // The server's clock, as far as the zones' health tells it.
  const minute = useInventory(({ zones }) =>
    plain ? 0 : Math.floor(Math.max(0, ...zones.map(({ at = 0 }) => at)) / minuteMs),
  )
  const found = useMemo(() => {
    const inZone = zone ? sorted.filter((row) => row.zone === zone) : sorted
    if (plain) return searchRows(inZone, text, textOf)
    const now = minute * minuteMs
    return tools?.filterRows(inZone, text, { names, textOf, now }) ?? []
  }, [sorted, zone, text, textOf, plain, tools, names, minute])
  const counts = useMemo(() => countGroups(found), [found])
  const shown = useMemo(
    () => (state ? found.filter((row) => groupOf(row) === state) : found),
    [found, state],
  )
  const [hold] = useState(createHolder)
  const isActing = useActing((now) => now.isActing)
  const held = useMemo(() => {
    const by = [text, state, zone, column, descending, hidden]
    return hold(shown, { known: all, isActing, by })
  }, [hold, shown, all, isActing, text, state, zone, column, descending, hidden])
  const pending = !plain && !tools
  const left = all.size - sorted.length
  return { total: all.size, found: found.length, counts, shown: held, pending, left }
}
