/**
 * Sends traces by OpenTelemetry, if an address for them is set: a span for each request of a browser, and below it one
 * for each attempt at a zone. Names and attributes are from Vedette's own tables (routes, endpoints, zones) and never
 * contain an address, an ID or a person. Loaded only where it is used (serve.ts).
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

import {
  defaultTextMapGetter,
  diag,
  DiagLogLevel,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

import { matchEndpoint } from '#contract/endpoints.ts'

import type { Observe } from '../zone/zone.ts'
import type { TelemetrySettings } from './telemetry-settings.ts'

/** What is known of a request when it arrives. */
type Arrival = {
  method: string
  /** The route's own pattern. */
  route: string
  headers: IncomingHttpHeaders
  /** Whether a trusted proxy sent it: its `traceparent` is then the beginning of the trace. */
  isTrusted: boolean
}

/** The span of a request. */
export type RequestSpan = {
  /** Calls what belongs to it. */
  run(work: () => void): void
  end(status: number): void
}

export type Telemetry = {
  request(arrival: Arrival): RequestSpan
  observe: Observe
  /** Members for a line of the log, by which it is found from its trace. */
  ids(): { trace_id?: string; span_id?: string }
  /** Says what can’t be sent, at most once a minute. */
  sayTrouble(say: (words: string) => void): void
  /** Sends what is left, for at most three seconds. Never throws. */
  close(): Promise<void>
}

/** A request in whose calls one is. */
type Running = { context: Context; isOver: boolean }

const closingMs = 3_000
/** A collector that is away would otherwise fill the log, with a line for each batch. */
const quietMs = 60_000

/** Lets OpenTelemetry say what it can't send, at most once a minute. */
function sayTrouble(tell: (words: string) => void): void {
  let saidAt = -quietMs
  const say = (...words: unknown[]) => {
    if (performance.now() - saidAt < quietMs) return
    saidAt = performance.now()
    tell(`OpenTelemetry: ${words.map(String).join(' ')}`)
  }
  const nothing = () => {}
  const logger = { error: say, warn: say, info: nothing, debug: nothing, verbose: nothing }
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
}

async function exporterFor({ url, protocol }: TelemetrySettings) {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto')
  return new OTLPTraceExporter({ url })
}

/** A span has an error where its own side failed: a server's from 500 on, a caller's from 400. */
function endSpan(span: Span, status: number, failsFrom: number): void {
  if (status > 0) span.setAttribute('http.response.status_code', status)
  if (status === 0 || status >= failsFrom) {
    span.setAttribute('error.type', status === 0 ? 'no-response' : String(status))
    span.setStatus({ code: SpanStatusCode.ERROR })
  }
  span.end()
}

/**
 * Makes what sends traces. What the settings don't say is read from OpenTelemetry's own variables
 * (docs/operating.md#traces). Spans wait in a queue of at most 2,048; more are dropped.
 */
export async function startTelemetry(
  settings: TelemetrySettings,
  version: string,
): Promise<Telemetry> {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': settings.serviceName,
      'service.version': version,
    }),
    spanProcessors: [new BatchSpanProcessor(await exporterFor(settings))],
  })
  const tracer = provider.getTracer('vedette', version)
  const propagator = new W3CTraceContextPropagator()
  const running = new AsyncLocalStorage<Running>()
  /** What a request has started and goes on after its answer, such as polling, belongs to none. */
  const current = () => {
    const request = running.getStore()
    return request && !request.isOver ? request.context : ROOT_CONTEXT
  }
  const spanOf = (context: Context, name: string, kind: SpanKind, attributes: Attributes) =>
    tracer.startSpan(name, { kind, attributes }, context)

  return {
    sayTrouble,
    request({ method, route, headers, isTrusted }) {
      const parent = isTrusted
        ? propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
        : ROOT_CONTEXT
      const span = spanOf(parent, `${method} ${route}`, SpanKind.SERVER, {
        'http.request.method': method,
        'http.route': route,
      })
      const request = { context: trace.setSpan(parent, span), isOver: false }
      return {
        run: (work) => running.run(request, work),
        end(status) {
          request.isOver = true
          endSpan(span, status, 500)
        },
      }
    },
    observe(zone, method, path) {
      const [bare = ''] = path.split('?')
      const found = matchEndpoint(method, bare)
      const name = found?.id ?? 'other'
      const span = spanOf(current(), name, SpanKind.CLIENT, {
        'http.request.method': method,
        'vedette.zone': zone,
        'vedette.endpoint': name,
      })
      return (status) => endSpan(span, status, 400)
    },
    ids() {
      const span = trace.getSpanContext(current())
      if (!span || !isSpanContextValid(span)) return {}
      return { trace_id: span.traceId, span_id: span.spanId }
    },
    async close() {
      const ending = new AbortController()
      const patience = wait(closingMs, undefined, { signal: ending.signal })
      await Promise.race([provider.shutdown(), patience]).catch((error: unknown) => {
        diag.error(String(error))
      })
      ending.abort()
      await patience.catch(() => {})
    },
  }
}
