/**
 * Shows the list as a grid: a native table of which only the rows in sight exist. A row keeps its elements
 * while it is in sight, so an open menu or a focused cell survives a refresh.
 */
import { useLingui } from '@lingui/react/macro'
import {
  lazy,
  memo,
  Suspense,
  useCallback,
  useMemo,
  useRef,
  useState,
  type ComponentProps,
} from 'react'
import { useNavigate } from 'react-router'

import type { Row } from '../../../api/inventory.ts'
import { useTheme } from '../../../stores/theme.ts'
import { useGridFocus } from '../../../table/use-grid-focus.ts'
import { useSlots } from '../../../table/use-slots.ts'
import { useVirtualRows } from '../../../table/use-virtual-rows.ts'
import { Contained } from '../../../ui/Contained.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { GridHead } from './GridHead.tsx'
import { GridRow } from './GridRow.tsx'
import { columnIds, defaultColumns, type ColumnId } from './list-view.ts'
import { GridMenu, useFollowLinks, type MenuRequest } from './row-menu.tsx'
import type { Names } from './select-rows.ts'
import type { Sort } from './sort-rows.ts'
import { keyOf, type Selection } from './use-selection.ts'

// Rows are seen first.
const GridGlance = lazy(async () => ({
  default: (await import('./GridGlance.tsx')).GridGlance,
}))

const GridContextMenu = lazy(async () => ({
  default: (await import('./GridContextMenu.tsx')).GridContextMenu,
}))

type InstanceGridProps = {
  rows: readonly Row[]
  names: Names
  shown: readonly ColumnId[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  selection: Selection
  onToggle: (key: string, range: boolean) => void
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
function useLayout(rows: readonly Row[], onSelectAll: () => void) {
  const navigate = useNavigate()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const rowHeight = useTheme(({ density }) => (density === 'comfortable' ? 44 : 36))
  const keys = useMemo(() => rows.map(keyOf), [rows])
  const { layOut, scrollToIndex } = useVirtualRows({
    scroller,
    count: rows.length,
    rowHeight,
  })
  const { activeKey, focusedKey, ...handlers } = useGridFocus({
    grid,
    keys,
    scrollToIndex,
    onOpen: (key) => void navigate(`/instances/${key}`),
    onSelectAll,
  })
  const laidOut = layOut(activeKey ? keys.indexOf(activeKey) : -1)
  return { scroller, grid, handlers, focusedKey, ...laidOut }
}

/** What listens to the rows. The line may be cut before it is loaded, and the rows stay. */
function LaterParts(props: ComponentProps<typeof GridContextMenu>) {
  return (
    <Contained instead={null}>
      <Suspense>
        <GridGlance grid={props.grid} />
        <GridContextMenu {...props} />
      </Suspense>
    </Contained>
  )
}

export const InstanceGrid = memo(function InstanceGrid(props: InstanceGridProps) {
  const { rows, names, shown, sort, onSort, selection, onToggle, downZones } = props
  const { t } = useLingui()
  const followLinks = useFollowLinks()
  const layout = useLayout(rows, selection.toggleAll)
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
  const slots = useSlots(
    laidOut.map(({ index }) => rows[index]?.key ?? ''),
    [focusedKey, menu?.row.key],
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
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        data-usual={isUsual || undefined}
        className="w-full min-w-224 xl:min-w-250 table-fixed border-separate border-spacing-0 text-sm"
        onClick={followLinks}
        {...handlers}
      >
        <GridHead
          shown={columns}
          sort={sort}
          onSort={onSort}
          selection={selection}
          count={rows.length}
        />
        <tbody>
          {laidOut.flatMap(({ index, gap }, at) => {
            const row = rows[index]
            if (!row) return []
            const key = keyOf(row)
            return [
              gap > 0 && <Gap key={`before ${slots[at]}`} height={gap} />,
              <GridRow
                key={slots[at]}
                row={row}
                index={index}
                names={names}
                shown={columns}
                selected={selection.has(key)}
                stale={downZones.has(row.zone)}
                onToggle={onToggle}
                menuOpen={menu !== undefined && keyOf(menu.row) === key}
                onMenu={toggleMenu}
              />,
            ]
          })}
          <Gap height={rest} />
        </tbody>
      </table>
      <LaterParts grid={grid} onMenu={setMenu} />
      {menu && (
        <GridMenu
          key={keyOf(menu.row)}
          request={menu}
          onClosed={() => setMenu(undefined)}
        />
      )}
    </div>
  )
})
