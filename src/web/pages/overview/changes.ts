/** Counts Exoscale's events by day and by person or kind, for the chart of changes. */
import { EVENT_DAYS, isRefused, type ExoscaleEvent } from '#contract/events.ts'

import { dayOf, startOfDay } from '../../components/clock/wall-clock.ts'
import { compareText } from '../../components/format.ts'

/** Those after the first ones are counted together. */
export const seriesMost = 4

export type SeriesBy = 'by' | 'handler'

export type Series = {
  /** The person or the operation; null: all others together. */
  value: string | null
  total: number
}

export type DayCounts = {
  /** The local date, as 2026-11-27. */
  day: string
  /** The moment at which it began, in epoch ms. */
  at: number
  /** In the order of the series. */
  counts: number[]
  total: number
  refused: number
}

export type Changes = {
  series: Series[]
  days: DayCounts[]
  total: number
  refused: number
}

/** The last days by the calendar, the oldest first. */
function lastDays(now: number): { day: string; at: number }[] {
  return Array.from({ length: EVENT_DAYS }, (_, index) => {
    const at = startOfDay(now, EVENT_DAYS - 1 - index)
    return { day: dayOf(at), at }
  })
}

/** The most frequent values first, and null for the rest if there are more than fit. */
function seriesOf(values: readonly string[]): Series[] {
  const totals = new Map<string, number>()
  for (const value of values) totals.set(value, (totals.get(value) ?? 0) + 1)
  const all = [...totals]
    .map(([value, total]) => ({ value, total }))
    .toSorted((a, b) => b.total - a.total || compareText(a.value, b.value))
  if (all.length <= seriesMost) return all
  const first = all.slice(0, seriesMost - 1)
  const rest = all.slice(seriesMost - 1).reduce((sum, { total }) => sum + total, 0)
  return [...first, { value: null, total: rest }]
}

/** What a change without a name of its person is counted under. */
const unnamed = ''

const valueOf = (event: ExoscaleEvent, by: SeriesBy) => event[by] ?? unnamed

/** Counts the accepted changes of the last days; rejected ones are counted apart. */
export function changesOf(
  events: readonly ExoscaleEvent[],
  by: SeriesBy,
  now: number,
): Changes {
  const days = lastDays(now)
  const places = new Map(days.map(({ day }, index) => [day, index]))
  const inside = events.filter(({ at }) => places.has(dayOf(at)))
  const accepted = inside.filter((event) => !isRefused(event))
  const series = seriesOf(accepted.map((event) => valueOf(event, by)))
  const columns = new Map(series.map(({ value }, index) => [value, index]))
  const counted = days.map((one): DayCounts => ({
    ...one,
    counts: series.map(() => 0),
    total: 0,
    refused: 0,
  }))
  for (const event of inside) {
    const day = counted[places.get(dayOf(event.at)) ?? -1]
    if (!day) continue
    if (isRefused(event)) {
      day.refused += 1
      continue
    }
    const index = columns.get(valueOf(event, by)) ?? series.length - 1
    day.counts[index] = (day.counts[index] ?? 0) + 1
    day.total += 1
  }
  const refused = inside.length - accepted.length
  return { series, days: counted, total: accepted.length, refused }
}

/** A round number that is at least `most`, and the steps up to it. */
export function axisOf(most: number): { top: number; steps: number[] } {
  const rough = Math.max(1, most) / 3
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((one) => one * size >= rough) ?? 10) * size)
  const count = Math.max(1, Math.ceil(most / step))
  return {
    top: count * step,
    steps: Array.from({ length: count + 1 }, (_, at) => at * step),
  }
}
