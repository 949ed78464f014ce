/**
 * Forwards a browser's call to its zone and returns the response unparsed: the call is matched with
 * the allow-list and checked against the contract (check.ts), then read or changed (change.ts).
 */
import type { FastifyReply, FastifyRequest } from 'fastify'

import { endpoints } from '#contract/endpoints.ts'
import { canBeChanged } from '#contract/shown.ts'

import type { Deps } from '../deps.ts'
import { readAnswer } from '../zone/reads.ts'
import { refuse } from '../zone/refusals.ts'
import { mutate } from './change.ts'
import { checkRequest, shownItem, type Checked } from './check.ts'
import { narrowAnswer } from './narrow.ts'
import { once } from './once.ts'

type Asking = Pick<FastifyRequest, 'audit' | 'reach'>

async function read(deps: Deps, checked: Checked, { audit, reach }: Asking) {
  const { id, zone, path, parameters } = checked
  if (endpoints[id].access === 'reveal') {
    const { id: target = '' } = parameters
    const name = deps.watcher.nameOf(zone.name, target)
    await audit.begin({
      event: id,
      zone: zone.name,
      target: { id: target, ...(name ? { name } : {}) },
    })
    // A secret is asked for by one person and told to no other.
    return readAnswer(zone, path)
  }
  const item = shownItem({ id, zone, path, parameters })
  const answer = await (canBeChanged({ endpoint: id, parameters: item.parameters })
    ? deps.shown.read(item)
    : deps.reads.read(zone, path, id.startsWith('list-')))
  if (id === 'list-instances') deps.watcher.answered(zone.name)
  return narrowAnswer(checked, answer, reach)
}

/** Forwards a checked request and returns its response. */
export async function proxy(deps: Deps, request: FastifyRequest, reply: FastifyReply) {
  const checked = checkRequest(deps, request)
  // It has a route of its own, which asks for the right and keeps the address to itself.
  if (checked.id === 'get-console-proxy-url')
    throw refuse('not-found', 404, { code: 'no-such-endpoint' })
  const { access } = endpoints[checked.id]
  reply.type('application/json; charset=utf-8')
  if (access === 'read' || access === 'reveal')
    return reply.send(await read(deps, checked, request))
  const { bytes } = await once(deps, request, () => mutate(deps, checked, request.audit))
  return reply.send(bytes)
}
