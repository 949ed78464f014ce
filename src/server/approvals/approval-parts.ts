/** Says whose an approval is to see and to answer, and what of it others are told. */
import { roleAllows } from '#contract/endpoints.ts'
import { roleFor, type Approval, type ApprovalOrder } from '#contract/people/approval.ts'
import { refusedBy } from '#contract/people/area.ts'
import type { Person } from '#contract/people/people.ts'

import { changedIn } from '../audit/changed.ts'
import type { Reach } from '../people/reach.ts'
import type { StoredApproval } from './approval-rows.ts'

type Concerned = Pick<StoredApproval, 'endpoints' | 'zone' | 'instances'>

/** What the audit log says of an approval, beside the event. */
export function aboutOf({
  what,
  zone,
  instanceId,
  names,
  count,
}: Pick<Approval, 'what' | 'zone' | 'instanceId' | 'names' | 'count'>) {
  const event = 'endpoint' in what ? what.endpoint : `bulk-${what.action}`
  const [name] = names
  return {
    ...(zone ? { zone } : {}),
    ...(instanceId ? { target: { id: instanceId, ...(name ? { name } : {}) } } : {}),
    changed: { request: event, names, count },
  }
}

/** Whether all that an approval concerns is within what someone may see and change. */
export function isWithin({ endpoints, zone, instances }: Concerned, reach: Reach): boolean {
  if (!reach.isNarrowed) return true
  const refused = refusedBy(reach.area)
  if (endpoints.some((id) => refused.includes(id))) return false
  if (zone !== undefined && !reach.hasZone(zone)) return false
  if (instances.length === 0) return !reach.isByLabel
  return instances.every((one) => reach.has(one.zone, one.id))
}

/** Whether all that an approval concerns is someone's to change, and their role may do it. */
export const hasRights = (
  asked: Concerned,
  { person, reach }: { person: Pick<Person, 'role'>; reach: Reach },
): boolean => roleAllows(person.role, roleFor(asked.endpoints)) && isWithin(asked, reach)

/** An order as the second person sees it: of a body, only what the audit log has of it, too. */
export function withoutSecrets(order: ApprovalOrder): ApprovalOrder {
  if (order.kind === 'call')
    return order.body === undefined ? order : { ...order, body: changedIn(order.body) }
  if (order.kind !== 'chain') return order
  const { chain } = order
  // Not every change has a body.
  const { body: sent } = chain.request as { body?: unknown }
  if (sent === undefined) return order
  const body = changedIn(sent)
  // A body of the same endpoint, with fewer members.
  const request = { ...chain.request, body } as typeof chain.request
  return { ...order, chain: { ...chain, request } }
}
