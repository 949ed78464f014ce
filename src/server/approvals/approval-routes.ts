/** The routes of what waits for a second person (contract/people/approval.ts). */
import type { FastifyInstance } from 'fastify'

import { REASON_MOST, type ApprovalAnswer } from '#contract/people/approval.ts'

import { parseBody } from '../calls/bodies.ts'
import { once } from '../calls/once.ts'
import type { RouteDeps } from '../deps.ts'
import { isWhole } from '../store/kinds.ts'
import { refuse } from '../zone/refusals.ts'
import { orderIn } from './approval-orders.ts'
import type { Approvals } from './approvals.ts'

const asking = {
  config: { access: 'session', audited: 'yes', narrowed: 'inside' },
} as const
const reading = { config: { access: 'session', narrowed: 'inside' } } as const
/** As large as a bulk action may be. */
const orderBytes = 8 * 1024 * 1024

type Named = { Params: { id: string } }

/** Why it is declined, without spaces around it; throws a 400 for what is too long or no text. */
function reasonIn(body: unknown): string {
  // What is no object has no members.
  const { reason = '' } = Object(parseBody(body)) as ApprovalAnswer
  const isReason = typeof reason === 'string' && reason.length <= REASON_MOST
  if (!isReason || !isWhole(reason)) throw refuse('invalid', 400, { code: 'bad-request' })
  return reason.trim()
}

export function addApprovalRoutes(
  app: FastifyInstance,
  deps: RouteDeps,
  approvals: Approvals,
): void {
  const path = '/api/approvals'
  app.get(path, reading, (request) => approvals.list(request))
  app.post(path, { ...asking, bodyLimit: orderBytes }, (request) =>
    once(deps, request, () => approvals.ask(orderIn(request.body), request)),
  )
  app.get<Named>(`${path}/:id`, reading, (request) =>
    approvals.detail(request.params.id, request),
  )
  app.post<Named>(`${path}/:id/confirm`, asking, (request) =>
    approvals.confirm(request.params.id, request),
  )
  app.post<Named>(`${path}/:id/decline`, asking, (request) =>
    approvals.decline(request.params.id, reasonIn(request.body), request),
  )
  app.post<Named>(`${path}/:id/withdraw`, asking, (request) =>
    approvals.withdraw(request.params.id, request),
  )
}
