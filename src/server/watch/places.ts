/**
 * Knows where each instance is and which labels it had when its zone listed it last: what a narrowed person
 * may see depends on it (people/reach.ts). It learns from what is published, so it is as new as the pages.
 */
import { LRUCache } from 'lru-cache'

import type { FeedEvent, ListedInstance } from '#contract/feed.ts'

export type Place = { zone: string; labels: Readonly<Record<string, string>> | undefined }

/** Instances that are gone, whose last operations are still shown. */
const mostGone = 5_000

export class Places {
  readonly #listed = new Map<string, Place>()
  readonly #gone = new LRUCache<string, Place>({ max: mostGone })

  of(instanceId: string): Place | undefined {
    return this.#listed.get(instanceId) ?? this.#gone.get(instanceId)
  }

  /** An instance that the server has created with these labels, until its zone lists it. */
  learn(instanceId: string, place: Place): void {
    if (!this.of(instanceId)) this.#gone.set(instanceId, place)
  }

  /** Learns all instances of a zone anew. */
  relist(zone: string, instances: readonly ListedInstance[]): void {
    const listed = new Set(instances.map(({ id }) => id))
    const gone = [...this.#listed].filter(([id, at]) => at.zone === zone && !listed.has(id))
    const remove = gone.map(([id]) => id)
    this.learnEvent({ type: 'instances', zone, upsert: [...instances], remove })
  }

  /** Learns from an event, after it was sent to those who may see it. */
  learnEvent(event: FeedEvent): void {
    if (event.type !== 'instances') return
    const { zone } = event
    for (const { id, labels } of event.upsert) this.#listed.set(id, { zone, labels })
    for (const id of event.remove) {
      const place = this.#listed.get(id)
      this.#listed.delete(id)
      if (place) this.#gone.set(id, place)
    }
  }
}
