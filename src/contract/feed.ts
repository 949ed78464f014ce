/**
 * The server keeps the current state of all zones and pushes every change of it to each browser.
 *
 * `GET /api/inventory` answers an `Inventory`; `GET /api/feed?since=<seq>` is an SSE stream
 * whose `data` is one `FeedEvent` each, whose `event` is its `type`, and whose `id` is the
 * seq. A browser that asks for a seq the server no longer has gets `reset` and reads the
 * inventory again.
 */
import type { Chain } from './chain.ts'
import type { Job } from './job.ts'
import type { FollowedOperation } from './operation.ts'
import type { Cause } from './problem.ts'
import type { ShownRead } from './shown.ts'
import type { InstanceListItem } from './types.ts'

export type Inventory = {
  seq: number
  zones: ZoneInventory[]
  operations: FollowedOperation[]
  /** Running ones, and those of the last day. */
  chains: Chain[]
  /** Running ones, and those of the last day. */
  jobs: Job[]
}

/** `loading` before the first answer; `down` keeps the last known rows, dated by `at`. */
type ZoneStatus = 'loading' | 'ok' | 'slow' | 'down'

export type ZoneHealth = {
  zone: string
  status: ZoneStatus
  /** Epoch ms of the last good answer, absent before the first. */
  at?: number
  /** Why it is down: a problem's code, its words, and where these are ours, their cause. */
  problem?: { code: string; message: string; cause?: Cause }
}

type ZoneInventory = ZoneHealth & { instances: InstanceListItem[] }

export type FeedEvent =
  | { type: 'instances'; zone: string; upsert: InstanceListItem[]; remove: string[] }
  | ({ type: 'zone' } & ZoneHealth)
  | { type: 'operation'; operation: FollowedOperation }
  | { type: 'chain'; chain: Chain }
  | { type: 'job'; job: Job }
  /** Others have changed what this read returns (shown.ts). */
  | ({ type: 'stale' } & ShownRead)
  | { type: 'reset' }
  /** The server goes away on purpose: reconnect after the given retry. */
  | { type: 'bye' }
