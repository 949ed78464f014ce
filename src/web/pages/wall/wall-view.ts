/** How the wall is shown, as it stands in the address; which rows it shows is the list's view. */
import { isRunning, mayHaveScreen } from '#contract/lifecycle.ts'

import type { Row } from '../../api/inventory.ts'
import { countGroups, groupOf, type StateGroup } from '../instances/list/select-rows.ts'

export const tileSizes = ['s', 'm', 'l', 'xl'] as const
export type TileSize = (typeof tileSizes)[number]

/** Seconds between two looks at one screen. */
export const periods = [5, 10, 15, 30] as const
const defaultPeriod = 10

export type WallView = {
  size: TileSize
  everySeconds: number
  paused: boolean
  blurred: boolean
}

/** What makes no sense is left out rather than complained about. */
export function readWall(search: URLSearchParams): WallView {
  const every = Number(search.get('every'))
  return {
    size: tileSizes.find((size) => size === search.get('size')) ?? 'm',
    everySeconds: periods.find((period) => period === every) ?? defaultPeriod,
    paused: search.has('paused'),
    blurred: search.has('blur'),
  }
}

/** `search` with the view written into it; defaults are left out, other keys stay. */
export function writeWall(search: URLSearchParams, view: WallView): URLSearchParams {
  const next = new URLSearchParams(search)
  const put = (key: string, value: string | null) => {
    if (value === null) next.delete(key)
    else next.set(key, value)
  }
  put('size', view.size === 'm' ? null : view.size)
  put('every', view.everySeconds === defaultPeriod ? null : String(view.everySeconds))
  put('paused', view.paused ? '1' : null)
  put('blur', view.blurred ? '1' : null)
  return next
}

const gap = 12
const leastWidth: Record<TileSize, number> = { s: 160, m: 272, l: 420, xl: 720 }
const pictureWidths: Record<TileSize, number> = { s: 320, m: 320, l: 640, xl: 960 }
/** The height of a tile without its screenshot. */
const words = 66

type Layout = { columns: number; tileHeight: number; pictureWidth: number }

/** How many tiles fit side by side, and what follows from it. */
export function layOut(width: number, size: TileSize): Layout {
  const columns = Math.max(1, Math.floor((width + gap) / (leastWidth[size] + gap)))
  const tileWidth = (width - gap * (columns - 1)) / columns
  return {
    columns,
    // Screens are 16:10 or nearly so.
    tileHeight: Math.round((tileWidth * 10) / 16) + words,
    pictureWidth: pictureWidths[size],
  }
}

/**
 * How many rows are in which group, as the filter counts them. `on`: those of them with a screen that don't
 * need attention; `leaving`: those in progress that have none.
 */
export function countScreens(
  rows: readonly Row[],
): Record<StateGroup | 'on' | 'leaving', number> {
  const counts = countGroups(rows)
  const on = rows.filter(
    (row) => mayHaveScreen(row.state) && groupOf(row) !== 'attention',
  ).length
  return { ...counts, on, leaving: counts.running + counts.changing - on }
}

/** What can be looked at first, then what needs attention; else as they came. */
export function screensFirst(rows: readonly Row[]): Row[] {
  const rank = (row: Row) => {
    if (isRunning(row.state)) return 0
    if (mayHaveScreen(row.state)) return 1
    return groupOf(row) === 'attention' ? 2 : 3
  }
  return [...rows].sort((a, b) => rank(a) - rank(b))
}
