/**
 * Writes into the audit log who opens which screen, and how long it was open: by the relay's own connection,
 * or where browsers connect directly, until the view says that it has left.
 */
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'

import type { EndpointId } from '#contract/endpoints.ts'

import type { Audit } from './audit.ts'

const event = 'get-console-proxy-url' satisfies EndpointId
/** Pages load thumbnails again all the time, so that one in this time counts for all. */
const glanceMs = 3_600_000
const mostGlances = 50_000
const mostViews = 10_000

type Screen = { zone: string; instanceId: string; name: string | undefined }
type Open = { entry: string; at: number }

export class ScreenEntries {
  readonly #audit: Pick<Audit, 'over'>
  readonly #glances = new LRUCache<string, true>({ max: mostGlances, ttl: glanceMs })
  /** By the browser's key of its view. */
  readonly #views = new LRUCache<string, Open>({ max: mostViews })

  constructor(audit: Pick<Audit, 'over'>) {
    this.#audit = audit
  }

  /**
   * Stores that a screen is about to be opened; returns what to call when its connection has ended. Throws
   * where that can't be stored. `view` is the browser's key of its view, where the server doesn't see the
   * connection itself.
   */
  async open(
    request: Pick<FastifyRequest, 'audit' | 'person' | 'session'>,
    screen: Screen,
    view: string | undefined,
  ): Promise<() => void> {
    const { zone, instanceId, name } = screen
    const target = { id: instanceId, ...(name ? { name } : {}) }
    const open = {
      entry: await request.audit.begin({ event, zone, target }),
      at: Date.now(),
    }
    if (view !== undefined) {
      this.left(view)
      this.#views.set(view, open)
    }
    return () => this.#over(open)
  }

  /** The same for a thumbnail: once an hour for each person and instance. */
  async glance(
    { audit, person, session }: Pick<FastifyRequest, 'audit' | 'person' | 'session'>,
    { zone, instanceId, name }: Screen,
  ): Promise<void> {
    const key = JSON.stringify([session, person.id, zone, instanceId])
    if (this.#glances.has(key)) return audit.nothing()
    const target = { id: instanceId, ...(name ? { name } : {}) }
    await audit.begin({ event, zone, target, changed: { thumbnail: true } })
    this.#glances.set(key, true)
  }

  /** A view has left its screen. */
  left(view: string): void {
    const open = this.#views.get(view)
    this.#views.delete(view)
    if (open) this.#over(open)
  }

  #over({ entry, at }: Open): void {
    void this.#audit.over(entry, event, Date.now() - at)
  }
}
