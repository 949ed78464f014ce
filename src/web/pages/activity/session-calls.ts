/** Finds the calls that the zones have taken for this tab, in the order in which they were made. */
import { callOfItem } from '#contract/again.ts'
import type { Call } from '#contract/call.ts'
import { stepCall, type Chain, type ChainStep } from '#contract/chain.ts'
import type { JobDetail, JobItem } from '#contract/job.ts'

import type { Made, MadeCall, MadeChain } from '../../stores/calls.ts'

/**
 * Whether a zone has taken a step or an item, or may have. Like a single call, one that was refused
 * has changed nothing.
 */
function wasTaken({
  state,
  sentAt,
  operationId,
}: Pick<ChainStep | JobItem, 'state' | 'sentAt' | 'operationId'>): boolean {
  if (sentAt === undefined) return false
  if (state === 'failure') return operationId !== undefined
  return state === 'pending' || state === 'success' || state === 'unknown'
}

function callOfStep(
  { zone, instanceId = '' }: Chain,
  step: ChainStep,
  { userData }: MadeChain,
): Call {
  const call = { endpoint: step.endpoint, zone, ...stepCall(step, instanceId) }
  if (step.endpoint !== 'create-instance' || userData === undefined) return call
  return { ...call, body: { ...(step.body as object), 'user-data': userData } } // planCreate made it
}

/** What was asked of zones here; `chains` and `jobs` as the server knows them now. */
export function sessionCalls(
  made: Made,
  chains: readonly Chain[],
  jobs: readonly JobDetail[],
): MadeCall[] {
  const ofChains = made.chains.flatMap((one) => {
    const chain = chains.find(({ id }) => id === one.id)
    return (chain?.steps ?? []).flatMap((step) =>
      chain && wasTaken(step)
        ? [{ ...callOfStep(chain, step, one), at: step.sentAt ?? chain.startedAt }]
        : [],
    )
  })
  const ofJobs = made.jobs.flatMap(({ id, since }) => {
    const job = jobs.find((one) => one.id === id)
    return (job?.items ?? []).flatMap((item) => {
      const at = item.sentAt ?? 0
      const call = job && wasTaken(item) && at >= since ? callOfItem(job, item) : undefined
      return call ? [{ ...call, at }] : []
    })
  })
  return [...made.calls, ...ofChains, ...ofJobs].toSorted((a, b) => a.at - b.at)
}
