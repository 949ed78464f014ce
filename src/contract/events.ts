/**
 * Describes Exoscale's own events: who requested what in which zone in the last 30
 * days, also outside Vedette, and what was returned (docs/platform.md#events).
 *
 * `GET /api/events` returns an `ExoscaleEvents`. Parameters stay on the server, because a body may
 * contain user data or a key. Of a path, only ids are sent.
 */
import { isId } from './endpoints.ts'
import { actorOf } from './timeline.ts'
import type { ZoneEvent } from './types.ts'

export const EVENT_DAYS = 30

export type ExoscaleEvent = {
  id: string
  at: number
  /** The operation, or another request, such as `authenticate`. */
  handler: string
  zone?: string
  /** The HTTP status that was returned. */
  status?: number
  message?: string
  by?: string
  /** The IP address that it came from. */
  from?: string
  /** The id of the instance that it concerns, or else the id in its path. */
  target?: string
}

export type ExoscaleEvents = {
  /** Newest first. */
  events: ExoscaleEvent[]
  /** Zones that didn't respond; the events of the others are those of the whole organization. */
  missing: string[]
  /** Whether there were more events than are listed. */
  cut: boolean
}

const longestMessage = 300

const idIn = (value: unknown) =>
  typeof value === 'string' && isId(value) ? value : undefined

function targetOf(event: ZoneEvent): string | undefined {
  // Attach has the instance in its body, and in its path what it is attached to.
  const body = event['body-params'] as { instance?: { id?: unknown } } | undefined // checked here
  const path = event['path-params'] ?? {}
  return idIn(body?.instance?.id) ?? idIn(path['instance-id']) ?? idIn(path['id'])
}

/** An event as Vedette lists it; undefined if required members are missing. */
export function exoscaleEvent(event: ZoneEvent): ExoscaleEvent | undefined {
  const { timestamp = '', handler, zone, status, message, 'source-ip': from } = event
  const at = Date.parse(timestamp)
  if (!handler || Number.isNaN(at)) return undefined
  const by = actorOf(event)
  const target = targetOf(event)
  const told = {
    at,
    handler,
    ...(zone ? { zone } : {}),
    ...(status === undefined ? {} : { status }),
    ...(message ? { message: message.slice(0, longestMessage) } : {}),
    ...(by ? { by } : {}),
    ...(from ? { from } : {}),
    ...(target ? { target } : {}),
  }
  // Events have no id, so those that are equal in every member count as the same.
  return { id: event['request-id'] ?? JSON.stringify(told), ...told }
}

/** The events of several zones in one list, newest first, without duplicates. */
export function mergeEvents(lists: readonly (readonly ExoscaleEvent[])[]): ExoscaleEvent[] {
  const byId = new Map(lists.flat().map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => b.at - a.at)
}

/** Whether it was rejected; without a status, it counts as accepted. */
export const isRefused = ({ status = 200 }: ExoscaleEvent): boolean => status >= 400
