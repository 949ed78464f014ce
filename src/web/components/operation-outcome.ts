/** Says how operations and the steps of chains have ended. */
import { chainTimedOut, type Chain } from '#contract/chain.ts'
import { hasTimedOut, type FollowedOperation } from '#contract/operation.ts'

/** An operation, or a step of a chain that never became one: the zone refused it. */
export type ToldOperation = FollowedOperation & { refused?: true }

export const outcomes = ['running', 'failed', 'done', 'unknown'] as const
export type Outcome = (typeof outcomes)[number]

/** A final state that Vedette doesn't know is neither done nor failed. */
export function outcomeOf({ state }: Pick<FollowedOperation, 'state'>): Outcome {
  if (state === 'pending') return 'running'
  if (state === 'success') return 'done'
  return state === 'failure' || state === 'timeout' ? 'failed' : 'unknown'
}

export type End = Outcome | 'timed-out'

/**
 * How an operation stands, or what sent it: a step of a chain, or an item of a job. What took too long counts as failed
 * and may still be done, so it has a word of its own.
 */
export const endOf = (one: Parameters<typeof hasTimedOut>[0]): End =>
  hasTimedOut(one) ? 'timed-out' : outcomeOf(one)

/** Whether an operation ended otherwise than well; `unknown` is not a failure. */
export const hasFailed = (operation: Pick<FollowedOperation, 'state'>): boolean =>
  outcomeOf(operation) === 'failed'

/** Whether a chain ended without its result although no step is known to have failed. */
const endsUnknown = ({ state, steps }: Pick<Chain, 'state' | 'steps'>): boolean =>
  (state === 'failure' || state === 'partial') &&
  steps.every((step) => step.state !== 'failure') &&
  steps.some((step) => step.state === 'unknown')

/** How a chain stands. */
export function chainEnd(chain: Pick<Chain, 'state' | 'steps'>): End {
  if (chain.state === 'running') return 'running'
  if (chain.state === 'success') return 'done'
  if (chainTimedOut(chain)) return 'timed-out'
  return endsUnknown(chain) ? 'unknown' : 'failed'
}

/** The steps of a chain that ended without an operation: they failed before there was one. */
function refusedSteps(chain: Chain): ToldOperation[] {
  const { id, zone, instanceId, subject, by } = chain
  return chain.steps.flatMap((step, index) => {
    const { state, operationId, endpoint, reason, message, cause } = step
    if (operationId || (state !== 'failure' && state !== 'unknown')) return []
    const at = step.sentAt ?? chain.startedAt
    return {
      id: `${id} ${index}`,
      zone,
      endpoint,
      ...(instanceId ? { instanceId } : {}),
      ...(subject ? { subject } : {}),
      state,
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
      ...(cause ? { cause } : {}),
      startedAt: at,
      endedAt: at,
      by,
      chainId: id,
      ...(state === 'failure' ? { refused: true as const } : {}),
    }
  })
}

/** All that was asked, newest first, with what was refused. */
export function toldOperations(
  operations: readonly FollowedOperation[],
  chains: readonly Chain[],
): ToldOperation[] {
  return [...operations, ...chains.flatMap(refusedSteps)].toSorted(
    (a, b) => b.startedAt - a.startedAt,
  )
}
