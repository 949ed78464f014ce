/** Makes the Fastify server: what it logs, how large a request may be, and whom it believes. */
import fastify, { LogController, type FastifyInstance } from 'fastify'

import { answerClientError, answerExpectations, arrival, plainTarget } from './edges.ts'
import { scrubbed } from './logs.ts'
import type { AppOptions } from './options.ts'
import { answerProblem } from './routes.ts'

const bodyLimit = 256 * 1024

/** The server without routes; `headers` are those of every answer. */
export function makeFastify(
  { logLevel, logTo, credentials, oidc, telemetry, trustedProxies = [] }: AppOptions,
  headers: Readonly<Record<string, string>>,
): FastifyInstance {
  const secrets = [credentials.key, credentials.secret, oidc?.clientSecret ?? '']
  const app = fastify({
    logger: {
      level: logLevel,
      stream: scrubbed(logTo ?? process.stdout, secrets),
      ...(telemetry ? { mixin: () => telemetry.ids() } : {}),
    },
    // routes.ts logs one line for each request instead, without the URL.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    // A host that is busy with other things, such as its own start, may need more than the usual ten seconds.
    pluginTimeout: 120_000,
    // Only these may say who asks; anyone can write X-Forwarded-For.
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    forceCloseConnections: true,
    ...arrival,
    rewriteUrl: ({ url = '/' }) => plainTarget(url),
    // Hooks don't run for these.
    frameworkErrors: (error, request, reply) =>
      answerProblem(error, request, reply.headers(headers)),
    clientErrorHandler: answerClientError(headers),
  })
  answerExpectations(app.server, headers)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'image/webp', 'image/png'],
    { parseAs: 'buffer' },
    (_request, body, done) => {
      done(null, body)
    },
  )
  return app
}
