/**
 * Describes the feed, with which the server sends every change of the zones' state to each browser.
 *
 * `GET /api/inventory` returns an `Inventory`; pages ask for it in fewer bytes (wire/inventory-lines.ts).
 * `GET /api/feed?since=<seq>` is an SSE stream: the `data` of each event is one `FeedEvent`, its `event`
 * is the `type`, and its `id` is the seq. If the server no longer has the requested seq, it sends
 * `reset`, and the browser reads the inventory again.
 */
import type { Chain } from './chain.ts'
import type { Job } from './job.ts'
import type { FollowedOperation } from './operation.ts'
import type { Cause } from './problem.ts'
import type { ShownRead } from './shown.ts'
import type { Mark } from './timeline.ts'
import type { InstanceListItem } from './types.ts'

export type Inventory = {
  seq: number
  zones: ZoneInventory[]
  operations: FollowedOperation[]
  /** Those in progress and those of the last day. */
  chains: Chain[]
  /** Running ones, and those of the last day. */
  jobs: Job[]
}

/** `loading` before the first response; `down` keeps the last known rows, from the time `at`. */
type ZoneStatus = 'loading' | 'ok' | 'slow' | 'down'

export type ZoneHealth = {
  zone: string
  status: ZoneStatus
  /** Epoch ms of the last successful response, absent before the first. */
  at?: number
  /** Why it is down: a problem's code, its message, and the cause if the message is by Vedette. */
  problem?: { code: string; message: string; cause?: Cause }
}

/** An instance as its zone lists it, with what only Vedette knows. */
export type ListedInstance = InstanceListItem & { mark?: Mark }

type ZoneInventory = ZoneHealth & { instances: ListedInstance[] }

export type FeedEvent =
  | { type: 'instances'; zone: string; upsert: ListedInstance[]; remove: string[] }
  | ({ type: 'zone' } & ZoneHealth)
  | { type: 'operation'; operation: FollowedOperation }
  | { type: 'chain'; chain: Chain }
  | { type: 'job'; job: Job }
  /** Others have changed what this read returns (shown.ts). */
  | ({ type: 'stale' } & ShownRead)
  /** Something waits for a second person, or doesn't any more (people/approval.ts). */
  | { type: 'approvals' }
  | { type: 'reset' }
  /** The server is shutting down: reconnect after the given retry time. */
  | { type: 'bye' }
