/** The routes below one zone; the last one forwards every call of the allow-list. */
import type { FastifyInstance } from 'fastify'

import { PICTURE_MAX_BYTES } from '#contract/timeline.ts'

import { checkChain } from './calls/check.ts'
import { once } from './calls/once.ts'
import { proxy } from './calls/proxy.ts'
import { checkAgain, checkOrder } from './chains/creations.ts'
import { consoleTicket } from './console.ts'
import type { RouteDeps } from './deps.ts'
import { takeNoted } from './history/noted-snapshot.ts'
import { writeNote } from './history/notes.ts'
import { keepPicture, sendPicture } from './history/pictures.ts'
import { timeline } from './history/timeline.ts'
import { sit } from './sitting.ts'

const audited = { access: 'session', audited: 'yes' } as const
const inZone = { config: { ...audited, narrowed: 'zone' } } as const
const ofInstance = { config: { ...audited, narrowed: 'instance' } } as const
const inside = { config: { ...audited, narrowed: 'inside' } } as const
/** Pages send these automatically: a screen connects again, and a thumbnail is taken again. */
const screen = { config: { ...ofInstance.config, automatic: true } } as const
const sitting = {
  config: { access: 'session', automatic: true, audited: 'no', narrowed: 'instance' },
} as const

export function addZoneRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/zones/:zone/console/:id', screen, (request) =>
    consoleTicket(deps, request),
  )
  type Named = { Params: { zone: string; id: string } }
  app.post<Named>('/api/zones/:zone/viewers/:id', sitting, async (request) =>
    sit(deps, request),
  )
  app.get<Named>('/api/zones/:zone/timeline/:id', ofInstance, (request) =>
    timeline(deps, request),
  )
  app.get<Named>('/api/zones/:zone/usual', inZone, async (request) =>
    deps.usual.of(request.params.zone),
  )
  app.put<Named>('/api/zones/:zone/notes/:id', inside, (request) =>
    writeNote(deps, request),
  )
  app.post<Named>('/api/zones/:zone/snapshots/:id', ofInstance, async (request, reply) => {
    reply.type('application/json; charset=utf-8')
    return reply.send(await once(deps, request, () => takeNoted(deps, request)))
  })
  type Pictured = { Params: { zone: string; snapshotId: string } }
  const picture = '/api/zones/:zone/pictures/:snapshotId'
  app.get<Pictured>(picture, inside, (request, reply) => sendPicture(deps, request, reply))
  app.put<Pictured>(picture, { ...inside, bodyLimit: PICTURE_MAX_BYTES }, (request) =>
    keepPicture(deps, request),
  )
  app.post('/api/zones/:zone/chains', inside, (request) =>
    once(deps, request, () =>
      deps.chains.begin({ ...checkChain(deps, request), audit: request.audit }),
    ),
  )
  app.post('/api/zones/:zone/creations', inside, (request) =>
    once(deps, request, async (key) =>
      deps.chains.create({
        ...(await checkOrder(deps, request)),
        key,
        audit: request.audit,
      }),
    ),
  )
  app.post('/api/zones/:zone/chains/:id/again', inside, (request) =>
    once(deps, request, async () =>
      deps.chains.again({ ...(await checkAgain(deps, request)), audit: request.audit }),
    ),
  )
  app.route({
    method: ['GET', 'POST', 'PUT', 'DELETE'],
    url: '/api/zones/:zone/*',
    ...inside,
    handler: (request, reply) => proxy(deps, request, reply),
  })
}
