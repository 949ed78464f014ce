/**
 * Keeps what pages show up to date where only others have changed it: says every half a minute what
 * is shown (contract/shown.ts), and reads it again when the window gets the focus or the feed was away.
 */
import type { Query, QueryClient } from '@tanstack/react-query'

import {
  canBeChanged,
  isEndpointId,
  mostShown,
  shownBeatMs,
  type ShownRead,
} from '#contract/shown.ts'

import { request } from './client.ts'

/** A tab that comes to the front gets the focus, too: that is one reason and not two. */
const togetherMs = 1_000

/** The read that a query shows, if others can change it. */
function shownBy({ queryKey }: Pick<Query, 'queryKey'>): ShownRead | undefined {
  const [subject, zone, endpoint, parameters] = queryKey
  if (subject !== 'zone' || typeof zone !== 'string' || !isEndpointId(endpoint))
    return undefined
  // Keys of zones are made by queries.ts alone.
  const read = { zone, endpoint, parameters: { ...(parameters as Record<string, string>) } }
  return canBeChanged(read) ? read : undefined
}

export class Shown {
  readonly #queries: QueryClient
  readonly #timer: number
  #refreshedAt = 0

  constructor(queries: QueryClient) {
    this.#queries = queries
    this.#timer = window.setInterval(this.#beat, shownBeatMs)
    window.addEventListener('focus', this.#look)
    document.addEventListener('visibilitychange', this.#look)
  }

  /** Reads again what is shown now, and marks the rest as stale. */
  refresh(): void {
    this.#refreshedAt = Date.now()
    void this.#queries.invalidateQueries({
      predicate: (query) => shownBy(query) !== undefined,
    })
  }

  readonly #look = () => {
    if (!document.hidden && Date.now() - this.#refreshedAt > togetherMs) this.refresh()
  }

  readonly #beat = () => {
    if (document.hidden) return
    const active = this.#queries.getQueryCache().findAll({ type: 'active' })
    const reads = active.flatMap((query) => shownBy(query) ?? []).slice(0, mostShown)
    if (reads.length === 0) return
    // The next report, or the focus, makes up for a missed one.
    request('POST', '/api/shown', reads).catch(() => undefined)
  }

  close(): void {
    clearInterval(this.#timer)
    window.removeEventListener('focus', this.#look)
    document.removeEventListener('visibilitychange', this.#look)
  }
}
