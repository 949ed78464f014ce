/**
 * Sets what all routes have in common: who may call them (the server doesn't start if a route doesn't
 * declare it), the headers, the log line, and the format of errors.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import type { Problem } from '#contract/problem.ts'

import { securityHeaders } from './headers.ts'
import type { Metrics } from './metrics.ts'
import { guard, type OwnNames } from './origin.ts'
import { StoreOutage } from './store/outage.ts'
import { caused, ProblemError } from './zone/refusals.ts'

/** `public` routes are open to everyone who reaches the server, `session` routes need a sign-in. */
type RouteAccess = 'public' | 'session'

declare module 'fastify' {
  // An interface, because only that adds members to Fastify's own.
  interface FastifyContextConfig {
    access?: RouteAccess
    /** A file of the page: neither logged nor counted. */
    isFile?: boolean
  }
}

/**
 * Throws for the first route that doesn't declare its access, so that none can be
 * forgotten.
 */
export function denyByDefault(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} declares no access`)
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

/** Returns an error as a `Problem`, also if no route was reached. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const problem = problemOf(error)
  if (problem.code === 'internal') request.log.error({ err: error }, 'request failed')
  return reply.code(problem.status).send({ ...problem, requestId: request.id })
}

type FrameOptions = OwnNames & { consoleHosts: string[]; webRoot: string }

/** Hooks for all routes. */
export function frame(
  app: FastifyInstance,
  options: FrameOptions,
  metrics: Metrics | undefined,
): void {
  const headers = securityHeaders(options.consoleHosts, options.webRoot, options.publicUrl)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    guard(options, request)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'page', config } = request.routeOptions
    if (config?.isFile) return
    const { statusCode: status, elapsedTime } = reply
    const ms = Math.round(elapsedTime)
    // The route, not the URL, which may contain a secret.
    request.log.info({ method: request.method, route, status, ms }, 'answered')
    metrics?.answered(route, request.method, status, elapsedTime / 1000)
  })
  app.setErrorHandler(answerProblem)
}
