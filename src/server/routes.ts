/**
 * Sets what all routes have in common: who may call them (the server doesn't start if a route doesn't
 * declare it), the headers, the log line, and the format of errors.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Person } from '#contract/people/people.ts'
import type { Problem } from '#contract/problem.ts'

import { Asked } from './audit/asked.ts'
import type { Audit } from './audit/audit.ts'
import { problemType } from './edges.ts'
import type { Metrics } from './metrics.ts'
import { guard, type OwnNames } from './origin.ts'
import type { Gate } from './people/gate.ts'
import { reachOf, type Reach } from './people/reach.ts'
import { isWhole } from './store/kinds.ts'
import { StoreOutage } from './store/outage.ts'
import type { RequestSpan, Telemetry } from './telemetry/telemetry.ts'
import type { Watcher } from './watch/watcher.ts'
import { caused, ProblemError, refuse } from './zone/refusals.ts'
import type { Bounds } from './zone/zone.ts'

/**
 * `public` routes are open to everyone who reaches the server, `session` routes need a sign-in, `admin`
 * routes that role. A `page` contains what its reader may see, which is nothing without a sign-in.
 */
/** `no`: it does nothing that others see, or writes an entry only where it does. */
type Audited = 'yes' | 'no'

/**
 * How a route is narrowed for people who may not see everything. `own`: it has only what is the person's own, or no one's.
 * `zone` and `instance`: what its path names must be theirs, which is checked here. `inside`: the same of the zone in the path, if
 * there is one, and its handler asks the request's `reach` for the rest.
 */
type Narrowing = 'own' | 'zone' | 'instance' | 'inside'

type RouteAccess = 'public' | 'page' | 'session' | 'admin'

declare module 'fastify' {
  // An interface, because only that adds members to Fastify's own.
  interface FastifyContextConfig {
    access?: RouteAccess
    /** Of a route that isn't a GET: whether what it does is in the audit log. */
    audited?: Audited
    /** Of a route for people who aren't admins. */
    narrowed?: Narrowing
    /** A file of the page: neither logged nor counted. */
    isFile?: boolean
    /** Of a route that isn't a GET: pages send it automatically, so it doesn't show that someone is there. */
    automatic?: boolean
  }
  interface FastifyRequest {
    /** How long whoever sent it waits: ten seconds from its arrival, and not after leaving. */
    bounds: Bounds
    /** Writes what it does into the audit log. */
    audit: Asked
    /** Who sent it. Only in `public` and `page` routes it may be nobody, whom they don't ask for. */
    person: Person
    /** The id of the session by which it was sent, where people sign in. */
    session?: string | undefined
    /** What that person may see and change; like `person`, it may be missing in `public` and `page` routes. */
    reach: Reach
  }
}

/** Less than ten seconds, which the answer takes to arrive. */
const patienceMs = 9_500

function boundsOf(reply: FastifyReply): Bounds {
  const leaving = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort()
  })
  return { until: performance.now() + patienceMs, left: leaving.signal }
}

/**
 * Throws for the first route that doesn't declare its access, so that none can be
 * forgotten.
 */
export function denyByDefault(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} declares no access`)
    const isForAll = config.access === 'session' || config.access === 'page'
    if (isForAll && !config.narrowed)
      throw new Error(`${String(method)} ${url} doesn't say how it is narrowed`)
    const reads = [method].flat().every((one) => one === 'GET' || one === 'HEAD')
    if (!reads && !config.audited)
      throw new Error(`${String(method)} ${url} doesn't say whether it is audited`)
  })
}

/** The problem to return for any error; an unexpected error reveals no details. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (error instanceof StoreOutage)
    return { code: 'internal', status: 503, ...caused({ code: 'store-unavailable' }) }
  const status =
    error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) {
    return { code: 'too-large', status, ...caused({ code: 'request-too-large' }) }
  }
  if (status < 500) {
    return { code: 'invalid', status, ...caused({ code: 'bad-request' }) }
  }
  return { code: 'internal', status: 500, ...caused({ code: 'internal' }) }
}

/**
 * Throws a 405 for HEAD, which Fastify adds to each GET, where that would call zones, follow the feed, sign someone in or
 * write into the audit log. Pages, files and health checks have it.
 */
function requireMethod(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions, server } = request
  const { url = '' } = routeOptions
  if (method !== 'HEAD' || !/^\/(api|auth)\//.test(url)) return
  const allowed = (['GET', 'POST', 'PUT', 'DELETE'] as const).filter((one) =>
    server.hasRoute({ method: one, url }),
  )
  reply.header('allow', allowed.join(', '))
  throw refuse('invalid', 405, { code: 'bad-request' })
}

/** Throws a 404 if a part of the path is a text that no store keeps whole, so it is nothing's id. */
function requireWhole(params: unknown): void {
  // Fastify's own object, whose members are the parts that a route names.
  for (const part of Object.values(params as Record<string, unknown>))
    if (typeof part === 'string' && !isWhole(part))
      throw refuse('not-found', 404, { code: 'bad-id' })
}

/** Throws for a zone or an instance in the path that isn't the person's. */
function narrow({ reach, params, routeOptions }: FastifyRequest): void {
  const { narrowed } = routeOptions.config
  if (!reach.isNarrowed || !narrowed || narrowed === 'own') return
  // The route's own names.
  const { zone, id = '' } = params as { zone?: string; id?: string }
  if (zone !== undefined) reach.requireZone(zone)
  if (zone !== undefined && narrowed === 'instance') reach.requireInstance(zone, id)
}

