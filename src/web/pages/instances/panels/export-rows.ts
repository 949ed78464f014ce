/** Writes the rows of the list as CSV, JSON or addresses, in the order in which they are shown. */
import { CSV_MARK, csvLine } from '#contract/audit/csv.ts'
import { managerOf } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'
import { sizeName, templateName, type Names } from '../list/select-rows.ts'

/** An instance as it is exported. What Exoscale doesn't return is `unknown`, and what isn't there is null. */
type Exported = {
  name: string | null
  id: string
  zone: string
  state: string
  /** The name, or the id while the name isn't known. */
  type: string | null
  template: string | null
  'public-ip': string | null
  'ipv6-address': string | null
  'mac-address': string | null
  labels: Record<string, string>
  'created-at': string | null
  'managed-by': string | null
  note: string | null
  protected: 'yes' | 'unknown'
}

const exported = (row: Row, names: Names): Exported => ({
  name: row.name ?? null,
  id: row.id,
  zone: row.zone,
  state: row.state,
  type: sizeName(row, names) ?? row['instance-type']?.id ?? null,
  template: templateName(row, names) ?? row.template?.id ?? null,
  'public-ip': row['public-ip'] ?? null,
  'ipv6-address': row['ipv6-address'] ?? null,
  'mac-address': row['mac-address'] ?? null,
  labels: row.labels ?? {},
  'created-at': row['created-at'] ?? null,
  'managed-by': managerOf(row),
  note: row.mark?.note ?? null,
  protected: row.mark?.protected ? 'yes' : 'unknown',
})

export const jsonOf = (rows: readonly Row[], names: Names): string =>
  `${JSON.stringify(
    rows.map((row) => exported(row, names)),
    null,
    2,
  )}\n`

/** For spreadsheets: no cell is read as a formula (contract/audit/csv.ts). */
export function csvOf(rows: readonly Row[], names: Names): string {
  const all = rows.map((row) => exported(row, names))
  const columns: readonly (keyof Exported)[] = [
    'name',
    'id',
    'zone',
    'state',
    'type',
    'template',
    'public-ip',
    'ipv6-address',
    'mac-address',
    'labels',
    'created-at',
    'managed-by',
    'note',
    'protected',
  ]
  const cell = (one: Exported, column: keyof Exported): string => {
    if (column !== 'labels') return one[column] ?? ''
    return Object.entries(one.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n')
  }
  const lines = all.map((one) => csvLine(columns.map((column) => cell(one, column))))
  return `${CSV_MARK}${csvLine(columns)}${lines.join('')}`
}

/** One public address of each row that has one: IPv4, or else IPv6. */
export const addressesOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap((row) => row['public-ip'] ?? row['ipv6-address'] ?? [])),
]
