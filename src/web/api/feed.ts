import type { QueryClient } from '@tanstack/react-query'

import type { FeedEvent } from '#contract/feed.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { linesPath } from '#contract/wire/inventory-lines.ts'

import { useSignedOut } from '../stores/signed-out.ts'
import { request } from './client.ts'
import {
  readInventory,
  rowKey,
  rowOf,
  useInventory,
  withJob,
  type ReadInventory,
  type Row,
} from './inventory.ts'
import { pageName } from './page.ts'
import { sessionQuery } from './queries.ts'
import { changeRows } from './rows.ts'
import { Shown } from './shown.ts'

/**
 * Follows the feed in the browser: reads the inventory once, updates it from the event stream, and
 * marks stale queries in the cache. It runs outside React, and main.tsx starts it before the first
 * render. Events are applied once per animation frame.
 */

/** Endpoints whose data no operation on an instance changes. */
const catalogue = new Set(['list-instance-types', 'list-templates', 'get-template'])

/**
 * What only operations on its own instance change. A thousand browsers show as many instances: reading
 * them all again for each operation of someone else would cost the zone a thousand requests.
 */
const ofOneInstance = new Set(['get-instance', 'get-reverse-dns-instance', 'timeline'])

const operationListeners = new Set<(operation: FollowedOperation) => void>()

/** Calls `listener` whenever an operation ends; returns how to stop. */
export function onOperationEnd(
  listener: (operation: FollowedOperation) => void,
): () => void {
  operationListeners.add(listener)
  return () => operationListeners.delete(listener)
}

const beatListeners = new Set<() => void>()

/**
 * Calls `listener` at each heartbeat of the server, every 15 s: the one clock that browsers don't slow
 * down in a hidden tab. Returns how to stop.
 */
export function onHeartbeat(listener: () => void): () => void {
  beatListeners.add(listener)
  return () => beatListeners.delete(listener)
}

const jobListeners = new Set<(job: Job) => void>()

/** Calls `listener` whenever a job ends; returns how to stop. */
export function onJobEnd(listener: (job: Job) => void): () => void {
  jobListeners.add(listener)
  return () => jobListeners.delete(listener)
}

/** Whether an event says that a job is over which was in progress before. */
function hasEnded(job: Job, before: readonly Job[]): boolean {
  const was = before.find(({ id }) => id === job.id)
  return job.endedAt !== undefined && was !== undefined && was.endedAt === undefined
}

function applyEvents(events: FeedEvent[], queries: QueryClient): void {
  const state = useInventory.getState()
  const changedRows = new Map<string, Row | undefined>()
  let { zones, operations, chains, jobs } = state
  const ended: FollowedOperation[] = []
  const endedJobs: Job[] = []
  /** The instances that operations were about, by zone. */
  const changed = new Map<string, Set<string | undefined>>()
  for (const event of events) {
    if (event.type === 'instances') {
      for (const instance of event.upsert) {
        const row = rowOf(event.zone, instance)
        changedRows.set(row.key, row)
        void queries.invalidateQueries({
          queryKey: ['zone', event.zone, 'get-instance', { id: instance.id }],
        })
      }
      for (const id of event.remove) {
        changedRows.set(rowKey(event.zone, id), undefined)
        void queries.invalidateQueries({
          queryKey: ['zone', event.zone, 'get-instance', { id }],
        })
      }
    } else if (event.type === 'zone') {
      const { type: _type, ...health } = event
      const was = zones.find((one) => one.zone === health.zone)
      // What couldn't be read of it is read again.
      if (was?.status === 'down' && health.status !== 'down')
        void queries.invalidateQueries({
          queryKey: ['zone', health.zone],
          predicate: ({ state: { status } }) => status === 'error',
        })
      zones = zones.map((one) => (one.zone === health.zone ? health : one))
    } else if (event.type === 'operation') {
      const { operation } = event
      operations = [operation, ...operations.filter((one) => one.id !== operation.id)].sort(
        (a, b) => b.startedAt - a.startedAt,
      )
      const instanceIds = changed.get(operation.zone) ?? new Set()
      changed.set(operation.zone, instanceIds.add(operation.instanceId))
      if (operation.state !== 'pending') ended.push(operation)
    } else if (event.type === 'chain') {
      chains = [event.chain, ...chains.filter(({ id }) => id !== event.chain.id)]
    } else if (event.type === 'stale') {
      const { zone, endpoint, parameters } = event
      void queries.invalidateQueries({
        queryKey: ['zone', zone, endpoint, parameters],
        exact: true,
      })
    } else if (event.type === 'approvals') {
      for (const name of ['approvals', 'policy'])
        void queries.invalidateQueries({ queryKey: [name] })
    } else if (event.type === 'job') {
      if (hasEnded(event.job, jobs)) endedJobs.push(event.job)
      jobs = withJob(jobs, event.job)
    }
  }
  const rows = changeRows(state.rows, changedRows)
  useInventory.setState({ rows, zones, operations, chains, jobs })
  for (const [zone, instanceIds] of changed) {
    void queries.invalidateQueries({
      queryKey: ['zone', zone],
      predicate: ({ queryKey }) => {
        const [, , endpoint, parameters] = queryKey
        if (catalogue.has(String(endpoint))) return false
        if (!ofOneInstance.has(String(endpoint))) return true
        const { id } = parameters as { id: string } // as queries.ts makes them
        return instanceIds.has(id)
      },
    })
  }
  for (const operation of ended) {
    for (const listener of operationListeners) listener(operation)
  }
  for (const job of endedJobs) {
    for (const listener of jobListeners) listener(job)
  }
}

/**
 * Whether the events name a zone that the inventory lacks. The inventory has all zones at once; with only some
 * of them, an instance of another would be taken for a deleted one.
 */
