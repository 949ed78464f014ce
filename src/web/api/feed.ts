import type { QueryClient } from '@tanstack/react-query'

import type { FeedEvent, Inventory } from '#contract/feed.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { request } from './client.ts'
import { rowKey, rowOf, stateOf, useInventory } from './inventory.ts'

/**
 * Follows the feed in the browser: reads the inventory once, updates it from the event stream, and
 * marks stale queries in the cache. It runs outside React, and main.tsx starts it before the first
 * render. Events are applied once per animation frame.
 */

/** Endpoints whose data no operation on an instance changes. */
const catalogue = new Set(['list-instance-types', 'list-templates', 'get-template'])

const heartbeatLimitMs = 45_000
const operationListeners = new Set<(operation: FollowedOperation) => void>()

/** Calls `listener` whenever an operation ends; returns how to stop. */
export function onOperationEnd(
  listener: (operation: FollowedOperation) => void,
): () => void {
  operationListeners.add(listener)
  return () => operationListeners.delete(listener)
}

function applyEvents(events: FeedEvent[], queries: QueryClient): void {
  const state = useInventory.getState()
  const rows = new Map(state.rows)
  let { zones, operations, chains } = state
  const ended: FollowedOperation[] = []
  const changed = new Set<string>()
  for (const event of events) {
    if (event.type === 'instances') {
      for (const instance of event.upsert) {
        rows.set(rowKey(event.zone, instance.id), rowOf(event.zone, instance))
        void queries.invalidateQueries({
          queryKey: ['zone', event.zone, 'get-instance', { id: instance.id }],
        })
      }
      for (const id of event.remove) {
        rows.delete(rowKey(event.zone, id))
        void queries.invalidateQueries({
          queryKey: ['zone', event.zone, 'get-instance', { id }],
        })
      }
    } else if (event.type === 'zone') {
      const { type: _type, ...health } = event
      zones = zones.map((one) => (one.zone === health.zone ? health : one))
    } else if (event.type === 'operation') {
      const { operation } = event
      operations = [operation, ...operations.filter((one) => one.id !== operation.id)].sort(
        (a, b) => b.startedAt - a.startedAt,
      )
      changed.add(operation.zone)
      if (operation.state !== 'pending') ended.push(operation)
    } else if (event.type === 'chain') {
      chains = [event.chain, ...chains.filter(({ id }) => id !== event.chain.id)]
    }
  }
  useInventory.setState({ rows, zones, operations, chains })
  for (const zone of changed) {
    void queries.invalidateQueries({
      queryKey: ['zone', zone],
      predicate: ({ queryKey }) => !catalogue.has(String(queryKey[2])),
    })
  }
  for (const operation of ended) {
    for (const listener of operationListeners) listener(operation)
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
 * Starts following; the first inventory is requested at once. Resolves when it has arrived or can't
 * be read at present.
 */
export function startFeed(queries: QueryClient): Promise<void> {
  let source: EventSource | undefined
  let queue: FeedEvent[] = []
  let frame = 0
  let watchdog = 0
  let attempt = 0

  const flush = () => {
    frame = 0
    const events = queue
    queue = []
    if (hasNewZone(events)) readAgain()
    else applyEvents(events, queries)
  }
  const enqueue = (event: FeedEvent) => {
    queue.push(event)
    // A hidden tab gets no animation frames, only slow timers.
    if (!frame)
      frame = document.hidden ? setTimeout(flush, 200) : requestAnimationFrame(flush)
  }

  const readAgain = () => {
    source?.close()
    void begin()
  }
  const lose = () => {
    source?.close()
    clearTimeout(watchdog)
    useInventory.setState({ feed: 'lost' })
    attempt += 1
    const waitMs = Math.min(10_000, 500 * 2 ** attempt) * (0.8 + Math.random() * 0.4)
    setTimeout(begin, waitMs)
  }
  const alive = () => {
    clearTimeout(watchdog)
    watchdog = window.setTimeout(lose, heartbeatLimitMs)
  }

  const listen = (seq: number) => {
    source = new EventSource(`/api/feed?since=${seq}`)
    source.addEventListener('open', () => {
      attempt = 0
      useInventory.setState({ feed: 'live' })
      alive()
    })
    source.addEventListener('error', lose, { once: true })
    for (const type of ['instances', 'zone', 'operation', 'chain'] as const) {
      source.addEventListener(type, (message: MessageEvent<string>) => {
        alive()
        enqueue(JSON.parse(message.data) as FeedEvent) // sent by Vedette's server (contract/feed.ts)
      })
    }
    source.addEventListener('heartbeat', alive)
    source.addEventListener('bye', lose, { once: true })
    source.addEventListener(
      'reset',
      () => {
        void queries.invalidateQueries()
        readAgain()
      },
      { once: true },
    )
  }

  const begin = async () => {
    try {
      const inventory = await request<Inventory>('GET', '/api/inventory')
      useInventory.setState(stateOf(inventory))
      listen(inventory.seq)
    } catch {
      lose()
    }
  }

  window.addEventListener('online', () => {
    if (useInventory.getState().feed === 'lost') void begin()
  })
  return begin()
}
