import { useQueries, type Query } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { JobDetail } from '#contract/job.ts'

import { useInventory } from '../../api/inventory.ts'
import { jobQuery } from '../../api/jobs.ts'
import { isBehind } from '../../instance/jobs/job-view.ts'
import { useCalls, type MadeCall } from '../../stores/calls.ts'
import { sessionCalls } from './session-calls.ts'

const againMs = 1_000

/** A job is read again for as long as the feed knows more of it. */
function againIfBehind({ state: { data } }: Pick<Query<JobDetail>, 'state'>) {
  const { jobs } = useInventory.getState()
  const told = jobs.find(({ id }) => id === data?.id)
  return isBehind(data, told) ? againMs : false
}

const joined = (results: { data?: JobDetail | undefined; isPending: boolean }[]) => ({
  details: results.flatMap(({ data }) => (data ? [data] : [])),
  reading: results.some(({ isPending }) => isPending),
})

/** What this tab has asked of zones, as far as the server has sent it; `reading` until that is known. */
export function useSessionCalls(): { calls: MadeCall[]; reading: boolean } {
  const made = useCalls()
  const chains = useInventory((state) => state.chains)
  // Each news of a job renders this again, and with it the intervals are set again.
  useInventory((state) => state.jobs)
  const { details, reading } = useQueries({
    queries: made.jobs.map(({ id }) => ({
      ...jobQuery(id),
      refetchInterval: againIfBehind,
    })),
    combine: joined,
  })
  const calls = useMemo(() => sessionCalls(made, chains, details), [made, chains, details])
  return { calls, reading }
}
