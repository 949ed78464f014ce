/**
 * The server: every route on one screen. It holds the key, signs for the browser, and pushes
 * what changes. `main.ts` makes it and listens.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'

import type { Problem } from '#contract/problem.ts'
import type { Session } from '#contract/session.ts'
import type { Zone } from '#contract/types.ts'

import { consoleTicket } from './console.ts'
import type { Credentials } from './env.ts'
import { contentSecurityPolicy } from './headers.ts'
import { guard } from './origin.ts'
import { proxy, type ProxyDeps } from './proxy.ts'
import { Relay } from './relay.ts'
import { Watcher } from './watcher.ts'
import { createZoneClient, ProblemError, readJson, type ZoneClient } from './zone.ts'

export type AppOptions = {
  /** The base URL, with its `/v2`, that is asked for the zones. */
  endpoint: string
  credentials: Credentials
  /** Only these zones, when given. */
  zones?: string[]
  session: Session
  consoleHosts: string[]
  /** The websocket origin of this very process: a screen there is answered as a path. */
  ownConsoleOrigin?: () => string
  /** Whoever else takes upgrade requests: the embedded sandbox. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  webRoot: string
  publicUrl?: URL
  /** The demo may be reached under any name. */
  trustAnyHost: boolean
  logLevel: string
}

const bodyLimit = 256 * 1024
const zonesAgainMs = 5_000

/** Zone endpoints may not leave the host that named them (exoscale-api.md 1.5). */
function mayServe(endpoint: string, zoneEndpoint: string): boolean {
  if (!URL.canParse(zoneEndpoint)) return false
  const from = new URL(endpoint).hostname
  const to = new URL(zoneEndpoint).hostname
  return (
    from === to ||
    (from.endsWith('.exoscale.com') && /^api-[\w-]+\.exoscale\.com$/.test(to))
  )
}

async function openZones(
  options: AppOptions,
  zones: Map<string, ZoneClient>,
  watcher: Watcher,
) {
  const directory = createZoneClient('zones', options.endpoint, undefined)
  try {
    const answer = await directory.request({ method: 'GET', path: '/zone' })
    const { zones: list } = await readJson<{ zones: Zone[] }>('zones', answer)
    for (const { name, 'api-endpoint': endpoint } of list) {
      if (!endpoint || zones.has(name) || !mayServe(options.endpoint, endpoint)) continue
      if (options.zones && !options.zones.includes(name)) continue
      const client = createZoneClient(name, endpoint, options.credentials)
      zones.set(name, client)
      watcher.watch(client)
    }
  } finally {
    await directory.close()
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const status =
    error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) {
    return { code: 'too-large', status, message: 'This is more than the console sends.' }
  }
  if (status < 500)
    return { code: 'invalid', status, message: 'This request is malformed.' }
  return {
    code: 'internal',
    status: 500,
    message: 'Something broke in the console’s server.',
  }
}

/** Makes the server; it listens when `main.ts` says so. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: options.logLevel },
    disableRequestLogging: true,
    bodyLimit,
    forceCloseConnections: true,
  })
  const zones = new Map<string, ZoneClient>()
  const watcher = new Watcher()
  const deps: ProxyDeps = { zones, watcher, session: options.session }
  const policy = contentSecurityPolicy(options.consoleHosts)
  const relay =
    options.session.consoleVia === 'relay' ? new Relay(options, app.log) : undefined
  let again: NodeJS.Timeout | undefined

  const findZones = async () => {
    try {
      await openZones(options, zones, watcher)
    } catch (error) {
      app.log.warn({ problem: problemOf(error) }, 'the zones are not known yet')
      again = setTimeout(() => void findZones(), zonesAgainMs)
      again.unref()
    }
  }
  await findZones()

  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request, body, done) => {
      done(null, body)
    },
  )
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    guard(options, request)
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'internal') request.log.error({ err: error }, 'a request broke')
    return reply.code(problem.status).send({ ...problem, requestId: request.id })
  })

  app.server.on('upgrade', (request, socket, head) => {
    if (relay?.handleUpgrade(request, socket, head)) return
    // Without a taker the socket would stay open for ever.
    if (!options.handleUpgrade?.(request, socket, head)) socket.destroy()
  })
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/api/session', async () => options.session)
  app.get('/api/inventory', async () => watcher.inventory())
  app.get<{ Querystring: { since?: string } }>('/api/feed', (request, reply) => {
    reply.hijack()
    const since = request.headers['last-event-id'] ?? request.query.since
    watcher.feed.follow(reply.raw, Number(since ?? 0))
  })
  app.get<{ Params: { id: string } }>('/api/find/:id', async (request) => {
    const zone = watcher.zoneOf(request.params.id)
    if (zone) return { zone }
    throw new ProblemError({
      code: 'not-found',
      status: 404,
      message: 'No zone has this instance.',
    })
  })
  app.post('/api/zones/:zone/console/:id', (request) =>
    consoleTicket({ ...deps, options, relay }, request),
  )
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/api/zones/:zone/*',
    handler: (request, reply) => proxy(deps, request, reply),
  })

  await app.register(fastifyStatic, {
    root: options.webRoot,
    preCompressed: true,
    wildcard: false,
    setHeaders(reply, path) {
      const immutable = path.includes('/assets/')
      reply.setHeader(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !/^\/(api|assets|readyz|metrics)([/?]|$)/.test(request.url)
    if (isPage) return reply.sendFile('index.html')
    const problem = { code: 'not-found', status: 404, message: 'There is nothing here.' }
    return reply.code(404).send(problem)
  })
  app.addHook('preClose', async () => {
    clearTimeout(again)
    relay?.close()
    watcher.close()
    await Promise.all([...zones.values()].map((zone) => zone.close()))
  })
  return app
}
