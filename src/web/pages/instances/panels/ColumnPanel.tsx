import { Checkbox } from '../../../ui/Checkbox.tsx'
import { useColumnLabels } from '../list/columns.tsx'
import { columnIds, type ColumnId, type ListView } from '../list/list-view.ts'

export type ColumnPanelProps = {
  columns: readonly ColumnId[]
  onChange: (part: Partial<ListView>) => void
}

export function ColumnPanel({ columns, onChange }: ColumnPanelProps) {
  const labels = useColumnLabels()
  return (
    <div className="grid gap-2">
      {columnIds.map((id) => (
        <Checkbox
          key={id}
          label={labels[id]}
          checked={columns.includes(id)}
          onChange={({ target }) => {
            onChange({
              columns: columnIds.filter((one) =>
                one === id ? target.checked : columns.includes(one),
              ),
            })
          }}
        />
      ))}
    </div>
  )
}
