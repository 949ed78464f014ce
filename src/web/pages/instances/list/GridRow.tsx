/** One row of the grid, memoised: a refresh renders only the rows that changed. What it shows are functions, not components (columns.tsx). */
import { useLingui } from '@lingui/react/macro'
import { memo, type MouseEvent } from 'react'

import type { Row } from '../../../api/inventory.ts'
import { InstanceMarks } from '../../../components/InstanceMarks.tsx'
import { starButton } from '../../../components/marks/FavoriteStar.tsx'
import type { LabelColors } from '../../../stores/label-colors.ts'
import { columns, type CellTools } from './columns.tsx'
import type { ColumnId } from './list-view.ts'
import { gridRowLink, rowMenuButton, StaleNote, type MenuRequest } from './row-menu.tsx'
import type { Names } from './select-rows.ts'
import { keyOf } from './use-selection.ts'

const cellClass = 'h-row border-b border-border px-cell py-0'

const starClass = 'ms-1 h-[calc(var(--row-height)-1px)] w-6'

type RowProps = {
  row: Row
  index: number
  names: Names
  colors: LabelColors
  /** Undefined until the favorites are read. */
  isFavorite: boolean | undefined
  shown: readonly ColumnId[]
  selected: boolean
  stale: boolean
  onToggle: (key: string, range: boolean) => void
  menuOpen: boolean
  onMenu: (request: MenuRequest) => void
}

export const GridRow = memo(function GridRow(props: RowProps) {
  const { row, index, names, colors, shown, selected, stale } = props
  const { isFavorite, onToggle, menuOpen, onMenu } = props
  const { t } = useLingui()
  const name = row.name ?? row.id
  const marksId = `marks-${row.id}`
  const tools: CellTools = {
    names,
    colors,
    copy: t`Copy`,
    copyOf: (text) => t`Copy ${text}`,
  }
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
      <td className={`${cellClass} pe-0 whitespace-nowrap`}>
        <input
          type="checkbox"
          className="ui-checkbox align-middle"
          aria-label={t`Select ${name}`}
          checked={selected}
          onChange={() => undefined}
          onClick={(event: MouseEvent) => onToggle(keyOf(row), event.shiftKey)}
        />
        {/* The line below the cell is part of the row: one that is higher than reckoned scrolls to the wrong place. */}
        {starButton(row, t`Favorite ${name}`, isFavorite, starClass)}
      </td>
      <th
        scope="row"
        // The marks describe the row and aren't part of its name.
        aria-label={row.mark && name}
        className={`${cellClass} truncate text-left font-normal`}
      >
        {row.mark ? (
          <span className="flex items-center gap-2">
            <span className="truncate">{gridRowLink(row, marksId)}</span>
            <span id={marksId} className="flex shrink-0 gap-1.5">
              <InstanceMarks row={row} />
            </span>
          </span>
        ) : (
          gridRowLink(row)
        )}
      </th>
      {shown.map((id) => (
        <td
          key={id}
          translate={id === 'state' ? 'yes' : undefined}
          title={columns[id].title?.(row, tools)}
          className={`${cellClass} truncate ${columns[id].className ?? ''}`}
        >
          {columns[id].cell(row, tools)}
        </td>
      ))}
      <td className={`${cellClass} ps-0 text-right`}>
        {stale && <StaleNote />}
        {rowMenuButton(row, t`More actions for ${name}`, menuOpen, onMenu)}
      </td>
    </tr>
  )
})
