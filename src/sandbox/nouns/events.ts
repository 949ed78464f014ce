/**
 * Keeps the audit trail: one event for each requested change, also for rejected ones
 * (docs/platform.md#events).
 */
import type { ZoneEvent } from '#contract/types.ts'

import { timestamp } from '../clock.ts'
import { Refused } from '../refusal.ts'
import type { World } from '../world.ts'

const dayMs = 24 * 3_600_000
const keptMs = 30 * dayMs
const keptEvents = 5_000

const timeOf = (event: ZoneEvent) => Date.parse(event.timestamp ?? '')

/** Records an event; deletes those older than 30 days, and the oldest if there are too many. */
export function recordEvent(world: World, event: ZoneEvent): void {
  const since = timeOf(event) - keptMs
  world.events.push(event)
  world.events = world.events.filter((one) => timeOf(one) >= since).slice(-keptEvents)
}

function readTime(query: URLSearchParams, name: string, byDefault: number): number {
  const text = query.get(name)
  if (text === null) return byDefault
  const time = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(time))
    throw new Refused(400, 'bad request', [{ message: 'is not a date-time', path: name }])
  return time
}

/**
 * An array, newest first, of the whole organization's events in any zone. Without `from` and `to`,
 * the last 24 hours; both are inclusive and in whole seconds.
 */
export function listEvents(world: World, query: URLSearchParams, now: number): ZoneEvent[] {
  const to = readTime(query, 'to', now)
  const from = readTime(query, 'from', Date.parse(timestamp(to - dayMs)))
  return world.events
    .filter((event) => timeOf(event) >= from && timeOf(event) <= to)
    .toReversed()
}
