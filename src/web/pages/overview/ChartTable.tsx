/** The table behind each chart: the same numbers to read aloud, to copy and to print. */
import { useLingui } from '@lingui/react/macro'
import { ChartColumn, Table } from 'lucide-react'
import { useState } from 'react'

import { CSV_MARK, csvLine } from '#contract/audit/csv.ts'

import { formatNumber } from '../../components/format.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { IconButton } from '../../ui/IconButton.tsx'

const keyOf = (card: string) => `vedette:table:${card}`

/** Whether a card shows its table; remembered in this browser. */
export function useTableView(card: string): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    try {
      return localStorage.getItem(keyOf(card)) !== null
    } catch {
      return false
    }
  })
  const set = (next: boolean) => {
    setValue(next)
    try {
      if (next) localStorage.setItem(keyOf(card), '1')
      else localStorage.removeItem(keyOf(card))
    } catch {
      // It then lasts as long as the page.
    }
  }
  return [value, set]
}

/** Swaps a chart for its table. */
export function TableSwitch({
  value,
  onChange,
}: {
  value: boolean
  onChange: (value: boolean) => void
}) {
  const { t } = useLingui()
  return (
    <IconButton
      size="sm"
      label={value ? t`Show chart` : t`Show table`}
      onClick={() => onChange(!value)}
      className="print:hidden"
    >
      {value ? <ChartColumn /> : <Table />}
    </IconButton>
  )
}

type Cell = string | number

/** A table of numbers, whose first column names its rows. */
export function NumbersTable({
  head,
  rows,
  format = formatNumber,
}: {
  head: readonly string[]
  rows: readonly (readonly Cell[])[]
  format?: (value: number) => string
}) {
  const { t } = useLingui()
  const csv = () =>
    CSV_MARK + [head, ...rows].map((cells) => csvLine(cells.map(String))).join('')
  return (
    <div className="grid gap-2">
      <section
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        aria-label={t`Table`}
        className="ui-scroll max-h-80 overflow-auto"
      >
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-xs text-muted">
              {head.map((name, index) => (
                <th
                  key={name}
                  scope="col"
                  className={`py-1.5 font-medium ${index === 0 ? 'text-start' : 'ps-3 text-end'}`}
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name = '', ...cells]) => (
              <tr key={name} className="border-b last:border-b-0">
                <th scope="row" className="py-1.5 text-start font-normal">
                  <bdi>{name}</bdi>
                </th>
                {cells.map((cell, index) => (
                  <td key={head[index + 1]} className="py-1.5 ps-3 text-end tabular-nums">
                    {typeof cell === 'number' ? format(cell) : cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <CopyButton text={csv} label={t`Copy as CSV`} className="justify-self-end" />
    </div>
  )
}
