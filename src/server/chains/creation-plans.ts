/** Makes the chains of a creation request, and the steps to try again after failures. */
import { randomUUID } from 'node:crypto'

import { openSteps, type Chain, type ChainStep } from '#contract/chain.ts'
import { planCreate, type CreateOrder } from '#contract/create.ts'

import type { ZoneClient } from '../zone/zone.ts'

/**
 * A chain for each instance, without its secret; `named` has the ids of each name, where the API key
 * may list them.
 */
export function plannedCreations({
  zone,
  order,
  by,
  named,
  batch,
}: {
  zone: ZoneClient
  order: CreateOrder
  by: string
  named: ReadonlyMap<string, string[]> | undefined
  batch: string
}): Chain[] {
  const { 'user-data': secret, ...body } = order.body
  return (order.names ?? [body.name]).map((name): Chain => {
    const [create, ...rest] = planCreate({ ...order, body }, name).map(
      (step): ChainStep => ({ ...step, state: 'waiting' }),
    )
    const first = create && {
      ...create,
      ...(name && named ? { known: named.get(name) ?? [] } : {}),
      ...(secret ? { sealed: true as const } : {}),
    }
    return {
      id: randomUUID(),
      zone: zone.name,
      subject: name ?? '',
      endpoint: 'create-instance',
      steps: first ? [first, ...rest] : rest,
      state: 'running',
      startedAt: Date.now(),
      by,
      batch,
    }
  })
}

/** Turns the failed steps of a chain into its next steps. */
export function takeUp(chain: Chain): void {
  const open = openSteps(chain)
  chain.steps = chain.steps.map((step): ChainStep => {
    if (!open.includes(step)) return step
    const { part, endpoint, body, target, sentAt } = step
    const again = {
      part,
      endpoint,
      ...(body ? { body } : {}),
      ...(target ? { target } : {}),
    }
    // The zone is checked first, because the step may have been done.
    return step.state === 'unknown'
      ? { ...again, state: 'sending', ...(sentAt ? { sentAt } : {}) }
      : { ...again, state: 'waiting' }
  })
  chain.state = 'running'
  delete chain.endedAt
}
