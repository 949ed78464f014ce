/**
 * Finds the zones: asks Exoscale, unsigned, at the start, again every few seconds until it has named
 * one, and then from time to time for zones that have been added. Each becomes a client that lives as
 * long as the server.
 */
import type { Zone } from '#contract/types.ts'

import type { AppOptions } from '../options.ts'
import { createZoneClient, readJson, type Observe, type ZoneClient } from './zone.ts'

const againMs = 5_000
/** Zones are added once in a year, and one small request costs nothing. */
const newZonesMs = 20_000
/** How long the start waits for the zones; whoever comes earlier is told that they aren't known yet. */
const startMs = 2_500

/**
 * A zone's endpoint must have the same domain as the host that named it (docs/platform.md#zone-endpoints).
 */
function mayServe(endpoint: string, zoneEndpoint: string): boolean {
  if (!URL.canParse(zoneEndpoint)) return false
  const from = new URL(endpoint).hostname
  const to = new URL(zoneEndpoint).hostname
  return (
    from === to ||
    (from.endsWith('.exoscale.com') && /^api-[\w-]+\.exoscale\.com$/.test(to))
  )
}

type DirectoryEvents = {
  found(zone: ZoneClient): void
  failed(error: unknown): void
  observe: Observe
}

export class Directory {
  readonly zones = new Map<string, ZoneClient>()
  readonly #options: Pick<AppOptions, 'endpoint' | 'credentials' | 'zones'>
  readonly #events: DirectoryEvents
  #again: NodeJS.Timeout | undefined
  #closed = false

  constructor(
    options: Pick<AppOptions, 'endpoint' | 'credentials' | 'zones'>,
    events: DirectoryEvents,
  ) {
    this.#options = options
    this.#events = events
  }

  /** Begins; resolves when the zones are known, or after a while. Never throws. */
  async start(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, startMs)
    })
    await Promise.race([this.look(), patience])
    clearTimeout(timer)
  }

  /** Looks once, and goes on by itself. Never throws. */
  async look(): Promise<void> {
    try {
      await this.#ask()
      if (this.zones.size === 0) throw new Error('Exoscale returned no matching zones')
    } catch (error) {
      // With zones to serve, a list that can't be had changes nothing.
      if (!this.#closed && this.zones.size === 0) this.#events.failed(error)
    }
    if (this.#closed) return
    const pauseMs = this.zones.size === 0 ? againMs : newZonesMs
    this.#again = setTimeout(() => void this.look(), pauseMs)
    this.#again.unref()
  }

  async #ask(): Promise<void> {
    const { endpoint, credentials, zones: only } = this.#options
    const asking = createZoneClient('zones', endpoint, undefined)
    try {
      const answer = await asking.request({ method: 'GET', path: '/zone' })
      const { zones: told } = await readJson<{ zones?: Zone[] }>('zones', answer)
      const list = Array.isArray(told) ? told : []
      if (this.#closed) return
      const named = [...list].sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1))
      for (const { name, 'api-endpoint': at } of named) {
        if (!at || this.zones.has(name) || !mayServe(endpoint, at)) continue
        if (only && !only.includes(name)) continue
        const { observe } = this.#events
        const client = createZoneClient(name, at, credentials, { observe })
        this.zones.set(name, client)
        this.#events.found(client)
      }
    } finally {
      await asking.close()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#again)
    await Promise.all([...this.zones.values()].map((zone) => zone.close()))
  }
}
