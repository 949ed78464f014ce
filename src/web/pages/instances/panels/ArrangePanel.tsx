/** Chooses how the list arranges its rows: its order, groups, and favorites first. Cards have no columns to sort by. */
import { useLingui } from '@lingui/react/macro'
import { useEffect, useMemo } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { compareText, formatNumber } from '../../../components/format.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { labelOf } from '../groups/group-rows.ts'
import { useColumnLabels } from '../list/columns.tsx'
import { isGrouping, type ListView } from '../list/list-view.ts'
import { sortableColumns, type SortColumn } from '../list/sort-rows.ts'
import { loadQueryTools } from '../query/load-tools.ts'

type ArrangePanelProps = Pick<ListView, 'group' | 'favoritesFirst'> & {
  sortColumn: SortColumn | null
  descending: boolean
  onChange: (part: Partial<ListView>) => void
}

/** The keys of all labels with how many instances have one, and the one that is chosen. */
function useLabelKeys(chosen: string | undefined): [key: string, count: number][] {
  const rows = useInventory((state) => state.rows)
  return useMemo(() => {
    const counts = new Map<string, number>(chosen === undefined ? [] : [[chosen, 0]])
    for (const { labels = {} } of rows.values())
      for (const key of Object.keys(labels)) counts.set(key, (counts.get(key) ?? 0) + 1)
    return [...counts].sort(([a], [b]) => compareText(a, b))
  }, [rows, chosen])
}

export function ArrangePanel(props: ArrangePanelProps) {
  const { sortColumn, descending, group, favoritesFirst, onChange } = props
  const { t } = useLingui()
  const labels = useColumnLabels()
  const keys = useLabelKeys(group === null ? undefined : labelOf({ by: group }))
  // What arranges the rows is there when something is chosen.
  useEffect(() => void loadQueryTools(), [])
  return (
    <div className="grid w-64 max-w-full gap-3">
      <Field label={t`Sort by`}>
        <Select
          value={sortColumn ?? ''}
          onChange={({ target: { value } }) => {
            const column = sortableColumns.find((one) => one === value)
            onChange({ sort: column ? { column, descending } : null })
          }}
          className="[&_select]:w-full"
        >
          <option value="">{t`What needs attention`}</option>
          {sortableColumns.map((column) => (
            <option key={column} value={column}>
              {labels[column]}
            </option>
          ))}
        </Select>
      </Field>
      {sortColumn && (
        <Checkbox
          label={t`Descending`}
          checked={descending}
          onChange={({ target }) =>
            onChange({ sort: { column: sortColumn, descending: target.checked } })
          }
        />
      )}
      <Field label={t`Group by`}>
        <Select
          value={group ?? ''}
          onChange={({ target: { value } }) =>
            onChange({ group: isGrouping(value) ? value : null })
          }
          className="[&_select]:w-full"
        >
          <option value="">{t`No groups`}</option>
          <option value="zone">{t`Zone`}</option>
          {keys.map(([key, count]) => {
            const having = formatNumber(count)
            return (
              <option key={key} value={`label:${key}`}>
                {t`Label ${key} (${having})`}
              </option>
            )
          })}
        </Select>
      </Field>
      <Checkbox
        label={t`Show favorites first`}
        checked={favoritesFirst}
        onChange={({ target }) => onChange({ favoritesFirst: target.checked })}
      />
    </div>
  )
}
