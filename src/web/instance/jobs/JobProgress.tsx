import type { Job } from '#contract/job.ts'

import { sharesOf } from './job-view.ts'
import { useCountsWords, useProgressWords } from './job-words.ts'

/** How far a job is, as a bar and in words; the counts add up to what was confirmed. */
export function JobProgress({ job }: { job: Job }) {
  const progressWords = useProgressWords()
  const countsWords = useCountsWords()
  const { done, failed } = sharesOf(job)
  const says = progressWords(job)
  return (
    <div className="grid gap-1 pt-1">
      <div
        aria-hidden="true"
        className="flex h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border"
      >
        <div
          className="bg-accent-fill forced-colors:bg-[Highlight]"
          style={{ inlineSize: `${100 * done}%` }}
        />
        <div
          className="bg-error forced-colors:bg-[Mark]"
          style={{ inlineSize: `${100 * failed}%` }}
        />
      </div>
      <p className="tabular-nums">
        <span className="font-medium">{says}</span>{' '}
        <span className="text-muted">{countsWords(job)}</span>
      </p>
    </div>
  )
}
