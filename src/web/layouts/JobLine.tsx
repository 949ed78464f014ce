import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { Link, useLocation } from 'react-router'

import type { Job } from '#contract/job.ts'

import { formatElapsed } from '../components/format.ts'
import { isIncomplete } from '../components/job-outcome.ts'
import { withJobDialog } from '../instance/jobs/job-address.ts'
import { useJobTitle } from '../instance/jobs/job-words.ts'
import { JobIcon } from '../instance/jobs/JobIcon.tsx'
import { JobProgress } from '../instance/jobs/JobProgress.tsx'
import { JobWays } from '../instance/jobs/JobWays.tsx'
import { useTray } from '../stores/tray.ts'
import { IconButton } from '../ui/IconButton.tsx'

/** A job in the tray: one line for all its instances, which leads to the result of each. */
export function JobLine({ job, now }: { job: Job; now: number }) {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const dismiss = useTray((state) => state.dismiss)
  const { search } = useLocation()
  const { id, action, total, startedAt, endedAt, undoneBy } = job
  const title = titleOf(action, total)
  return (
    <li className="flex gap-2 px-3 py-2 text-sm">
      <span className="mt-0.5 shrink-0">
        <JobIcon job={job} />
      </span>
      <div className="min-w-0 grow">
        <div className="flex gap-2">
          <p className="min-w-0 grow break-words">
            <Link to={{ search: withJobDialog(search, id) }} className="ui-link">
              {title}
            </Link>
          </p>
          <span className="text-muted tabular-nums">
            {formatElapsed((endedAt ?? now) - startedAt)}
          </span>
          {isIncomplete(job) && (
            <IconButton
              label={t`Dismiss ${title}`}
              size="sm"
              className="-my-1 -me-1 pointer-coarse:-my-3"
              onClick={() => dismiss([id])}
            >
              <X />
            </IconButton>
          )}
        </div>
        <JobProgress job={job} />
        {undoneBy ? (
          <p className="text-xs text-muted">
            <Trans>The changes are already undone.</Trans>
          </p>
        ) : (
          <JobWays job={job} />
        )}
      </div>
    </li>
  )
}
