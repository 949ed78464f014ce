import type { Job } from '#contract/job.ts'

/** Whether a job is over and an instance failed in it, or may have. */
export const jobFailed = ({ state, counts }: Pick<Job, 'state' | 'counts'>): boolean =>
  state !== 'running' && counts.failure + counts.unknown > 0

/** Whether it did not do all that was confirmed, other than by being stopped. */
export const isIncomplete = (job: Pick<Job, 'state' | 'counts'>): boolean =>
  jobFailed(job) || (job.state === 'ended' && job.counts.skipped > 0)
