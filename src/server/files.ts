/** Serves the pages and their files, as they are built. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { pageKindOf } from './page/page-kind.ts'
import { pageFile, pageVary, readerOf } from './page/reader-languages.ts'
import { denyByDefault } from './routes.ts'
import { refuse } from './zone/refusals.ts'

/** Sends a page in its reader's language. A build without languages, as in tests, has one page. */
export function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  webRoot: string,
): FastifyReply {
  const file = pageFile(pageKindOf(request.url), readerOf(request).language)
  return reply.sendFile(existsSync(join(webRoot, file)) ? file : 'index.html')
}

/** Adds the files below `webRoot`; the page answers where no file does. */
export async function addFiles(app: FastifyInstance, webRoot: string): Promise<void> {
  // The plugin makes the routes of files itself, so their access is declared for it.
  let addsFiles = true
  app.addHook('onRoute', (route) => {
    if (addsFiles) route.config = { ...route.config, access: 'public', isFile: true }
  })
  denyByDefault(app)
  await app.register(fastifyStatic, {
    root: webRoot,
    preCompressed: true,
    wildcard: false,
    index: false,
    // Otherwise the plugin's own `max-age=0` replaces ours.
    cacheControl: false,
    setHeaders(reply, path) {
      // Each file lies beside its compressed ones.
      reply.setHeader(
        'vary',
        /\.html(\.(br|gz))?$/.test(path) ? pageVary : 'accept-encoding',
      )
      const immutable = path.includes('/assets/')
      reply.setHeader(
        'cache-control',
        immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  addsFiles = false
  // Without it, the plugin would look for this handler's answer in this handler.
  const hasPage = existsSync(join(webRoot, 'index.html'))
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      hasPage &&
      request.method === 'GET' &&
      !/^\/(api|assets|readyz)([/?]|$)/.test(request.url)
    if (isPage) return sendPage(request, reply, webRoot)
    throw refuse('not-found', 404, { code: 'no-such-page' })
  })
}
