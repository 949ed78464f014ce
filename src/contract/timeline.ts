/**
 * Describes the history of an instance: what was requested through Vedette, from its store, and what
 * Exoscale recorded in the last 30 days.
 *
 * `GET /api/zones/:zone/timeline/:id` returns a `Timeline`; `PUT /api/zones/:zone/notes/:id`
 * takes a `NoteOrder`, of an instance or a snapshot, and returns the `Note`. An empty text removes it. If the
 * note was changed since its author saw it, the answer is a 409 `changed`.
 * `POST /api/zones/:zone/snapshots/:id` takes a snapshot of that instance with its `{ note }`, which
 * is stored before the zone is called; it returns the zone's operation.
 * `PUT /api/zones/:zone/pictures/:snapshotId` takes the bytes of a small WebP or PNG screenshot
 * and returns the `KeptPicture`; `GET` returns the image.
 */
import type { EndpointId } from './endpoints.ts'
import type { FollowedOperation } from './operation.ts'
import type { ZoneEvent } from './types.ts'

/**
 * An Exoscale event without its parameters, which may contain secrets
 * (docs/platform.md#events).
 */
export type PlatformEvent = {
  at: number
  handler: string
  /** The HTTP status that was returned. */
  status?: number
  message?: string
  by?: string
}

/** `at` is also the version: each change has a later one. */
export type Note = { text: string; by: string; at: number }

/** `seen`: the `at` of the note that the author saw; null if there was none. */
export type NoteOrder = { text: string; seen: number | null }

/**
 * What only Vedette knows of an instance that a zone lists. A member that is absent isn't so, or isn't
 * known: a list has no room to tell the two apart, the page of the instance does.
 */
export type Mark = {
  /** Deletion protection was on when Vedette last learned of it. */
  protected?: true
  /** The instance was started in rescue mode. */
  rescue?: true
  /** The text of its note. */
  note?: string
  /** In an error, or in a state that changes automatically: since when, in epoch ms. */
  since?: number
  /** The state may have begun earlier: Vedette saw nothing before `since`. */
  sinceEarlier?: true
  /** In the sandbox: it exists only for tests (sandbox/fixtures.ts). */
  fixture?: true
}

/** A screenshot that Vedette stores with a snapshot. */
export type KeptPicture = { by: string; at: number }

export type Timeline = {
  operations: FollowedOperation[]
  events: PlatformEvent[]
  /** Exoscale's events couldn't be read, so what others did isn't known. */
  eventsMissing?: true
  /** By the id of the instance or of its snapshot. */
  notes: Record<string, Note>
  /** By the id of the snapshot. */
  pictures: Record<string, KeptPicture>
  protection: Protection
}

/**
 * Whether deletion is blocked. Exoscale doesn't return it (docs/platform.md#protection), so this is
 * the last known state: from a change by Vedette, a rejection, or a change in Exoscale's events.
 */
export type Protection = {
  state: 'on' | 'off' | 'unknown'
  at?: number
  from?: 'console' | 'refusal' | 'event'
}

const sameCallMs = 10_000
/**
 * An instance that is in a transitional state for so long needs attention. Operations take seconds, rarely a few
 * minutes (docs/platform.md#instance-states).
 */
export const OVERDUE_MS = 10 * 60_000
export const NOTE_MAX = 2_000
export const PICTURE_MAX_BYTES = 64 * 1024

/**
 * The person, else the API key, else the role: an event of short-lived credentials has only a role. Undefined where
 * none of them has a name.
 */
export function actorOf(event: ZoneEvent): string | undefined {
  const { 'iam-user': user, 'iam-api-key': key, 'iam-role': role } = event
  // An empty name is none.
  return user?.email || key?.name || key?.key || role?.name || role?.id || undefined
}

/** An event as it is told, and the ids it is about; undefined where it says too little. */
export function platformEvent(
  event: ZoneEvent,
): { told: PlatformEvent; ids: unknown[] } | undefined {
  const { timestamp, handler, status, message } = event
  // Documented as any object; what is used is checked below.
  const body = event['body-params'] as { instance?: { id?: unknown } } | undefined
  const at = Date.parse(timestamp ?? '')
  if (!handler || Number.isNaN(at)) return undefined
  const by = actorOf(event)
  const told = {
    at,
    handler,
    ...(status === undefined ? {} : { status }),
    ...(message ? { message } : {}),
    ...(by ? { by } : {}),
  }
  return { told, ids: [...Object.values(event['path-params'] ?? {}), body?.instance?.id] }
}

/** The events without those that Exoscale recorded for one of `operations`. */
export function othersOf(
  events: readonly PlatformEvent[],
  operations: readonly FollowedOperation[],
): PlatformEvent[] {
  const left = [...operations]
  return events.filter(({ at, handler }) => {
    const index = left.findIndex(
      ({ endpoint, startedAt }) =>
        endpoint === handler && Math.abs(startedAt - at) < sameCallMs,
    )
    if (index < 0) return true
    left.splice(index, 1)
    return false
  })
}

/**
 * Whether deletion protection is taken as the cause of a rejection (docs/platform.md#deleting-an-instance).
 */
export const refusedByLock = (message: string | undefined): boolean =>
  /protect/i.test(message ?? '')

/** The last known state of deletion protection. */
export function protectionOf(
  operations: readonly FollowedOperation[],
  events: readonly PlatformEvent[],
): Protection {
  const locks: Partial<Record<EndpointId, 'on' | 'off'>> = {
    'add-instance-protection': 'on',
    'remove-instance-protection': 'off',
  }
  // Any other endpoint gives undefined, which the table's type allows for.
  const lockOf = (endpoint: string) => locks[endpoint as EndpointId]
  const seen: Required<Protection>[] = []
  for (const { endpoint, state, startedAt, endedAt, message } of operations) {
    const lock = lockOf(endpoint)
    const at = endedAt ?? startedAt
    if (lock && state === 'success') seen.push({ state: lock, at, from: 'console' })
    if (endpoint === 'delete-instance' && state === 'failure' && refusedByLock(message))
      seen.push({ state: 'on', at, from: 'refusal' })
  }
  for (const { handler, status = 200, at, message } of events) {
    const lock = lockOf(handler)
    if (lock && status < 400) seen.push({ state: lock, at, from: 'event' })
    if (handler === 'delete-instance' && status === 403 && refusedByLock(message))
      seen.push({ state: 'on', at, from: 'refusal' })
  }
  // Later ones count; of the same time, Vedette's own.
  return seen.toSorted((a, b) => b.at - a.at)[0] ?? { state: 'unknown' }
}

const powers = ['start-instance', 'stop-instance']

/**
 * Whether a running instance was started in rescue mode, as far as Vedette knows, because Exoscale
 * doesn't return it. Any later start or stop outside Vedette counts as its end.
 */
export function isInRescue(
  operations: readonly FollowedOperation[],
  events: readonly PlatformEvent[],
): boolean {
  const last = operations
    .filter(({ endpoint, state }) => powers.includes(endpoint) && state === 'success')
    .toSorted((a, b) => b.startedAt - a.startedAt)[0]
  if (last?.endpoint !== 'start-instance' || !last.trace?.rescue) return false
  return !othersOf(events, operations).some(
    ({ handler, status = 200, at }) =>
      powers.includes(handler) && status < 400 && at > last.startedAt,
  )
}
