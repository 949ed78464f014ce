/** What the page of operations lists: operations and jobs in one order, by how they ended. */
import type { Job } from '#contract/job.ts'

import { jobOutcome } from '../../components/job-outcome.ts'
import {
  outcomeOf,
  type Outcome,
  type ToldOperation,
} from '../../components/operation-outcome.ts'

export type Entry = { id: string; startedAt: number; outcome: Outcome } & (
  | { operation: ToldOperation; job?: never }
  | { job: Job; operation?: never }
)

const ofOperation = (operation: ToldOperation): Entry => {
  const { id, startedAt } = operation
  return { id, startedAt, outcome: outcomeOf(operation), operation }
}

const ofJob = (job: Job): Entry => {
  const { id, startedAt } = job
  return { id, startedAt, outcome: jobOutcome(job), job }
}

/** All of them that began or ended after a moment, the newest first. What a job sent is told with the job. */
export function entriesSince(
  operations: readonly ToldOperation[],
  jobs: readonly Job[],
  since: number,
): Entry[] {
  const isSince = ({ startedAt, endedAt = startedAt }: Job | ToldOperation) =>
    endedAt > since
  return [
    ...operations.filter((one) => !one.jobId && isSince(one)).map(ofOperation),
    ...jobs.filter(isSince).map(ofJob),
  ].sort((a, b) => b.startedAt - a.startedAt)
}
