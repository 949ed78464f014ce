/**
 * Counts for Prometheus, only with METRICS=on. Labels are names from Vedette's own tables
 * (routes, endpoints, zones), never addresses, IDs or people.
 */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

import { matchEndpoint } from '#contract/endpoints.ts'

import type { Observe } from './zone/zone.ts'

export type Metrics = {
  contentType: string
  /** All metrics in Prometheus's text format. */
  text(): Promise<string>
  answered(route: string, method: string, status: number, seconds: number): void
  observe: Observe
}

/** `feedClients` and `consoles` are called for each reading. */
export function createMetrics(counts: {
  feedClients(): number
  consoles(): number
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'vedette_request_seconds',
    help: 'Duration of browser requests by route',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const calls = new Counter({
    name: 'vedette_zone_calls_total',
    help: 'Requests to zones; status 0 means no response',
    labelNames: ['zone', 'endpoint', 'status'],
    registers,
  })
  const gauge = (name: string, help: string, count: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(count())
      },
    })
  gauge('vedette_feed_clients', 'Browsers connected to the event feed', counts.feedClients)
  gauge('vedette_consoles_open', 'Consoles open through the relay', counts.consoles)
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered: (route, method, status, seconds) =>
      requests.observe({ route, method, status }, seconds),
    observe(zone, method, path, status) {
      const [bare = ''] = path.split('?')
      const endpoint = matchEndpoint(method, bare)?.id ?? 'other'
      calls.inc({ zone, endpoint, status })
    },
  }
}
