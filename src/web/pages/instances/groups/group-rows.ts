/** Arranges the rows of the list: favorites first, and in groups. It is pure, so that it can be tested. */
import type { Row } from '../../../api/inventory.ts'
import { compareText } from '../../../components/format.ts'
import { zoneCity } from '../../../components/zone-city.ts'

/** What the rows are grouped by, as the address has it: `zone`, or `label:` and a key. */
export type GroupBy = 'zone' | `label:${string}`

export type Group = {
  /** No row has it: rows are keyed by `<zone>/<id>`. */
  key: string
  by: GroupBy
  /** The zone's code or the label's value; undefined for the rows without the label. */
  value: string | undefined
  /** At least one, in the order of the list. */
  rows: Row[]
  isFolded: boolean
}

/** A line of the list: a row, or the heading of the rows after it. */
export type Line = Row | Group

export const isGroup = (line: Line): line is Group => 'isFolded' in line

/** The place of each line among the rows, from 1; undefined for headings. */
export function placesOf(lines: readonly Line[]): (number | undefined)[] {
  let place = 0
  return lines.map((line) => (isGroup(line) ? undefined : (place += 1)))
}

type Arrangement = {
  group: GroupBy | null
  favoritesFirst: boolean
  favorites: ReadonlySet<string> | undefined
  folded: ReadonlySet<string>
}

const labelKey = (by: GroupBy): string => by.slice('label:'.length)

const valueOf = (row: Row, by: GroupBy): string | undefined =>
  by === 'zone' ? row.zone : row.labels?.[labelKey(by)]

/** What a group is called, without a name for the rows that lack the label. */
export const groupName = ({ by, value = '' }: Pick<Group, 'by' | 'value'>): string =>
  by === 'zone' ? zoneCity(value) : `${labelKey(by)}=${value}`

/** The key of the label by which the rows are grouped; undefined for zones. */
export const labelOf = ({ by }: Pick<Group, 'by'>): string | undefined =>
  by === 'zone' ? undefined : labelKey(by)

function groupsOf(rows: readonly Row[], by: GroupBy, folded: ReadonlySet<string>): Group[] {
  const groups = new Map<string | undefined, Group>()
  for (const row of rows) {
    const value = valueOf(row, by)
    const known = groups.get(value)
    if (known) {
      known.rows.push(row)
      continue
    }
    const key = value === undefined ? `#${by}` : `#${by}=${value}`
    groups.set(value, { key, by, value, rows: [row], isFolded: folded.has(key) })
  }
  return [...groups.values()].sort((a, b) => {
    // Without the label comes last.
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined)
    return compareText(groupName(a), groupName(b)) || (a.value < b.value ? -1 : 1)
  })
}

const favoritesBefore = (rows: readonly Row[], favorites: ReadonlySet<string>): Row[] => [
  ...rows.filter(({ key }) => favorites.has(key)),
  ...rows.filter(({ key }) => !favorites.has(key)),
]

/**
 * The rows in the order in which they are shown, with those of collapsed groups, and the lines to show. Inside a group
 * the rows keep their order.
 */
export function arrange(
  rows: readonly Row[],
  { group, favoritesFirst, favorites, folded }: Arrangement,
): { rows: readonly Row[]; lines: readonly Line[] } {
  const ordered = favoritesFirst && favorites ? favoritesBefore(rows, favorites) : rows
  if (group === null) return { rows: ordered, lines: ordered }
  const groups = groupsOf(ordered, group, folded)
  return {
    rows: groups.flatMap((one) => one.rows),
    lines: groups.flatMap((one) => (one.isFolded ? [one] : [one, ...one.rows])),
  }
}
