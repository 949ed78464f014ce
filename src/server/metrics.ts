/**
 * Counts for Prometheus, on a port of its own (METRICS_PORT), because people's browsers have no business
 * there. Labels are names from Vedette's own tables (routes, endpoints, zones), never addresses, IDs or people.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

import { matchEndpoint } from '#contract/endpoints.ts'

import type { Observe } from './zone/zone.ts'

export type Metrics = {
  contentType: string
  /** All metrics in Prometheus's text format. */
  text(): Promise<string>
  answered(route: string, method: string, status: number, seconds: number): void
  observe: Observe
  /** What is counted whenever someone reads. */
  watch(counts: Counts): void
}

/** Each is called for every reading. */
type Counts = {
  feedClients(): number
  consoles(): number
  /** Outcomes that wait for the audit log. */
  auditWaiting(): number
}

/** Counts of one server, empty. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
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
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    watch(counts) {
      gauge(
        'vedette_feed_clients',
        'Browsers connected to the event feed',
        counts.feedClients,
      )
      gauge('vedette_consoles_open', 'Consoles open through the relay', counts.consoles)
      gauge(
        'vedette_audit_waiting',
        'Outcomes that wait for the audit log',
        counts.auditWaiting,
      )
    },
    answered: (route, method, status, seconds) =>
      requests.observe({ route, method, status }, seconds),
    observe(zone, method, path) {
      const [bare = ''] = path.split('?')
      const endpoint = matchEndpoint(method, bare)?.id ?? 'other'
      return (status) => calls.inc({ zone, endpoint, status })
    },
  }
}

const patienceMs = 10_000

/** Serves `/metrics` alone; resolves when it listens, with its port and how to end it. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ requestTimeout: patienceMs }, (request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || request.url !== '/metrics') return void response.writeHead(404).end()
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    )
  })
  server.listen(port, host)
  // Rejects with the error of a port that can't be opened.
  await once(server, 'listening')
  return {
    // A TCP server's address is an AddressInfo.
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
