/**
 * Reads again what pages show, once for all browsers, and publishes what others have changed
 * (contract/shown.ts). Each zone gets at most two of these reads a second, however much is shown; lists come first.
 */
import { createHash } from 'node:crypto'

import type { EndpointId } from '#contract/endpoints.ts'
import type { FeedEvent } from '#contract/feed.ts'
import { shownBeatMs } from '#contract/shown.ts'

import type { Answer, Reads } from './zone/reads.ts'
import { ProblemError } from './zone/refusals.ts'
import type { ZoneClient } from './zone/zone.ts'

/** What was said to be shown counts until two of a browser's beats are missing. */
const shownMs = 2.5 * shownBeatMs
const tickMs = 500
const againMs = 10_000
/** A denied read, or one of a zone that is down, is not worth a read every ten seconds. */
const failedMs = 60_000
const mostAtOnce = 4
/** More single things than this can't be kept up to date at two reads a second: pages read them at the next focus. */
const mostSingles = 20
const mostItems = 5_000

export type ShownItem = {
  id: EndpointId
  zone: ZoneClient
  /** Path and query as the zone gets them. */
  path: string
  /** Those of path and query. */
  parameters: Record<string, string>
}

type Watched = ShownItem & {
  /** By `performance.now()`, as `dueAt`. */
  until: number
  dueAt: number
  /** Of the last answer, or why there was none; absent before the first. */
  tag?: string
}

type ShownEvents = {
  publish(event: FeedEvent): void
  /** Whether any browser would hear of it. */
  isHeard(): boolean
}

const isList = ({ id }: ShownItem) => id.startsWith('list-')
const wasMissing = (error: unknown) =>
  error instanceof ProblemError && error.problem.status === 404

export class Shown {
  readonly #reads: Reads
  readonly #events: ShownEvents
  readonly #items = new Map<string, Watched>()
  /** Looks under way, by zone. */
  readonly #busy = new Map<string, number>()
  // An answer that is shared by many readers is hashed once.
  readonly #tags = new WeakMap<Buffer, string>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(reads: Reads, events: ShownEvents) {
    this.#reads = reads
    this.#events = events
  }

  /** A page shows this: it is looked at again for a while. */
  show(item: ShownItem): void {
    this.#watch(item)
  }

  /** Reads what a page is about to show. Throws as `Reads.read`. */
  async read(item: ShownItem): Promise<Answer> {
    const watched = this.#watch(item)
    try {
      return await this.#look(watched, item.zone)
    } catch (error) {
      // The page shows that; it shall hear when this is over.
      if (!wasMissing(error)) watched.tag = 'failed'
      throw error
    }
  }

  #watch(item: ShownItem): Watched {
    const key = `${item.zone.name} ${item.path}`
    // It is looked at again when nobody waits for it.
    const zone = item.zone.on('watch')
    const watched = this.#items.get(key) ?? { ...item, zone, until: 0, dueAt: 0 }
    watched.until = performance.now() + shownMs
    if (this.#closed || (!this.#items.has(key) && this.#items.size >= mostItems))
      return watched
    this.#items.set(key, watched)
    this.#timer ??= setInterval(() => this.#tick(), tickMs).unref()
    return watched
  }

  async #look(watched: Watched, zone = watched.zone): Promise<Answer> {
    watched.dueAt = performance.now() + againMs
    const { path } = watched
    try {
      const answer = await this.#reads.read(zone, path, isList(watched))
      // What is too long to hold is streamed, and can't be compared.
      if (Buffer.isBuffer(answer)) this.#compare(watched, this.#tagOf(answer))
      return answer
    } catch (error) {
      if (wasMissing(error)) this.#compare(watched, 'missing')
      else watched.dueAt = performance.now() + failedMs
      throw error
    }
  }

  #tagOf(answer: Buffer): string {
    const known = this.#tags.get(answer)
    if (known) return known
    const tag = createHash('sha1').update(answer).digest('base64')
    this.#tags.set(answer, tag)
    return tag
  }

  #compare(watched: Watched, tag: string): void {
    const before = watched.tag
    watched.tag = tag
    if (before === undefined || before === tag) return
    const { id: endpoint, zone, parameters } = watched
    this.#events.publish({ type: 'stale', zone: zone.name, endpoint, parameters })
  }

  #tick(): void {
    const now = performance.now()
    const byZone = new Map<string, Watched[]>()
    for (const [key, watched] of this.#items) {
      if (watched.until < now) {
        this.#items.delete(key)
        continue
      }
      const { name } = watched.zone
      const known = byZone.get(name)
      if (known) known.push(watched)
      else byZone.set(name, [watched])
    }
    if (this.#items.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    if (!this.#events.isHeard()) return
    for (const [name, items] of byZone) {
      const next = nextOf(items, now)
      if (next && (this.#busy.get(name) ?? 0) < mostAtOnce) void this.#lookAgain(name, next)
    }
  }

  async #lookAgain(zone: string, watched: Watched): Promise<void> {
    this.#busy.set(zone, (this.#busy.get(zone) ?? 0) + 1)
    try {
      await this.#look(watched)
    } catch {
      // Pages keep what they know; a zone that is down is told by the watcher.
    } finally {
      this.#busy.set(zone, (this.#busy.get(zone) ?? 1) - 1)
    }
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#items.clear()
  }
}

/** What to read next of what a zone shows: lists, which serve everybody, then what has waited longest. */
function nextOf(items: readonly Watched[], now: number): Watched | undefined {
  const lists = items.filter(isList)
  const follows = items.length - lists.length <= mostSingles ? items : lists
  return follows
    .filter(({ dueAt }) => dueAt <= now)
    .toSorted((a, b) => Number(isList(b)) - Number(isList(a)) || a.dueAt - b.dueAt)[0]
}