function hasNewZone(events: readonly FeedEvent[]): boolean {
  const known = new Set(useInventory.getState().zones.map(({ zone }) => zone))
  return events.some((event) => event.type === 'zone' && !known.has(event.zone))
}

/**
 * Follows the server's feed until it is closed. At any time there is one attempt, which has at most one request
 * or one stream, and one timer: a new attempt ends the one before it, whatever it was waiting for.
 */
export class Feed {
  readonly #queries: QueryClient
  readonly #shown: Shown
  readonly #quietMs: number
  readonly #endSignedOut: () => void
  /** Aborted when its attempt is over: what still arrives is ignored. */
  #current = new AbortController()
  #source: EventSource | undefined
  /** The limit of a silence, or the pause before the next attempt. */
  #timer = 0
  /** How many attempts have failed since the stream was last open. */
  #attempt = 0
  #queue: FeedEvent[] = []
  /** What will apply the queue. */
  #promised: 'frame' | 'timer' | undefined
  #closed = false

  /** `quietMs`: how long the server may be silent; it sends something every 15 s. */
  constructor(queries: QueryClient, quietMs = 45_000) {
    this.#queries = queries
    this.#shown = new Shown(queries)
    this.#quietMs = quietMs
    this.#endSignedOut = useSignedOut.subscribe(({ out }) => {
      if (!out) void this.begin()
    })
    window.addEventListener('online', this.#online)
  }

  /** Starts, or starts over. Resolves when the inventory has arrived, or can't be had for now. */
  async begin(): Promise<void> {
    if (this.#closed) return
    const signal = this.#replace()
    // A request that hangs is a silence, too.
    this.#wait(this.#quietMs, this.#lose)
    try {
      const { seq, ...inventory } = await request<ReadInventory>(
        'GET',
        linesPath,
        undefined,
        { signal, parse: readInventory },
      )
      if (signal.aborted) return
      useInventory.setState(inventory)
      this.#listen(seq, signal)
    } catch {
      if (!signal.aborted) this.#lose()
    }
  }

  /** Ends it for good; may be called twice. */
  close(): void {
    this.#closed = true
    this.#queue = []
    this.#replace()
    this.#shown.close()
    this.#endSignedOut()
    window.removeEventListener('online', this.#online)
  }

  readonly #online = () => {
    if (useInventory.getState().feed === 'lost') void this.begin()
  }

  /** Ends the attempt under way with all it has, and returns the signal of the next. */
  #replace(): AbortSignal {
    this.#current.abort()
    this.#source?.close()
    this.#source = undefined
    clearTimeout(this.#timer)
    this.#current = new AbortController()
    const { signal } = this.#current
    // What was received comes before what the next inventory says. That has a new zone by itself.
    if (hasNewZone(this.#queue)) this.#queue = []
    else this.#apply()
    return signal
  }

  /** The one timer: a new wait replaces the one before it. */
  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(then, ms)
  }

  readonly #lose = () => {
    this.#replace()
    useInventory.setState({ feed: 'lost' })
    this.#attempt += 1
    // Nothing is sent to anyone until someone signs in.
    if (useSignedOut.getState().out) return
    const pauseMs = Math.min(10_000, 500 * 2 ** this.#attempt)
    this.#wait(pauseMs * (0.8 + Math.random() * 0.4), () => void this.begin())
  }

  #listen(seq: number, signal: AbortSignal): void {
    const source = new EventSource(`/api/feed?since=${seq}&page=${pageName}`)
    this.#source = source
    const on = (type: string, then: (message: MessageEvent<string>) => void) =>
      source.addEventListener(type, then, { signal })
    const alive = () => this.#wait(this.#quietMs, this.#lose)
    on('open', () => {
      // Changes during the interruption weren't reported.
      if (this.#attempt > 0) {
        this.#shown.refresh()
        // The server also ends the stream when an admin changes the role.
        void this.#queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }
      this.#attempt = 0
      useInventory.setState({ feed: 'live' })
      alive()
    })
    on('error', this.#lose)
    on('bye', this.#lose)
    on('heartbeat', () => {
      alive()
      for (const listener of beatListeners) listener()
    })
    const types = [
      'instances',
      'zone',
      'operation',
      'chain',
      'job',
      'stale',
      'approvals',
    ] as const
    for (const type of types) {
      on(type, (message) => {
        alive()
        this.#enqueue(JSON.parse(message.data) as FeedEvent) // our own server's wire (contract/feed.ts)
      })
    }
    on('reset', () => {
      void this.#queries.invalidateQueries()
      void this.begin()
    })
  }

  #enqueue(event: FeedEvent): void {
    this.#queue.push(event)
    // A hidden tab gets no animation frames, also not one that was requested while it was visible; a timer is slow there but runs.
    const by = document.hidden ? 'timer' : 'frame'
    if (this.#promised === by) return
    this.#promised = by
    if (by === 'timer') setTimeout(this.#flush, 200)
    else requestAnimationFrame(this.#flush)
  }

  readonly #flush = () => {
    this.#promised = undefined
    if (hasNewZone(this.#queue)) void this.begin()
    else this.#apply()
  }

  #apply(): void {
    const events = this.#queue
    this.#queue = []
    if (events.length > 0) applyEvents(events, this.#queries)
  }
}

/** The one that the page follows. */
let followed: Feed | undefined

/** Follows the feed for as long as the page is there. Resolves as `begin` does. */
export function followFeed(queries: QueryClient): Promise<void> {
  followed = new Feed(queries)
  return followed.begin()
}

/** Reads the inventory again, because all of it may be different. Resolves as `begin` does. */
export const readInventoryAgain = async (): Promise<void> => followed?.begin()
