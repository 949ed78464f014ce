/**
 * The list as a grid: a native table of which only the rows in sight exist. Rows are memoised
 * and keyed by zone and id, so a refresh renders only those that changed, and an open menu or
 * a focused cell survives it.
 */
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useCallback, useMemo, useRef, useState, type MouseEvent } from 'react'
import { useNavigate } from 'react-router'

import type { Row } from '../../../api/inventory.ts'
import { useTheme } from '../../../stores/theme.ts'
import { headKey, useGridFocus } from '../../../table/use-grid-focus.ts'
import { useVirtualRows } from '../../../table/use-virtual-rows.ts'
import { columns, useColumnLabels } from './columns.tsx'
import { GridGlance } from './GridGlance.tsx'
import type { ColumnId } from './list-view.ts'
import {
  GridMenu,
  GridRowLink,
  RowMenuButton,
  StaleNote,
  useFollowLinks,
  type MenuRequest,
} from './row-menu.tsx'
import type { Names, Sort, SortColumn } from './select-rows.ts'
import { keyOf, type Selection } from './use-selection.ts'

const cellClass = 'h-row border-b border-border px-3 py-0'
const headClass =
  'h-row border-b border-border px-3 py-0 text-left text-xs font-medium text-muted'

type RowProps = {
  row: Row
  index: number
  names: Names
  shown: readonly ColumnId[]
  selected: boolean
  stale: boolean
  onToggle: (key: string, range: boolean) => void
  menuOpen: boolean
  onMenu: (request: MenuRequest) => void
}

const GridRow = memo(function GridRow(props: RowProps) {
  const { row, index, names, shown, selected, stale, onToggle, menuOpen, onMenu } = props
  const { t } = useLingui()
  const name = row.name ?? row.id
  const ground = selected
    ? 'bg-selected'
    : stale
      ? 'bg-sunken text-muted'
      : 'hover:bg-hover'
  return (
    <tr
      data-row-key={keyOf(row)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      translate="no"
      className={ground}
    >
      <td className={`${cellClass} pe-0`}>
        <input
          type="checkbox"
          className="ui-checkbox align-middle"
          aria-label={t`Select ${name}`}
          checked={selected}
          onChange={() => undefined}
          onClick={(event: MouseEvent) => onToggle(keyOf(row), event.shiftKey)}
        />
      </td>
      <th scope="row" className={`${cellClass} truncate text-left font-normal`}>
        <GridRowLink row={row} />
      </th>
      {shown.map((id) => (
        <td
          key={id}
          translate={id === 'state' ? 'yes' : undefined}
          className={`${cellClass} truncate`}
        >
          {columns[id].cell(row, names)}
        </td>
      ))}
      <td className={`${cellClass} ps-0 text-right`}>
        {stale && <StaleNote />}
        <RowMenuButton row={row} open={menuOpen} onMenu={onMenu} />
      </td>
    </tr>
  )
})

type HeadProps = {
  shown: readonly ColumnId[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  selection: Selection
  count: number
}

/** First ascending, then descending, then as it was. */
function nextSort(column: SortColumn, sort: Sort | null): Sort | null {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? null : { column, descending: true }
}

function SortButton({
  column,
  label,
  sort,
  onSort,
}: {
  column: SortColumn
  label: string
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}) {
  const Arrow = sort?.descending ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      className="-mx-1 inline-flex items-center gap-1 rounded-sm px-1 py-1 font-medium hover:text-text"
      onClick={() => onSort(nextSort(column, sort))}
    >
      {label}
      {sort?.column === column && <Arrow size={12} aria-hidden="true" />}
    </button>
  )
}

function GridHead({ shown, sort, onSort, selection, count }: HeadProps) {
  const { t } = useLingui()
  const labels = useColumnLabels()
  const chosen = selection.rows.length
  const direction = (column: SortColumn | undefined) => {
    if (!column || sort?.column !== column) return undefined
    return sort.descending ? 'descending' : 'ascending'
  }
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr data-row-key={headKey} aria-rowindex={1}>
        <td className={`${headClass} w-10 pe-0`}>
          <input
            type="checkbox"
            className="ui-checkbox align-middle"
            aria-label={t`Select all visible instances`}
            checked={chosen > 0 && chosen === count}
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < count
            }}
            onChange={selection.toggleAll}
          />
        </td>
        {(['name', ...shown] as const).map((id) => {
          const column = id === 'name' ? 'name' : columns[id].sort
          const width = id === 'name' ? 'w-46' : columns[id].width
          return (
            <th
              key={id}
              scope="col"
              aria-sort={direction(column)}
              className={`${headClass} ${width}`}
            >
              {column ? (
                <SortButton
                  column={column}
                  label={labels[id]}
                  sort={sort}
                  onSort={onSort}
                />
              ) : (
                labels[id]
              )}
            </th>
          )
        })}
        <th scope="col" className={`${headClass} w-12`}>
          <span className="sr-only">{t`Actions`}</span>
        </th>
      </tr>
    </thead>
  )
}

interface InstanceGridProps {
  rows: readonly Row[]
  names: Names
  shown: readonly ColumnId[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  selection: Selection
  onToggle: (key: string, range: boolean) => void
  downZones: ReadonlySet<string>
}

function Gap({ height, columns: span }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true">
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  )
}

export const InstanceGrid = memo(function InstanceGrid(props: InstanceGridProps) {
  const { rows, names, shown, sort, onSort, selection, onToggle, downZones } = props
  const { t } = useLingui()
  const navigate = useNavigate()
  const followLinks = useFollowLinks()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const rowHeight = useTheme(({ density }) => (density === 'comfortable' ? 44 : 36))
  const keys = useMemo(() => rows.map(keyOf), [rows])
  // A new function would make the virtualizer go through all rows again, at every render.
  const keyAt = useCallback((index: number) => keys[index] ?? String(index), [keys])
  const { layOut, scrollToIndex } = useVirtualRows({
    scroller,
    count: rows.length,
    rowHeight,
    keyAt,
  })
  const { activeKey, ...handlers } = useGridFocus({
    grid,
    keys,
    scrollToIndex,
    onOpen: (key) => void navigate(`/instances/${key}`),
    onSelectAll: selection.toggleAll,
  })
  const { rows: laidOut, rest } = layOut(activeKey ? keys.indexOf(activeKey) : -1)
  const span = shown.length + 3
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
        className="w-full min-w-254 table-fixed border-separate border-spacing-0 text-sm"
        onClick={followLinks}
        {...handlers}
      >
        <GridHead
          shown={shown}
          sort={sort}
          onSort={onSort}
          selection={selection}
          count={rows.length}
        />
        <tbody>
          {laidOut.flatMap(({ index, gap }) => {
            const row = rows[index]
            if (!row) return []
            const key = keyOf(row)
            return [
              gap > 0 && <Gap key={`before ${key}`} height={gap} columns={span} />,
              <GridRow
                key={key}
                row={row}
                index={index}
                names={names}
                shown={shown}
                selected={selection.has(key)}
                stale={downZones.has(row.zone)}
                onToggle={onToggle}
                menuOpen={menu !== undefined && keyOf(menu.row) === key}
                onMenu={toggleMenu}
              />,
            ]
          })}
          <Gap height={rest} columns={span} />
        </tbody>
      </table>
      <GridGlance grid={grid} />
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
