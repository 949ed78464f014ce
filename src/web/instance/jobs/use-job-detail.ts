import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'

import type { Job, JobDetail } from '#contract/job.ts'

import { useJob } from '../../api/inventory.ts'
import { jobQuery } from '../../api/jobs.ts'
import { isBehind } from './job-view.ts'

/** Long ones are read less often: their results are megabytes. */
const everyMs = ({ total }: Job) => 1_000 * Math.ceil(total / 2_000)

/**
 * A job with its results, read again, at most once a second, for as long as the feed knows more.
 * What the feed says is the newer of the two.
 */
export function useJobDetail(id: string) {
  const told = useJob(id)
  const latest = useRef(told)
  useLayoutEffect(() => {
    latest.current = told
  })
  const query = useQuery({
    ...jobQuery(id),
    refetchInterval: ({ state: { data } }) =>
      data && isBehind(data, latest.current) ? everyMs(data) : false,
  })
  const { data, error } = query
  return { job: told ?? data, detail: data, error } satisfies {
    job: Job | undefined
    detail: JobDetail | undefined
    error: Error | null
  }
}
