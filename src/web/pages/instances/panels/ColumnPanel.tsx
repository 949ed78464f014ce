import { Checkbox } from '../../../ui/Checkbox.tsx'
import { useMediaQuery } from '../../../ui/use-media-query.ts'
import { useColumnLabels } from '../list/columns.tsx'
import {
  columnIds,
  defaultColumns,
  type ColumnId,
  type ListView,
} from '../list/list-view.ts'

export type ColumnPanelProps = {
  columns: readonly ColumnId[]
  onChange: (part: Partial<ListView>) => void
}

export function ColumnPanel({ columns, onChange }: ColumnPanelProps) {
  const labels = useColumnLabels()
  const isWide = useMediaQuery('(width >= 120rem)')
  const usual = isWide ? columnIds : defaultColumns
  const shown = columns === defaultColumns ? usual : columns
  const choose = (chosen: readonly ColumnId[]) =>
    onChange({ columns: chosen.join() === usual.join() ? defaultColumns : chosen })
  return (
    <div className="grid gap-2">
      {columnIds.map((id) => (
        <Checkbox
          key={id}
          label={labels[id]}
          checked={shown.includes(id)}
          onChange={({ target }) =>
            choose(
              columnIds.filter((one) =>
                one === id ? target.checked : shown.includes(one),
              ),
            )
          }
        />
      ))}
    </div>
  )
}
