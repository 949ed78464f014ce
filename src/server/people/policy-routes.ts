/** The routes by which admins set what roles may do, and everyone reads it (contract/people/policy.ts). */
import type { FastifyInstance } from 'fastify'

import {
  changePolicy,
  limitedRoles,
  policyChangeIn,
  rolesChanged,
  screenRightNames,
  type Policy,
} from '#contract/people/policy.ts'

import { parseBody } from '../calls/bodies.ts'
import type { PeopleDeps } from '../deps.ts'
import { refuse } from '../zone/refusals.ts'

const admins = { config: { access: 'admin', audited: 'yes' } } as const
const everyone = { config: { access: 'session', narrowed: 'own' } } as const

/** What the audit log says of a change: each switch that differs, and what it was. */
function changedIn(before: Policy, after: Policy): Record<string, unknown> {
  const changed: Record<string, unknown> = {}
  for (const role of limitedRoles)
    for (const right of screenRightNames) {
      const [was, is] = [before.screens[role][right], after.screens[role][right]]
      if (was !== is) changed[`${role}.${right}`] = { before: was, after: is }
    }
  const [was, is] = [before.fourEyes, after.fourEyes]
  if (was.join() !== is.join()) changed['fourEyes'] = { before: was, after: is }
  return changed
}

export function addPolicyRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { gate, policies, sessions, watcher } = deps
  app.get('/api/policy', everyone, (): Promise<Policy> => policies.read())
  app.put('/api/policy', admins, async (request): Promise<Policy> => {
    gate.requireRoles()
    const change = policyChangeIn(parseBody(request.body))
    if (!change) throw refuse('invalid', 400, { code: 'bad-policy' })
    const now = await policies.read()
    const changed = changedIn(now, changePolicy(now, change))
    if (Object.keys(changed).length === 0) {
      request.audit.nothing()
      // It may have been stored by a request that failed after that: what is open must end now.
      await sessions.refreshRoles(limitedRoles.filter((role) => change.screens?.[role]))
      return now
    }
    await request.audit.begin({ event: 'change-policy', changed })
    const { before, after } = await policies.change(change)
    await sessions.refreshRoles(rolesChanged(before, after))
    // Pages say beforehand that they will ask a second person.
    if (changed['fourEyes']) watcher.publish({ type: 'approvals' })
    return after
  })
}