type Deciding = { gate: Gate; watcher: Watcher }

/** Who sends a request, once the labels are new by which their rights are judged. */
async function findSender({ gate, watcher }: Deciding, request: FastifyRequest) {
  const { narrowed, automatic = false } = request.routeOptions.config
  // Pages read again and again without anyone; who reads is there by `/api/here`.
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const found = await gate.find(request, !reads && !automatic)
  if (!found || !narrowed || narrowed === 'own') return found
  const reach = reachOf({ watcher }, found.person)
  const { zone } = request.params as { zone?: string } // the route's own name
  if (!reach.isByLabel || (zone !== undefined && !reach.hasZone(zone))) return found
  await watcher.recent()
  // That may have taken seconds, and what is open from now on ends only with later changes.
  return gate.find(request, false)
}

/** Says who sent a request; throws a 401 for nobody, and a 403 for someone without the role. */
async function admit(deciding: Deciding, request: FastifyRequest): Promise<void> {
  const { access = 'public' } = request.routeOptions.config
  if (access === 'public') return
  const { gate, watcher } = deciding
  const found = await findSender(deciding, request)
  if (!found && access !== 'page') throw gate.refusal(request)
  if (!found) return
  request.person = found.person
  request.session = found.session
  request.reach = reachOf({ watcher }, found.person)
  if (access === 'admin' && found.person.role !== 'admin')
    throw refuse('not-allowed', 403, { code: 'needs-role', role: 'admin' })
  narrow(request)
}

/** Returns an error as a `Problem`, also if no route was reached. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = problemOf(error)
  // What Fastify itself rejects has passed no hook.
  const { audit } = request as Partial<FastifyRequest>
  if (audit) audit.problem = problem
  reply.type(problemType).header('cache-control', 'no-store')
  // A route may have announced what it was about to send.
  reply.removeHeader('content-encoding')
  if (problem.code === 'internal') request.log.error({ err: error }, 'request failed')
  return reply.code(problem.status).send({ ...problem, requestId: request.id })
}

/** Writes into the audit log how a request ended, before its answer leaves. */
async function settle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  // What Fastify itself rejects has passed no hook before.
  const { audit } = request as Partial<FastifyRequest>
  if (!audit) return
  await audit.answered(reply)
  const { audited } = request.routeOptions.config
  const changes = audited === 'yes' && request.method !== 'GET'
  if (changes && reply.statusCode < 400 && !audit.isRecorded)
    throw new Error(`${request.routeOptions.url} wrote nothing into the audit log`)
}

type Framing = Deciding & {
  metrics: Metrics | undefined
  telemetry: Telemetry | undefined
  audit: Audit
}

/** Makes a span of each request but files and streams, and lets what the request calls belong to it; returns what ends it. */
function traceRequests(
  app: FastifyInstance,
  telemetry: Telemetry,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>()
  app.addHook('onRequest', (request, _reply, done) => {
    const { url: route = 'page', config } = request.routeOptions
    if (config.isFile) return done()
    const { method, headers, ips = [] } = request
    const span = telemetry.request({ method, route, headers, isTrusted: ips.length > 1 })
    spans.set(request, span)
    span.run(done)
  })
  return (request, { statusCode }) => spans.get(request)?.end(statusCode)
}

/** Hooks for all routes. */
export function frame(
  app: FastifyInstance,
  names: OwnNames,
  headers: Readonly<Record<string, string>>,
  { metrics, telemetry, audit, ...deciding }: Framing,
): void {
  app.decorateRequest('bounds')
  app.decorateRequest('audit')
  app.decorateRequest('person')
  app.decorateRequest('session')
  app.decorateRequest('reach')
  const endSpan = telemetry && traceRequests(app, telemetry)
  app.addHook('onRequest', async (request, reply) => {
    request.bounds = boundsOf(reply)
    request.audit = new Asked(audit, request)
    reply.headers(headers)
    guard(names, request, request.routeOptions.config.isFile === true)
    requireMethod(request, reply)
    requireWhole(request.params)
    await admit(deciding, request)
  })
  app.addHook('preHandler', async (request) => {
    // Its body may have taken half a minute, and the person's right may have ended since.
    const { access = 'public' } = request.routeOptions.config
    if (request.body !== undefined && (access === 'session' || access === 'admin'))
      await admit(deciding, request)
  })
  app.addHook('onSend', async (request, reply) => {
    // Files have their own, which their plugin sets on the raw response.
    const isSet = reply.hasHeader('cache-control') || reply.raw.hasHeader('cache-control')
    if (!isSet) reply.header('cache-control', 'no-store')
    await settle(request, reply)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'page', config } = request.routeOptions
    if (config?.isFile) return
    const { statusCode: status, elapsedTime } = reply
    const ms = Math.round(elapsedTime)
    // The route, not the URL, which may contain a secret.
    request.log.info({ method: request.method, route, status, ms }, 'answered')
    metrics?.answered(route, request.method, status, elapsedTime / 1000)
    // Last: the line above still belongs to it.
    endSpan?.(request, reply)
  })
  app.setErrorHandler(answerProblem)
}
