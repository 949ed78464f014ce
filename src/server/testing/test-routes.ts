/** The routes that a server really has, for tests that ask each of them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'

import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'

/** Collects the routes, as `GET /api/people`, of each server that is made until the test ends. */
export function collectRoutes(isMeant: (url: string) => boolean = () => true): Set<string> {
  const found = new Set<string>()
  const hear = (message: unknown) => {
    // Fastify publishes each instance that it makes, before it has routes.
    const { fastify: app } = message as { fastify: FastifyInstance }
    app.addHook('onRoute', ({ method, url }) => {
      if (!isMeant(url)) return
      for (const one of [method].flat()) if (one !== 'HEAD') found.add(`${one} ${url}`)
    })
  }
  subscribe('fastify.initialization', hear)
  onTestFinished(() => void unsubscribe('fastify.initialization', hear))
  return found
}
