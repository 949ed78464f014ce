/**
 * Forwards a browser's call to its zone and returns the response unparsed: the call is matched with
 * the allow-list and checked against the contract (check.ts), then read or changed (change.ts).
 */
import type { FastifyReply, FastifyRequest } from 'fastify'

import { endpoints } from '#contract/endpoints.ts'

import type { Deps } from '../deps.ts'
import { readAnswer } from '../zone/reads.ts'
import { mutate } from './change.ts'
import { checkRequest, type Checked } from './check.ts'

async function read(deps: Deps, { id, zone, path }: Checked) {
  // A secret is returned only to the person who requested it, so this read isn't shared.
  if (endpoints[id].access === 'reveal') return readAnswer(zone, path)
  const answer = await deps.reads.read(zone, path, id.startsWith('list-'))
  if (id === 'list-instances') deps.watcher.answered(zone.name)
  return answer
}

/** Forwards a checked request and returns its response. */
export async function proxy(deps: Deps, request: FastifyRequest, reply: FastifyReply) {
  const checked = checkRequest(deps, request)
  const { access } = endpoints[checked.id]
  reply.type('application/json; charset=utf-8')
  if (access === 'read' || access === 'reveal') return reply.send(await read(deps, checked))
  const { bytes } = await mutate(deps, checked)
  return reply.send(bytes)
}
