/** The route by which a view of a screen says that it is there (viewers.ts). */
import type { FastifyRequest } from 'fastify'

import { VIEWER_HEADER, type OtherViewer } from '#contract/console.ts'
import { isId } from '#contract/endpoints.ts'

import { parseBody } from './calls/bodies.ts'
import type { ConsoleDeps } from './deps.ts'
import { refuse } from './zone/refusals.ts'
import { zoneOf } from './zone/zone.ts'

/** The key that a browser gave its view; undefined for a view without one. */
export function viewerKey(request: FastifyRequest): string | undefined {
  const key = request.headers[VIEWER_HEADER]
  return typeof key === 'string' && /^[\da-f]{16,64}$/.test(key) ? key : undefined
}

type Sitting = FastifyRequest<{ Params: { zone: string; id: string } }>

/** A view says that it is there, or with `{"left": true}` that it isn't; returns the others. */
export async function sit(
  { zones, viewers, screens, policies }: ConsoleDeps,
  request: Sitting,
): Promise<{ others: OtherViewer[] }> {
  const zone = zoneOf(zones, request.params.zone).name
  const instanceId = request.params.id
  const key = viewerKey(request)
  if (!key || !isId(instanceId)) throw refuse('invalid', 400, { code: 'bad-id' })
  const place = { zone, instanceId }
  // What is no object has no members.
  const { left } = Object(parseBody(request.body)) as { left?: unknown }
  if (left === true) {
    viewers.leave(place, key)
    screens.left(key)
    return { others: [] }
  }
  await policies.require(request.person.role, 'see')
  viewers.sit(place, key, request.person.name, false)
  return { others: viewers.others(place, key) }
}
