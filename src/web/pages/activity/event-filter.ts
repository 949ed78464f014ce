import { isRefused, type ExoscaleEvent } from '#contract/events.ts'

import { dayOf, momentOf } from '../../components/clock/wall-clock.ts'
import { compareText, formatDay } from '../../components/format.ts'

/** The filter in the address; absent parameters don't filter. */
type EventFilter = {
  who?: string | undefined
  what?: string | undefined
  zone?: string | undefined
  refused?: boolean | undefined
  /** A date in the time zone in which times are shown, as 2026-11-27. */
  day?: string | undefined
}

export function readFilter(search: URLSearchParams): EventFilter {
  return {
    who: search.get('who') ?? undefined,
    what: search.get('what') ?? undefined,
    zone: search.get('zone') ?? undefined,
    refused: search.get('answer') === 'refused' || undefined,
    day: search.get('day') ?? undefined,
  }
}

export function filterEvents(
  events: readonly ExoscaleEvent[],
  { who, what, zone, refused, day }: EventFilter,
): ExoscaleEvent[] {
  return events.filter(
    (event) =>
      (who === undefined || event.by === who) &&
      (what === undefined || event.handler === what) &&
      (zone === undefined || event.zone === zone) &&
      (!refused || isRefused(event)) &&
      (day === undefined || dayOf(event.at) === day),
  )
}

/** The days on which something happened, the newest first; they always include the one in the address. */
export function daysOf(
  events: readonly ExoscaleEvent[],
  asked: string | undefined,
): string[] {
  const days = new Set(events.map(({ at }) => dayOf(at)))
  if (asked) days.add(asked)
  return [...days].toSorted().toReversed()
}

/** A day of `daysOf` as people write it; what isn't one, as it is. */
export function dayWords(day: string): string {
  const start = momentOf(`${day}T00:00`)
  return Number.isNaN(start) ? day : formatDay(start)
}

/** The distinct values, sorted; they always include those in the address. */
export function valuesOf(
  events: readonly ExoscaleEvent[],
  key: 'by' | 'handler' | 'zone',
  asked: string | undefined,
): string[] {
  const values = new Set(events.flatMap((event) => event[key] ?? []))
  if (asked) values.add(asked)
  return [...values].toSorted(compareText)
}
