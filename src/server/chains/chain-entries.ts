/** Says what the audit log has of a chain. */
import { chainTimedOut, type Chain } from '#contract/chain.ts'

import type { Intent, Outcome } from '../audit/audit.ts'

/** What the audit log says of a chain before it runs; its steps are parts of this entry. */
export const intentOf = (chain: Chain) =>
  ({
    entry: chain.id,
    event: chain.endpoint,
    zone: chain.zone,
    ...(chain.instanceId || chain.subject
      ? { target: { id: chain.instanceId ?? '', name: chain.subject } }
      : {}),
    changed: { steps: chain.steps.map(({ endpoint }) => endpoint) },
  }) satisfies Intent

/** What it says of a chain that has ended. */
export function outcomeOfChain(chain: Chain): Outcome {
  const { state, steps, instanceId } = chain
  const failed = state === 'failure' ? 'failed' : 'unknown'
  const bad = chainTimedOut(chain) ? 'timed-out' : failed
  const last = steps.find((step) => step.state === state)
  return {
    // At first a creation had none.
    ...(instanceId ? { target: { id: instanceId } } : {}),
    result: state === 'success' ? 'done' : bad,
    ...(last?.cause ? { cause: last.cause } : {}),
    ...(last?.message && !last.cause ? { message: last.message } : {}),
  }
}
