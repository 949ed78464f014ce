/**
 * Shows the wall's tiles, of which only the rows in sight exist. The grid is one stop for Tab; arrow
 * keys move among the tiles, and Enter on a screen opens its console.
 */
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react'

import { useDownZones, type Row } from '../../api/inventory.ts'
import { useMediaQuery } from '../../ui/use-media-query.ts'
import { ScreenTile } from './ScreenTile.tsx'
import type { Tally } from './tally.ts'
import { layOut, type WallView } from './wall-view.ts'

const gap = 12

/** The element's width, as it is laid out. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return
    setWidth(element.current.clientWidth)
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [])
  return { element, width }
}

/** Where a key leads from tile `at` of `count`; undefined for any other key. */
function nextTile(
  key: string,
  at: number,
  { columns, count }: { columns: number; count: number },
): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    PageUp: at - 3 * columns,
    PageDown: at + 3 * columns,
    Home: 0,
    End: count - 1,
  }
  const to = steps[key]
  if (to === undefined) return undefined
  if (key === 'ArrowDown' || key === 'ArrowUp') return to < 0 || to >= count ? at : to
  return Math.max(0, Math.min(count - 1, to))
}

type WallGridProps = {
  rows: readonly Row[]
  view: WallView
  /** Screenshots are taken automatically; in real zones only on request. */
  automatic: boolean
  round: number
  tally: Tally
}

/** Which tile the keyboard is at: arrow keys move it, and the focus follows. */
function useActiveTile(
  grid: RefObject<HTMLDivElement | null>,
  rows: readonly Row[],
  columns: number,
  scrollToLine: (line: number) => void,
) {
  const [activeKey, setActiveKey] = useState<string>()
  const wanted = useRef(false)
  const found = rows.findIndex(({ key }) => key === activeKey)
  const activeIndex = Math.max(0, found)

  // The focus moves as soon as the tile that the keys lead to exists.
  useLayoutEffect(() => {
    if (!wanted.current || !activeKey) return
    const tile = grid.current?.querySelector(`[data-tile="${CSS.escape(activeKey)}"] a`)
    if (!(tile instanceof HTMLElement)) return
    wanted.current = false
    tile.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const to = nextTile(event.key, activeIndex, { columns, count: rows.length })
    const row = to === undefined ? undefined : rows[to]
    if (to === undefined || !row) return
    event.preventDefault()
    wanted.current = true
    setActiveKey(row.key)
    scrollToLine(Math.floor(to / columns))
  }
  const onFocus = ({ target }: FocusEvent) => {
    const tile = target.closest<HTMLElement>('[data-tile]')
    if (tile) setActiveKey(tile.dataset['tile'])
  }
  return { activeIndex, onKeyDown, onFocus }
}

export function WallGrid({ rows, view, automatic, round, tally }: WallGridProps) {
  const { t } = useLingui()
  const { element: grid, width } = useWidth()
  const touch = useMediaQuery('(hover: none)')
  const downZones = useDownZones()
  const { columns, tileHeight, pictureWidth } = layOut(width, view.size)
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count: width > 0 ? Math.ceil(rows.length / columns) : 0,
    // The page itself scrolls, as on every page but the list.
    getScrollElement: () => document.querySelector('#main'),
    estimateSize: () => tileHeight + gap,
    overscan: 1,
    scrollMargin: grid.current?.offsetTop ?? 0,
  })
  const { scrollMargin } = virtualizer.options
  // The library keeps the first heights that it got.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, tileHeight, columns])
  const { activeIndex, onKeyDown, onFocus } = useActiveTile(grid, rows, columns, (line) =>
    virtualizer.scrollToIndex(line),
  )

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={t`Screens`}
      aria-rowcount={Math.ceil(rows.length / columns)}
      aria-colcount={columns}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      className="relative shrink-0"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((line) => (
        <div
          key={line.key}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a grid of tiles is no table
          role="row"
          aria-rowindex={line.index + 1}
          className="absolute inset-x-0 top-0 grid gap-3"
          style={{
            height: tileHeight,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            transform: `translateY(${line.start - scrollMargin}px)`,
          }}
        >
          {rows
            .slice(line.index * columns, (line.index + 1) * columns)
            .map((row, index) => (
              <div
                key={`${row.key} ${pictureWidth}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
                role="gridcell"
                aria-colindex={index + 1}
              >
                <ScreenTile
                  row={row}
                  stale={downZones.has(row.zone)}
                  active={line.index * columns + index === activeIndex}
                  pictureWidth={pictureWidth}
                  everyMs={automatic && !view.paused ? view.everySeconds * 1_000 : null}
                  paused={automatic && view.paused}
                  blurred={view.blurred}
                  {...{ touch, round, tally }}
                />
              </div>
            ))}
        </div>
      ))}
    </div>
  )
}
