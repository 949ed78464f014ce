import { useMutation, useQueryClient } from '@tanstack/react-query'

import type { Job, JobDetail } from '#contract/job.ts'

import { jobQuery, retryJob, stopJob, undoJob } from '../../api/jobs.ts'
import { showSaved } from '../../api/show-saved.ts'
import { useOnce } from '../../api/use-once.ts'
import { waits } from '../../stores/second-person.ts'
import { useOpenJob } from './job-address.ts'

type Then = {
  onRetried?: () => void
  onUndone?: (by: Job) => void
  /** A second person was asked, and nothing was sent. */
  onWaits?: () => void
}

/** Stops, retries and undoes a job; what the server answers is shown at once. */
export function useJobWays(
  { id, action }: Pick<Job, 'id' | 'action'>,
  { onRetried, onUndone, onWaits }: Then = {},
) {
  const queries = useQueryClient()
  const open = useOpenJob()
  const show = (detail: JobDetail) => showSaved(queries, jobQuery(id).queryKey, detail)
  const stop = useMutation({ mutationFn: () => stopJob(id), onSuccess: show })
  const retry = useOnce<void, Job>({
    send: (key) => retryJob({ id, action }, key),
    onSuccess: (job) => {
      if (waits(job)) return onWaits?.()
      void queries.invalidateQueries({ queryKey: jobQuery(id).queryKey })
      onRetried?.()
    },
  })
  const undo = useOnce<void, Job>({
    send: (key) => undoJob({ id, action }, key),
    onSuccess: (by) => (waits(by) ? onWaits?.() : onUndone?.(by)),
  })
  const error = stop.error ?? retry.error ?? undo.error
  return { stop, retry, undo, open, error }
}
