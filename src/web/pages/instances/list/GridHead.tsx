/** The header row of the grid: selects all rows, and sorts by a column. */
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo } from 'react'

import { headKey } from '../../../table/use-grid-focus.ts'
import { columns, useColumnLabels, type Column } from './columns.tsx'
import type { ColumnId } from './list-view.ts'
import type { Sort, SortColumn } from './sort-rows.ts'

const headClass =
  'h-row border-b border-border px-cell py-0 text-left text-xs font-medium text-muted'

type HeadProps = {
  shown: readonly ColumnId[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  /** How much of the list is selected. */
  selected: 'none' | 'some' | 'all'
  onToggleAll: () => void
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

export const GridHead = memo(function GridHead(props: HeadProps) {
  const { shown, sort, onSort, selected, onToggleAll } = props
  const { t } = useLingui()
  const labels = useColumnLabels()
  const direction = (column: SortColumn | undefined) => {
    if (!column || sort?.column !== column) return undefined
    return sort.descending ? 'descending' : 'ascending'
  }
  return (
    <thead className="sticky top-0 z-10 bg-surface">
      <tr data-row-key={headKey} aria-rowindex={1}>
        <td className={`${headClass} w-14 max-xl:w-13 pe-0`}>
          <input
            type="checkbox"
            className="ui-checkbox align-middle"
            aria-label={t`Select all visible instances`}
            checked={selected === 'all'}
            ref={(box) => {
              if (box) box.indeterminate = selected === 'some'
            }}
            onChange={onToggleAll}
          />
        </td>
        {(['name', ...shown] as const).map((id) => {
          const column = id === 'name' ? 'name' : columns[id].sort
          const { width, className = '' }: Partial<Column> =
            id === 'name' ? { width: 'w-50 max-xl:w-38 min-[90rem]:w-58' } : columns[id]
          return (
            <th
              key={id}
              scope="col"
              aria-sort={direction(column)}
              className={`${headClass} ${width} ${className}`}
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
        <th scope="col" className={`${headClass} w-10 max-xl:w-9 pointer-coarse:w-13`}>
          <span className="sr-only">{t`Actions`}</span>
        </th>
      </tr>
    </thead>
  )
})
