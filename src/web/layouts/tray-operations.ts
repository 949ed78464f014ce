import type { Chain } from '#contract/chain.ts'
import type { Job } from '#contract/job.ts'
import type { FollowedOperation } from '#contract/operation.ts'

import { isIncomplete, isOver, jobFailed } from '../components/job-outcome.ts'
import { chainEnd, hasFailed } from '../components/operation-outcome.ts'

const doneKeptMs = 20_000
/** Earlier failures are only on the activity page, so that they don't reappear in every tab. */
const failedKeptMs = 24 * 3_600_000

const isFresh = (endedAt: number, now: number) => endedAt > now - failedKeptMs

/**
 * What belongs into the tray at `now`, failures first, then what runs, then what is just done.
 * A failure stays for a day, or until its id is among the dismissed.
 */
export function trayOperations(
  operations: readonly FollowedOperation[],
  dismissed: readonly string[],
  now: number,
): FollowedOperation[] {
  const rank = (operation: FollowedOperation) =>
    hasFailed(operation) ? 0 : operation.state === 'pending' ? 1 : 2
  return (
    operations
      // A chain's steps are told with the chain, and what a job sends with the job.
      .filter((operation) => {
        if (operation.chainId || operation.jobId) return false
        if (operation.state === 'pending') return true
        const { id, endedAt = 0 } = operation
        if (hasFailed(operation)) return isFresh(endedAt, now) && !dismissed.includes(id)
        return endedAt > now - doneKeptMs
      })
      .sort((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt)
  )
}

/** The same for chains: one that did not do all of it stays as long as a failure. */
export function trayChains(
  chains: readonly Chain[],
  dismissed: readonly string[],
  now: number,
): Chain[] {
  const rank = { failure: 0, partial: 0, running: 1, success: 2 }
  return chains
    .filter(({ id, state, endedAt = 0 }) => {
      if (state === 'running') return true
      if (state === 'success') return endedAt > now - doneKeptMs
      return isFresh(endedAt, now) && !dismissed.includes(id)
    })
    .toSorted((a, b) => rank[a.state] - rank[b.state] || b.startedAt - a.startedAt)
}

export const chainFailed = ({ state }: Chain) => state === 'failure' || state === 'partial'

/** The same for jobs: one that skipped an instance has to be read as well. */
export function trayJobs(
  jobs: readonly Job[],
  dismissed: readonly string[],
  now: number,
): Job[] {
  const rank = (job: Job) => (isIncomplete(job) ? 0 : !isOver(job) ? 1 : 2)
  return jobs
    .filter((job) => {
      const { id, endedAt = 0 } = job
      if (!isOver(job)) return true
      if (isIncomplete(job)) return isFresh(endedAt, now) && !dismissed.includes(id)
      return endedAt > now - doneKeptMs
    })
    .toSorted((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt)
}

/** What the tray holds, or some of it. */
export type Told = {
  operations: readonly FollowedOperation[]
  chains: readonly Chain[]
  jobs: readonly Job[]
}

export const countOf = ({ operations, chains, jobs }: Told): number =>
  operations.length + chains.length + jobs.length

export const failedOf = ({ operations, chains, jobs }: Told): Told => ({
  operations: operations.filter(hasFailed),
  chains: chains.filter((chain) => ['failed', 'timed-out'].includes(chainEnd(chain))),
  jobs: jobs.filter(jobFailed),
})

export const runningOf = ({ operations, chains, jobs }: Told): Told => ({
  operations: operations.filter(({ state }) => state === 'pending'),
  chains: chains.filter(({ state }) => state === 'running'),
  jobs: jobs.filter((job) => !isOver(job)),
})

/** Those that are known to have done all that they should. */
export const doneOf = ({ operations, chains, jobs }: Told): Told => ({
  operations: operations.filter(({ state }) => state === 'success'),
  chains: chains.filter(({ state }) => state === 'success'),
  jobs: jobs.filter((job) => isOver(job) && !isIncomplete(job)),
})
