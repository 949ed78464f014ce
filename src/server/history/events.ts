/** Collects Exoscale's events of 30 days from all zones (contract/events.ts). */
import {
  EVENT_DAYS,
  exoscaleEvent,
  mergeEvents,
  type ExoscaleEvents,
  type ExoscaleEvent,
} from '#contract/events.ts'
import type { ZoneEvent } from '#contract/types.ts'

import type { Deps } from '../deps.ts'
import type { Reach } from '../people/reach.ts'
import { parseAnswer } from '../zone/reads.ts'
import { refuse } from '../zone/refusals.ts'
import type { ZoneClient } from '../zone/zone.ts'

const dayMs = 24 * 3_600_000
const most = 5_000
/** The whole organization's events are megabytes of JSON, so all pages share one parsed copy. */
const freshMs = 15_000
/** How long to wait for other zones after the first response, because all return the same. */
const patienceMs = 3_000

const kept = new WeakMap<ZoneClient, { at: number; events: Promise<ExoscaleEvent[]> }>()

async function readEvents(deps: Deps, zone: ZoneClient): Promise<ExoscaleEvent[]> {
  const from = new Date(Date.now() - EVENT_DAYS * dayMs).toISOString().slice(0, 19)
  const path = `/event?${new URLSearchParams({ from: `${from}Z` })}`
  const answer = await parseAnswer(zone.name, await deps.reads.read(zone, path, false))
  if (!Array.isArray(answer)) {
    const { name } = zone
    throw refuse('zone-garbage', 502, { code: 'no-event-list', zone: name }, { zone: name })
  }
  // `exoscaleEvent` checks the members that an event must have.
  return (answer as ZoneEvent[]).flatMap((event) => exoscaleEvent(event ?? {}) ?? [])
}

function eventsOf(deps: Deps, zone: ZoneClient): Promise<ExoscaleEvent[]> {
  const known = kept.get(zone)
  if (known && known.at > performance.now() - freshMs) return known.events
  const events = readEvents(deps, zone)
  kept.set(zone, { at: performance.now(), events })
  // A failure isn't cached: only current readers get it.
  events.catch(() => kept.delete(zone))
  return events
}

function later(ms: number): { passed: Promise<void>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return { passed, cancel: () => clearTimeout(timer) }
}

/** Whether it is theirs. Events are the whole organization's, so of narrowed people's only those of their instances. */
const mayShow = ({ target }: ExoscaleEvent, reach: Reach): boolean =>
  !reach.isNarrowed || (target !== undefined && reach.holds(target))

/** Returns the `ExoscaleEvents`, or throws the problem of a zone if none returned events. */
export async function exoscaleEvents(deps: Deps, reach: Reach): Promise<ExoscaleEvents> {
  const zones = [...deps.zones.values()].filter(({ name }) => reach.hasZone(name))
  const told = new Map<string, ExoscaleEvent[]>()
  const asked = zones.map(async (zone) => {
    const events = await eventsOf(deps, zone)
    told.set(zone.name, events)
  })
  const all = Promise.allSettled(asked)
  if (zones.length > 0) {
    // Throws only where every zone failed.
    await Promise.any(asked).catch(({ errors }: AggregateError) => {
      throw errors[0]
    })
  }
  const patience = later(patienceMs)
  await Promise.race([all, patience.passed])
  patience.cancel()
  const events = mergeEvents([...told.values()]).filter((event) => mayShow(event, reach))
  return {
    events: events.slice(0, most),
    missing: zones.map(({ name }) => name).filter((name) => !told.has(name)),
    cut: events.length > most,
  }
}
