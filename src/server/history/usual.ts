/**
 * Computes how long operations usually take: the median of the last few successful ones of
 * each endpoint in each zone. Exoscale doesn't return progress
 * (docs/platform.md#operations), so nothing more can be said of one in progress.
 */
import { lastedMs, type FollowedOperation } from '#contract/operation.ts'
import type { Usual } from '#contract/usual.ts'

import type { Store } from '../store/store.ts'

const remembered = 15
/** A single duration may be an exception. */
const fewest = 2
const readAtStart = 2_000

/** How long an operation took; undefined if it runs, failed or is no operation, or that isn't known. */
export function tookMs(operation: FollowedOperation) {
  const { endpoint, state } = operation
  const isMeasured = endpoint !== 'get-console-proxy-url' && state === 'success'
  return isMeasured ? lastedMs(operation) : undefined
}

export class UsualTimes {
  /** By zone and endpoint, newest first. */
  readonly #times = new Map<string, Map<string, number[]>>()

  /** Loads the stored durations. */
  static async read(store: Store): Promise<UsualTimes> {
    const times = new UsualTimes()
    const rows = await store
      .selectFrom('moment')
      .select(['zone', 'endpoint', 'took_ms'])
      .where('took_ms', 'is not', null)
      .orderBy('at', 'desc')
      .limit(readAtStart)
      .execute()
    for (const { zone, endpoint, took_ms: ms } of rows.toReversed())
      if (ms !== null) times.#add(zone, endpoint, ms)
    return times
  }

  #add(zone: string, endpoint: string, ms: number): void {
    const ofZone = this.#times.get(zone) ?? new Map<string, number[]>()
    this.#times.set(zone, ofZone)
    ofZone.set(endpoint, [ms, ...(ofZone.get(endpoint) ?? [])].slice(0, remembered))
  }

  learn(operation: FollowedOperation): void {
    const ms = tookMs(operation)
    if (ms !== undefined) this.#add(operation.zone, operation.endpoint, ms)
  }

  of(zone: string): Usual {
    const usual: Usual = {}
    for (const [endpoint, times] of this.#times.get(zone) ?? []) {
      const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]
      if (times.length >= fewest && middle !== undefined) usual[endpoint] = middle
    }
    return usual
  }
}
