/**
 * Shows the list as a grid: a native table of which only the rows in sight exist. A row keeps its elements
 * while it is in sight, so an open menu or a focused cell survives a refresh.
 */
import { useLingui } from '@lingui/react/macro'
import { lazy, memo, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'

import { useFavorites } from '../../../stores/favorites.ts'
import { useLabelColors } from '../../../stores/label-colors.ts'
import { useTheme } from '../../../stores/theme.ts'
import { useGridFocus } from '../../../table/use-grid-focus.ts'
import { useSlots } from '../../../table/use-slots.ts'
import { useVirtualRows } from '../../../table/use-virtual-rows.ts'
import { Contained } from '../../../ui/Contained.tsx'
import { useCopyText } from '../../../ui/use-copy-text.ts'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import type { Line } from '../groups/group-rows.ts'
import { useQueryTools } from '../query/load-tools.ts'
import { GridHead } from './GridHead.tsx'
import { GridRow } from './GridRow.tsx'
import { columnIds, defaultColumns, type ColumnId } from './list-view.ts'
import { GridMenu, useFollowLinks, type MenuRequest } from './row-menu.tsx'
import type { Names } from './select-rows.ts'
import type { Sort } from './sort-rows.ts'
import type { Selection } from './use-selection.ts'

// Rows are seen first.
const GridExtras = lazy(async () => ({
  default: (await import('./GridExtras.tsx')).GridExtras,
}))

type InstanceGridProps = {
  lines: readonly Line[]
  /** How many instances there are, with those of collapsed groups. */
  count: number
  names: Names
  shown: readonly ColumnId[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  selection: Selection
  onToggle: (key: string, range: boolean) => void
  onToggleAll: () => void
  downZones: ReadonlySet<string>
}

function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true">
      <td style={{ height, padding: 0 }} />
    </tr>
  )
}

/** The grid's elements, its keys, and which rows to render. */
function useLayout(lines: readonly Line[], onSelectAll: () => void) {
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const isComfortable = useTheme(({ density }) => density === 'comfortable')
  // As the stylesheet has it: a finger needs 44 pixels.
  const isTouch = useMediaQuery('(pointer: coarse)')
  const rowHeight = isComfortable || isTouch ? 44 : 36
  const keys = useMemo(() => lines.map(({ key }) => key), [lines])
  const { layOut, scrollToIndex } = useVirtualRows({
    scroller,
    count: lines.length,
    rowHeight,
  })
  const { activeKey, focusedKey, ...handlers } = useGridFocus({
    grid,
    keys,
    scrollToIndex,
    onOpen: (key) => {
      // A heading leads nowhere.
      if (!key.startsWith('#')) void navigate(`/instances/${key}`)
    },
    onSelectAll,
  })
  const laidOut = layOut(activeKey ? keys.indexOf(activeKey) : -1)
  return { scroller, grid, handlers, focusedKey, ...laidOut }
}

type BodyProps = Pick<
  InstanceGridProps,
  'lines' | 'names' | 'selection' | 'onToggle' | 'downZones'
> & {
  /** Which lines to render, with the empty space before each, and after all. */
  laidOut: readonly { index: number; gap: number }[]
  rest: number
  columns: readonly ColumnId[]
  /** How many columns a heading covers. */
  span: number
  menu: MenuRequest | undefined
  onMenu: (request: MenuRequest) => void
  /** The line that has the focus, or had it. */
  focusedKey: string | undefined
}

