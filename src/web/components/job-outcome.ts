import type { Job } from '#contract/job.ts'

import type { Outcome } from './operation-outcome.ts'

type Told = Pick<Job, 'state' | 'counts' | 'endedAt'>

/** Whether nothing more happens in it: one that was stopped still has to see what it began. */
export const isOver = ({ endedAt }: Pick<Job, 'endedAt'>): boolean => endedAt !== undefined

/** As for operations, what is unknown is neither done nor failed. */
export function jobOutcome(job: Told): Outcome {
  if (!isOver(job)) return 'running'
  if (job.counts.failure > 0) return 'failed'
  return job.counts.unknown > 0 ? 'unknown' : 'done'
}

export const jobFailed = (job: Told): boolean => jobOutcome(job) === 'failed'

/** Whether it did not do all that was confirmed, other than by being stopped. */
export const isIncomplete = (job: Told): boolean =>
  ['failed', 'unknown'].includes(jobOutcome(job)) ||
  (isOver(job) && job.state === 'ended' && job.counts.skipped > 0)
