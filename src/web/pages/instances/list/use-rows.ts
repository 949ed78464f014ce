import { useEffect, useMemo, useState } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { useMarkWords } from '../../../components/InstanceMarks.tsx'
import { useFavorites } from '../../../stores/favorites.ts'
import { useFixtures } from '../../../stores/fixtures.ts'
import { useFolded } from '../groups/folded.ts'
import { isPlain, loadQueryTools, useQueryTools } from '../query/load-tools.ts'
import { useHeld } from './held-rows.ts'
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

/**
 * The tools for a text that has more than plain words, and for rows that are arranged; undefined while they
 * aren't there or needed.
 */
function useToolsFor(text: string, isArranged: boolean) {
  const plain = isPlain(text)
  const needed = !plain || isArranged
  const { tools, error } = useQueryTools()
  useEffect(() => {
    if (needed) void loadQueryTools()
  }, [needed])
  if (needed && !tools && error) throw error
  return { plain, tools: needed ? tools : undefined, isLoading: needed && !tools }
}

/**
 * The rows of a view: sorted first, so that a typed key only has to filter. `pending`: what reads the
 * query is still being loaded, or the favorites are. `unread`: they are needed, and couldn't be read. `left`: how many test fixtures are hidden.
 */
export function useRows(view: ListView, names: Names) {
  const all = useInventory((state) => state.rows)
  const { text, state, zone, sort, group, favoritesFirst } = view
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
  const { plain, tools, isLoading } = useToolsFor(text, favoritesFirst || group !== null)
  const warm = useQueryTools((now) => now.tools?.warmTexts)
  useEffect(() => warm?.(sorted, textOf), [warm, sorted, textOf])
  const { keys: favorites, isUnread = false } = useFavorites()
  // The server's clock, as far as the zones' health tells it.
  const minute = useInventory(({ zones }) =>
    plain ? 0 : Math.floor(Math.max(0, ...zones.map(({ at = 0 }) => at)) / minuteMs),
  )
  const found = useMemo(() => {
    const inZone = zone ? sorted.filter((row) => row.zone === zone) : sorted
    if (plain) return searchRows(inZone, text, textOf)
    const now = minute * minuteMs
    return tools?.filterRows(inZone, text, { names, textOf, now, favorites }) ?? []
  }, [sorted, zone, text, textOf, plain, tools, names, minute, favorites])
  // Without the favorites, a query for them finds nothing, and before it can be read, any: that says nothing.
  const isForFavorites = !plain && tools?.needsFavorites(text)
  const isKnown = !isLoading && (!isForFavorites || favorites !== undefined)
  const counts = useMemo(() => (isKnown ? countGroups(found) : undefined), [found, isKnown])
  const inState = useMemo(
    () => (state ? found.filter((row) => groupOf(row) === state) : found),
    [found, state],
  )
  const { folded } = useFolded()
  const arranged = useMemo(
    () =>
      tools?.arrange(inState, { group, favoritesFirst, favorites, folded }) ?? {
        rows: inState,
        lines: inState,
      },
    [inState, group, favoritesFirst, tools, favorites, folded],
  )
  const { rows: shown, lines } = useHeld(arranged, all, view)
  const needed = favoritesFirst || isForFavorites
  const unread = Boolean(needed && isUnread)
  const pending = isLoading || Boolean(needed && !favorites && !isUnread)
  const left = all.size - sorted.length
  return {
    total: all.size,
    found: found.length,
    counts,
    shown,
    lines,
    pending,
    unread,
    left,
  }
}
