/**
 * Describes Exoscale's own audit trail: who requested what in which zone in the last 30
 * days, also outside Vedette, and what was returned (docs/platform.md#events).
 *
 * `GET /api/audit` returns an `Audit`. Parameters stay on the server, because a body may
 * contain user data or a key. Of a path, only ids are sent.
 */
import { isId } from './endpoints.ts'
import { actorOf } from './timeline.ts'
import type { ZoneEvent } from './types.ts'

export const AUDIT_DAYS = 30

export type AuditEvent = {
  id: string
  at: number
  /** The operation, or what else was asked: `authenticate`. */
  handler: string
  zone?: string
  /** The HTTP status it was answered with. */
  status?: number
  message?: string
  by?: string
  /** The address it was asked from. */
  from?: string
  /** The id of the instance it was about, else of whatever its path names. */
  target?: string
}

export type Audit = {
  /** Newest first. */
  events: AuditEvent[]
  /** Zones that did not tell theirs; the others tell the whole organisation's. */
  missing: string[]
  /** Whether there were more than are told. */
  cut: boolean
}

const longestMessage = 300

const idIn = (value: unknown) =>
  typeof value === 'string' && isId(value) ? value : undefined

function targetOf(event: ZoneEvent): string | undefined {
  // What attaches names the instance in its body, and in its path what it is attached to.
  const body = event['body-params'] as { instance?: { id?: unknown } } | undefined // checked here
  const path = event['path-params'] ?? {}
  return idIn(body?.instance?.id) ?? idIn(path['instance-id']) ?? idIn(path['id'])
}

/** An event as it is told; undefined where it says too little. */
export function auditEvent(event: ZoneEvent): AuditEvent | undefined {
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
  // Without an id of its own, what is alike in everything is taken for the same.
  return { id: event['request-id'] ?? JSON.stringify(told), ...told }
}

/** What several zones tell as one list, newest first: each tells the same events. */
export function mergeEvents(lists: readonly (readonly AuditEvent[])[]): AuditEvent[] {
  const byId = new Map(lists.flat().map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => b.at - a.at)
}

/** Whether it was refused; one without a status is taken at its word. */
export const isRefused = ({ status = 200 }: AuditEvent): boolean => status >= 400
