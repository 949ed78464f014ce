/** Writes the rows of the list as CSV, JSON or addresses, in the order in which they are shown. */
import { CSV_MARK, csvLine } from '#contract/audit/csv.ts'
import { hasAddress, managerOf } from '#contract/lifecycle.ts'

import type { Row } from '../../../api/inventory.ts'
import { groupOf, sizeName, templateName, type Names } from '../list/select-rows.ts'

/** `unknown` where a list doesn't tell that it isn't so (contract/timeline.ts). */
type Answer = 'yes' | 'no' | 'unknown'

/**
 * An instance as it is exported, with all that a query can ask for. What Exoscale doesn't return is `unknown`, and
 * what isn't there is null.
 */
type Exported = {
  name: string | null
  id: string
  zone: string
  state: string
  /** The name, or the id while the name isn't known. */
  type: string
  template: string
  'public-ip': string | null
  'ipv6-address': string | null
  'mac-address': string | null
  labels: Record<string, string>
  'created-at': string | null
  /** Null where Exoscale names no manager: it leaves out what isn't managed. */
  'managed-by': string | null
  note: string | null
  protected: Answer
  rescue: Answer
  favorite: Answer
  attention: Answer
  changing: Answer
  /** Of an error or a state that changes automatically: when it began, at the latest. */
  'state-since': string | null
  /** The names, or the ids where the list has no names. */
  'security-groups': readonly string[]
  'ssh-keys': readonly string[] | 'unknown'
  'private-networks': readonly { id: string; 'mac-address': string | null }[]
}

/** The person's; undefined while they aren't known. */
type Favorites = ReadonlySet<string> | undefined

const yesOr = (otherwise: Answer, isSo: boolean | undefined): Answer =>
  isSo ? 'yes' : otherwise

const timeOf = (moment: number | undefined) =>
  moment === undefined ? null : new Date(moment).toISOString()

/** Exoscale returns the first one twice (docs/platform.md#get-instance). */
function keysOf({ 'ssh-key': first, 'ssh-keys': all }: Row): string[] | 'unknown' {
  if (!first && !all) return 'unknown'
  return [...new Set([...(first ? [first] : []), ...(all ?? [])].map(({ name }) => name))]
}

const addressOr = (row: Row, kind: 'public-ip' | 'ipv6-address') =>
  row[kind] ?? (hasAddress(row, kind) === false ? null : 'unknown')

const exported = (row: Row, names: Names, favorites: Favorites): Exported => ({
  name: row.name ?? null,
  id: row.id,
  zone: row.zone,
  state: row.state,
  type: sizeName(row, names) ?? row['instance-type']?.id ?? 'unknown',
  template: templateName(row, names) ?? row.template?.id ?? 'unknown',
  'public-ip': addressOr(row, 'public-ip'),
  'ipv6-address': addressOr(row, 'ipv6-address'),
  'mac-address': row['mac-address'] ?? null,
  labels: row.labels ?? {},
  'created-at': row['created-at'] ?? null,
  'managed-by': managerOf(row),
  note: row.mark?.note ?? null,
  protected: yesOr('unknown', row.mark?.protected),
  rescue: yesOr('unknown', row.mark?.rescue),
  favorite: yesOr(favorites ? 'no' : 'unknown', favorites?.has(row.key)),
  attention: yesOr('no', groupOf(row) === 'attention'),
  changing: yesOr('no', groupOf(row) === 'changing'),
  'state-since': timeOf(row.mark?.since),
  'security-groups': (row['security-groups'] ?? []).map(({ id, name }) => name ?? id),
  'ssh-keys': keysOf(row),
  'private-networks': (row['private-networks'] ?? []).map(
    ({ id, 'mac-address': mac = null }) => ({ id, 'mac-address': mac }),
  ),
})

export const jsonOf = (rows: readonly Row[], names: Names, favorites: Favorites): string =>
  `${JSON.stringify(
    rows.map((row) => exported(row, names, favorites)),
    null,
    2,
  )}\n`

/** In the order of the file: new ones come last, so that old spreadsheets find theirs. */
const columns = [
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
  'rescue',
  'favorite',
  'attention',
  'changing',
  'state-since',
  'security-groups',
  'ssh-keys',
  'private-networks',
] as const satisfies (keyof Exported)[]

/** One line in a cell for each of several values. */
function cellsOf(one: Exported): string[] {
  const labels = Object.entries(one.labels).map(([key, value]) => `${key}=${value}`)
  const networks = one['private-networks'].map(({ id, 'mac-address': mac }) =>
    mac === null ? id : `${id} ${mac}`,
  )
  const texts = {
    ...one,
    labels: labels.join('\n'),
    'security-groups': one['security-groups'].join('\n'),
    'ssh-keys': [one['ssh-keys']].flat().join('\n'),
    'private-networks': networks.join('\n'),
  }
  return columns.map((column) => texts[column] ?? '')
}

/** For spreadsheets: no cell is read as a formula (contract/audit/csv.ts). */
export function csvOf(rows: readonly Row[], names: Names, favorites: Favorites): string {
  const lines = rows.map((row) => csvLine(cellsOf(exported(row, names, favorites))))
  return `${CSV_MARK}${csvLine(columns)}${lines.join('')}`
}

/** One public address of each row that has one: IPv4, or else IPv6. */
export const addressesOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap((row) => row['public-ip'] ?? row['ipv6-address'] ?? [])),
]
