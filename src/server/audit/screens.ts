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
type Asking = Pick<FastifyRequest, 'audit' | 'person' | 'session'>

/** What became of a screen that someone asked for. */
export type ScreenEntry = {
  /** Call this before its address is returned. Throws where that can't be stored. */
  given(): Promise<void>
  /** It can't be opened: its entry says so with the answer. */
  refused(): void
  /** Its connection has ended. */
  closed(): void
}

const nothing: ScreenEntry = { given: async () => {}, refused() {}, closed() {} }

export class ScreenEntries {
  readonly #audit: Pick<Audit, 'over'>
  readonly #glances = new LRUCache<string, 'seen' | 'refused'>({
    max: mostGlances,
    ttl: glanceMs,
  })
  /** By the browser's key of its view. */
  readonly #views = new LRUCache<string, Open>({ max: mostViews })

  constructor(audit: Pick<Audit, 'over'>) {
    this.#audit = audit
  }

  /**
   * Stores that a screen is about to be opened. Throws where that can't be stored. `view` is the browser's key of its
   * view, where the server doesn't see the connection itself.
   */
  async open(
    request: Asking,
    { zone, instanceId, name }: Screen,
    view: string | undefined,
  ): Promise<ScreenEntry> {
    const target = { id: instanceId, ...(name ? { name } : {}) }
    const open = {
      entry: await request.audit.begin({ event, zone, target }),
      at: Date.now(),
    }
    if (view !== undefined) {
      this.left(view)
      this.#views.set(view, open)
    }
    return {
      given: async () => {},
      refused: () => {
        // Its next attempt may have come already.
        if (view !== undefined && this.#views.get(view) === open) this.#views.delete(view)
      },
      closed: () => this.#over(open),
    }
  }

  /**
   * The same for a thumbnail: one that is seen and one that is refused count once an hour for each person and
   * instance. After a refusal, only the next that is seen is stored, before its address is returned.
   */
  async glance(
    { audit, person, session }: Asking,
    { zone, instanceId, name }: Screen,
  ): Promise<ScreenEntry> {
    const key = JSON.stringify([session, person.id, zone, instanceId])
    const last = this.#glances.get(key)
    if (last === 'seen') {
      audit.nothing()
      return nothing
    }
    const target = { id: instanceId, ...(name ? { name } : {}) }
    const begin = () => audit.begin({ event, zone, target, changed: { thumbnail: true } })
    if (last === undefined) await begin()
    return {
      given: async () => {
        if (last === 'refused') await begin()
        this.#glances.set(key, 'seen')
      },
      refused: () => {
        // Another one may have been seen by now, and the first refusal begins the hour.
        if (!this.#glances.has(key)) this.#glances.set(key, 'refused')
      },
      closed() {},
    }
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
