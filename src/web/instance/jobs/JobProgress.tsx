import type { Job } from '#contract/job.ts'

import { jobFailed } from '../../components/job-outcome.ts'
import { progressOf } from './job-view.ts'
import { useCountsWords, useProgressWords } from './job-words.ts'

/** How far a job is, as a bar and in words; the counts add up to what was confirmed. */
export function JobProgress({ job }: { job: Job }) {
  const progressWords = useProgressWords()
  const countsWords = useCountsWords()
  const says = progressWords(job)
  return (
    <div className="grid gap-1 pt-1">
      <div
        aria-hidden="true"
        className="h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border"
      >
        <div
          className={`h-full ${jobFailed(job) ? 'bg-error' : 'bg-accent-fill'} forced-colors:bg-[Highlight]`}
          style={{ inlineSize: `${100 * progressOf(job)}%` }}
        />
      </div>
      <p className="tabular-nums">
        <span className="font-medium">{says}</span>{' '}
        <span className="text-muted">{countsWords(job)}</span>
      </p>
    </div>
  )
}
