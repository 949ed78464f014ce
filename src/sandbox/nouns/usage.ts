/**
 * Reports what the organization used and what that emits. Nothing is counted while it runs: the time for which an instance
 * ran follows from its state and from the audit trail, so that both always agree (docs/sandbox.md).
 */
import { isRunning } from '#contract/lifecycle.ts'
import { typeName } from '#contract/limits.ts'
import type { ZoneEvent } from '#contract/types.ts'

import { Refused } from '../refusal.ts'
import type { KeptInstance, World, ZoneStore } from '../world.ts'
import { instanceTypes } from './instance-types.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** In epoch ms; `to` isn't within. */
type Span = { from: number; to: number }

const overlap = (a: Span, b: Span) =>
  Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))

const typesById = new Map(instanceTypes.map((type) => [type.id, type]))

type PowerEvent = { at: number; isStart: boolean }

/** The accepted starts and stops of each instance, newest first. */
function powerEvents(events: readonly ZoneEvent[]): Map<string, PowerEvent[]> {
  const found = new Map<string, PowerEvent[]>()
  for (const { handler, status = 200, timestamp, 'path-params': path } of events) {
    if (handler !== 'start-instance' && handler !== 'stop-instance') continue
    const id: unknown = path?.['id']
    if (status >= 400 || typeof id !== 'string') continue
    const event = { at: Date.parse(timestamp ?? ''), isStart: handler === 'start-instance' }
    found.set(id, [event, ...(found.get(id) ?? [])])
  }
  return found
}

/** For how long an instance ran within a span, in ms: from what it is now, back through what was requested. */
function ranMs(
  { 'created-at': created, ...instance }: KeptInstance,
  events: readonly PowerEvent[],
  span: Span,
  now: number,
): number {
  let to = instance.destroyed?.at ?? now
  let isOn = instance.destroyed?.wasRunning ?? isRunning(instance.state)
  let ran = 0
  for (const { at, isStart } of events) {
    if (isOn) ran += overlap({ from: at, to }, span)
    to = at
    // What was stopped had run until then.
    isOn = !isStart
  }
  const from = Date.parse(created ?? '')
  return isOn ? ran + overlap({ from, to }, span) : ran
}

type Amounts = Map<string, number>

const add = (amounts: Amounts, key: string, amount: number) =>
  void amounts.set(key, (amounts.get(key) ?? 0) + amount)

const sinceOf = (created: string | undefined, now: number): Span => ({
  from: Date.parse(created ?? ''),
  to: now,
})

/** Running hours by size, and hours of GiB that were stored. */
function usedIn(world: World, zone: ZoneStore, span: Span, now: number) {
  const events = powerEvents(world.events)
  const gone = world.gone.filter((one) => one.destroyed?.zone === zone.name)
  const hours: Amounts = new Map()
  let disks = 0
  for (const instance of [...zone.instances.values(), ...gone]) {
    const type = typesById.get(instance['instance-type']?.id ?? '')
    const ran = ranMs(instance, events.get(instance.id) ?? [], span, now) / hourMs
    if (type && ran > 0) add(hours, typeName(type), ran)
    const lived = sinceOf(instance['created-at'], instance.destroyed?.at ?? now)
    disks += ((instance['disk-size'] ?? 0) * overlap(lived, span)) / hourMs
  }
  const stored = (all: Iterable<{ size: number; 'created-at'?: string }>) =>
    [...all].reduce(
      (sum, { size, 'created-at': created }) =>
        sum + (size * overlap(sinceOf(created, now), span)) / hourMs,
      0,
    )
  return {
    hours,
    disks,
    volumes: stored(zone.volumes.values()),
    snapshots: stored(zone.snapshots.values()),
  }
}

/** A month as `2026-11`; without one, the present month. The format is an assumption (docs/sandbox.md). */
function monthOf(period: string | null, now: number): Span {
  const text = period ?? new Date(now).toISOString().slice(0, 7)
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []
  if (!year || !month)
    throw new Refused(400, 'bad request', [{ message: 'is not a month', path: 'period' }])
  const at = Number(month) - 1
  const to = Math.min(now, Date.UTC(Number(year), at + 1, 1))
  return { from: Date.UTC(Number(year), at, 1), to }
}

const written = (amount: number) => amount.toFixed(6)

/** Without a line for what wasn't used. */
export function usageReport(world: World, query: URLSearchParams, now: number) {
  const span = monthOf(query.get('period'), now)
  const used = [...world.zones.values()].map((zone) => usedIn(world, zone, span, now))
  const sizes: Amounts = new Map()
  for (const { hours } of used) for (const [size, sum] of hours) add(sizes, size, sum)
  const total = (of: 'disks' | 'volumes' | 'snapshots') =>
    used.reduce((sum, one) => sum + one[of], 0)
  const times = {
    from: new Date(span.from).toISOString(),
    to: new Date(Math.max(span.from, span.to)).toISOString(),
  }
  const lineOf = (product: string, variable: string, amount: number, unit: string) =>
    amount > 0
      ? [
          {
            ...times,
            product,
            variable,
            description: variable,
            quantity: written(amount),
            unit,
          },
        ]
      : []
  return {
    usage: [
      ...[...sizes].flatMap(([size, sum]) => lineOf('Instances', size, sum, 'h')),
      ...lineOf('Instances', 'Disks', total('disks'), 'GiB h'),
      ...lineOf('Block storage', 'Volumes', total('volumes'), 'GiB h'),
      ...lineOf('Snapshots', 'Storage', total('snapshots'), 'GiB h'),
    ],
  }
}

/** Grams for an hour of a vCPU, for an hour of a GiB of memory, and for 1000 hours of a GiB on disk: invented, as all here. */
const grams = { cpu: 1.6, memory: 0.25, disk: 0.2 }
/** How much a zone's electricity emits, against the average. */
const shares: Record<string, number> = { 'ch-gva-2': 0.5, 'ch-dk-2': 0.4, 'de-fra-1': 2.4 }

function readDay(query: URLSearchParams, name: string, byDefault: number): number {
  const text = query.get(name)
  if (text === null) return byDefault
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at))
    throw new Refused(400, 'bad request', [{ message: 'is not a date', path: name }])
  return at
}

/** From the first day to the last, which is within; by default the present month. */
export function impactReport(world: World, query: URLSearchParams, now: number) {
  const month = monthOf(null, now)
  const from = readDay(query, 'from', month.from)
  const to = Math.min(now, readDay(query, 'to', now - dayMs) + dayMs)
  const kilograms = [...world.zones.values()].map((zone) => {
    const { hours, disks, volumes, snapshots } = usedIn(world, zone, { from, to }, now)
    const byType = instanceTypes.reduce((sum, type) => {
      const { cpus = 0, memory = 0 } = type
      const each = cpus * grams.cpu + (memory / 2 ** 30) * grams.memory
      return sum + (hours.get(typeName(type)) ?? 0) * each
    }, 0)
    const stored = ((disks + volumes + snapshots) / 1000) * grams.disk
    return [zone.name, ((byType + stored) / 1000) * (shares[zone.name] ?? 1)] as const
  })
  const valueOf = (value: number) => ({ value: Number(value.toFixed(3)), unit: 'kg' })
  const total = kilograms.reduce((sum, [, value]) => sum + value, 0)
  return {
    impact: { 'co2-equivalent': valueOf(total) },
    zones: Object.fromEntries(
      kilograms.map(([zone, value]) => [zone, { 'co2-equivalent': valueOf(value) }]),
    ),
  }
}
