import type { Chain } from './chain.ts'
import type { Trace } from './trace.ts'
import type { InstanceListItem } from './types.ts'

/**
 * The living picture the server keeps of all zones and pushes to every browser.
 *
 * `GET /api/inventory` answers an `Inventory`; `GET /api/feed?since=<seq>` is an SSE stream
 * whose `data` is one `FeedEvent` each, whose `event` is its `type`, and whose `id` is the
 * seq. A browser that asks for a seq the server no longer has gets `reset` and reads the
 * inventory again.
 */
export type Inventory = {
  seq: number
  zones: ZoneInventory[]
  operations: FollowedOperation[]
  /** Running ones, and those of the last day. */
  chains: Chain[]
}

/** `loading` before the first answer; `down` keeps the last known rows, dated by `at`. */
export type ZoneStatus = 'loading' | 'ok' | 'slow' | 'down'

export type ZoneHealth = {
  zone: string
  status: ZoneStatus
  /** Epoch ms of the last good answer, absent before the first. */
  at?: number
  /** Why it is down, as a problem code and in words. */
  problem?: { code: string; message: string }
}

export type ZoneInventory = ZoneHealth & { instances: InstanceListItem[] }

/** An operation somebody began through this server, followed until it ends. */
export type FollowedOperation = {
  id: string
  zone: string
  /** The endpoint that began it: the operation itself does not tell (exoscale-api.md 3.8). */
  endpoint: string
  /** The instance it is about, where it is about one. */
  instanceId?: string
  /** Its name at the time, or the subject's (an SSH key, a snapshot). */
  subject?: string
  /** `pending`, `success`, `failure`, `timeout`, or `unknown` when the zone forgot it. */
  state: string
  reason?: string
  message?: string
  startedAt: number
  endedAt?: number
  by: string
  /** The chain whose step it is. */
  chainId?: string
  /** What exactly it changed, where there is more to tell than the endpoint. */
  trace?: Trace
}

export type FeedEvent =
  | { type: 'instances'; zone: string; upsert: InstanceListItem[]; remove: string[] }
  | ({ type: 'zone' } & ZoneHealth)
  | { type: 'operation'; operation: FollowedOperation }
  | { type: 'chain'; chain: Chain }
  | { type: 'reset' }
  /** The server goes away on purpose: reconnect after the given retry. */
  | { type: 'bye' }
