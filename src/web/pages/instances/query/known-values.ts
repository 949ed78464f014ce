/** Counts what the instances have, for suggestions and for terms that find nothing. */
import { flagNames, type FlagName } from '#contract/query/fields.ts'

import type { Row } from '../../../api/inventory.ts'
import { groupOf, sizeName, templateName, type Names } from '../list/select-rows.ts'
import type { Counts, KnownValues } from './suggest.ts'

type Tally = Map<string, number>

function add(tally: Tally, value: string | undefined): void {
  if (value !== undefined && value !== '') tally.set(value, (tally.get(value) ?? 0) + 1)
}

const byCount = (tally: Tally): Counts =>
  [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))

type FlagTest = (row: Row, favorites: ReadonlySet<string> | undefined) => boolean

const flagTests: Record<FlagName, FlagTest> = {
  protected: ({ mark }) => mark?.protected ?? false,
  noted: ({ mark }) => Boolean(mark?.note),
  favorite: ({ key }, favorites) => favorites?.has(key) ?? false,
  managed: ({ manager }) => Boolean(manager),
  attention: (row) => groupOf(row) === 'attention',
  changing: (row) => groupOf(row) === 'changing',
  rescue: ({ mark }) => mark?.rescue ?? false,
}

/**
 * Counts in one pass over all rows. `zones` are all zones, also those without instances; `favorites` are
 * undefined while they aren't known.
 */
export function countValues(
  rows: Iterable<Row>,
  names: Names,
  zones: readonly string[],
  favorites: ReadonlySet<string> | undefined,
): KnownValues {
  const states: Tally = new Map()
  const types: Tally = new Map()
  const templates: Tally = new Map()
  const labels: Tally = new Map()
  const ofZones: Tally = new Map(zones.map((zone) => [zone, 0]))
  const flags = new Map<FlagName, number>()
  for (const row of rows) {
    add(states, row.state)
    add(ofZones, row.zone)
    add(types, sizeName(row, names))
    add(templates, templateName(row, names))
    for (const [key, value] of Object.entries(row.labels ?? {}))
      add(labels, `${key}=${value}`)
    for (const flag of flagNames)
      if (flagTests[flag](row, favorites)) flags.set(flag, (flags.get(flag) ?? 0) + 1)
  }
  // How many is unknown, so the suggestion shows no count.
  if (!favorites) flags.set('favorite', -1)
  return {
    states: byCount(states),
    zones: byCount(ofZones),
    labels: byCount(labels),
    types: byCount(types),
    templates: byCount(templates),
    flags,
  }
}
