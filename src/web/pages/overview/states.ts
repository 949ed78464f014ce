/** Counts the instances of each zone by state, for the bars of the overview. */
import type { ZoneHealth } from '#contract/feed.ts'

import type { Row } from '../../api/inventory.ts'
import { groupOf, stateGroups, type StateGroup } from '../instances/list/select-rows.ts'

export type Counts = Record<StateGroup, number>

export type ZoneStates = {
  health: ZoneHealth
  total: number
  counts: Counts
}

const none = (): Counts => ({ running: 0, stopped: 0, changing: 0, attention: 0 })

/** Whether the instances are counted: not while a zone is read for the first time, nor if none was ever read. */
export function countingOf(zones: readonly ZoneHealth[]): 'reading' | 'unknown' | 'done' {
  if (zones.length === 0 || zones.some(({ status }) => status === 'loading'))
    return 'reading'
  return zones.some(({ at }) => at !== undefined) ? 'done' : 'unknown'
}

/** One entry for each zone, in the order of `zones`; those without instances too. */
export function statesByZone(
  rows: Iterable<Row>,
  zones: readonly ZoneHealth[],
): ZoneStates[] {
  const found = new Map(zones.map(({ zone }) => [zone, none()]))
  for (const row of rows) {
    const counts = found.get(row.zone)
    if (counts) counts[groupOf(row)] += 1
  }
  return zones.map((health) => {
    const counts = found.get(health.zone) ?? none()
    const total = stateGroups.reduce((sum, group) => sum + counts[group], 0)
    return { health, total, counts }
  })
}

/** The counts of all zones together. */
export function allStates(states: readonly ZoneStates[]): Counts {
  const all = none()
  for (const { counts } of states)
    for (const group of stateGroups) all[group] += counts[group]
  return all
}