function GridBody(props: BodyProps) {
  const { lines, laidOut, rest, span, menu, downZones, focusedKey, ...shared } = props
  const { selection, columns, names, onToggle, onMenu } = shared
  const { keys: favorites } = useFavorites()
  const { colors } = useLabelColors()
  // They were loaded before the rows were arranged.
  const tools = useQueryTools(({ tools: loaded }) => loaded)
  // Without groups, the many lines needn't be gone through at each key.
  const groups = useMemo(
    () =>
      lines[0] && 'isFolded' in lines[0] ? lines.filter((line) => 'isFolded' in line) : [],
    [lines],
  )
  const slots = useSlots(
    laidOut.map(({ index }) => lines[index]?.key ?? ''),
    [focusedKey, menu?.row.key],
  )
  return (
    <tbody>
      {laidOut.flatMap(({ index, gap }, at) => {
        const line = lines[index]
        if (!line) return []
        const { key } = line
        return [
          gap > 0 && <Gap key={`before ${slots[at]}`} height={gap} />,
          'isFolded' in line ? (
            tools && (
              <tools.GroupRow
                key={slots[at]}
                group={line}
                columns={span}
                {...{ groups, index, selection }}
              />
            )
          ) : (
            <GridRow
              key={slots[at]}
              row={line}
              index={index}
              names={names}
              colors={colors}
              isFavorite={favorites?.has(key)}
              shown={columns}
              selected={selection.has(key)}
              stale={downZones.has(line.zone)}
              onToggle={onToggle}
              menuOpen={menu?.row.key === key}
              onMenu={onMenu}
            />
          ),
        ]
      })}
      <Gap height={rest} />
    </tbody>
  )
}

export const InstanceGrid = memo(function InstanceGrid(props: InstanceGridProps) {
  const { lines, count, shown, sort, onSort, onToggleAll, selection } = props
  const { t } = useLingui()
  const followLinks = useFollowLinks()
  const copy = useCopyText()
  const layout = useLayout(lines, onToggleAll)
  const { scroller, grid, handlers, focusedKey, rows: laidOut, rest } = layout
  const isWide = useMediaQuery('(width >= 120rem)')
  const isUsual = shown === defaultColumns
  // The server renders all of them, and the stylesheet hides what is too much for a usual screen.
  const columns = isUsual && (isWide || !globalThis.window) ? columnIds : shown
  const [menu, setMenu] = useState<MenuRequest>()
  // The button that opened it closes it again.
  const toggleMenu = useCallback(
    (request: MenuRequest) =>
      setMenu((now) => (now?.anchor === request.anchor ? undefined : request)),
    [setMenu],
  )
  return (
    <div
      ref={scroller}
      data-focus-home
      data-scrolls="list"
      className="ui-scroll min-h-72 grow basis-0 scroll-pt-row overflow-auto rounded-lg border border-border bg-surface"
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter on a link is a click */}
      <table
        ref={grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid of links
        role="grid"
        aria-label={t`Instances`}
        aria-rowcount={lines.length + 1}
        aria-multiselectable="true"
        data-count={count}
        data-usual={isUsual || undefined}
        className="w-full min-w-224 xl:min-w-250 table-fixed border-separate border-spacing-0 text-sm"
        onClick={(event) => {
          const text =
            event.target instanceof Element &&
            event.target.closest<HTMLElement>('[data-copy]')?.dataset['copy']
          if (text) void copy(text)
          else followLinks(event)
        }}
        {...handlers}
      >
        <GridHead
          shown={columns}
          sort={sort}
          onSort={onSort}
          selected={
            selection.rows.length === 0
              ? 'none'
              : selection.rows.length < count
                ? 'some'
                : 'all'
          }
          onToggleAll={onToggleAll}
        />
        <GridBody
          {...props}
          {...{ laidOut, rest, columns, menu, focusedKey }}
          span={(globalThis.window ? columns : shown).length + 1}
          onMenu={toggleMenu}
        />
      </table>
      {/* The last rows can be scrolled above the tray of operations. */}
      <div className="print:hidden [:root:has([data-tray=folded])_&]:h-14 [:root:has([data-tray=open])_&]:h-90" />
      {/* The line may be cut before it is loaded, and the rows stay. */}
      <Contained instead={null}>
        <Suspense>
          <GridExtras grid={grid} onMenu={setMenu} />
        </Suspense>
      </Contained>
      {menu && (
        <GridMenu key={menu.row.key} request={menu} onClosed={() => setMenu(undefined)} />
      )}
    </div>
  )
})
