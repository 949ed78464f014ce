import { useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleMinus, CircleStop, OctagonAlert } from 'lucide-react'

import type { Job } from '#contract/job.ts'

import { isIncomplete, isOver, jobFailed } from '../../components/job-outcome.ts'
import { Spinner } from '../../ui/Spinner.tsx'

/** How a job stands: in progress, done, stopped, or with instances that failed or were skipped. */
export function JobIcon({ job }: { job: Job }) {
  const { t } = useLingui()
  if (!isOver(job)) return <Spinner size={16} label={t`In progress`} />
  if (jobFailed(job))
    return <OctagonAlert size={16} aria-label={t`Failed`} className="text-error" />
  if (job.state === 'stopped')
    return <CircleStop size={16} aria-label={t`Stopped`} className="text-muted" />
  if (isIncomplete(job))
    return <CircleMinus size={16} aria-label={t`Partly done`} className="text-warning" />
  return <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
}
