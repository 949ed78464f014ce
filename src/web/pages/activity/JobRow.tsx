import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useLocation } from 'react-router'

import type { Job } from '#contract/job.ts'

import {
  formatDateTime,
  formatElapsed,
  formatList,
  formatRelative,
} from '../../components/format.ts'
import { isIncomplete, isOver, jobFailed } from '../../components/job-outcome.ts'
import { withJobDialog } from '../../instance/jobs/job-address.ts'
import { useJobTitle } from '../../instance/jobs/job-words.ts'
import { JobProgress } from '../../instance/jobs/JobProgress.tsx'
import { JobWays } from '../../instance/jobs/JobWays.tsx'
import { Badge, type BadgeTone } from '../../ui/Badge.tsx'

function JobBadge({ job }: { job: Job }) {
  const { t } = useLingui()
  const look = (): [BadgeTone, string] => {
    if (!isOver(job)) return ['transitional', t`In progress`]
    if (jobFailed(job)) return ['error', t`Failed`]
    if (job.state === 'stopped') return ['neutral', t`Stopped`]
    return isIncomplete(job) ? ['warning', t`Partly done`] : ['running', t`Done`]
  }
  const [tone, words] = look()
  return <Badge tone={tone}>{words}</Badge>
}

/** A job among the operations: one row, which leads to the result of each instance. */
export function JobRow({ job, now }: { job: Job; now: number }) {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const { search } = useLocation()
  const { id, action, total, names, startedAt, endedAt, by, undoneBy } = job
  const more = total - names.length
  const known = names.filter(Boolean)
  const rest = more > 0 ? [t`${plural(more, { one: '# more', other: '# more' })}`] : []
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 px-4 py-3 text-sm">
      <div className="sm:w-28">
        <JobBadge job={job} />
      </div>
      <div className="min-w-0 grow basis-64 max-sm:order-1">
        <p>
          <Link to={{ search: withJobDialog(search, id) }} className="ui-link font-medium">
            {titleOf(action, total)}
          </Link>
        </p>
        {known.length > 0 && (
          <p className="break-words text-muted" translate="no">
            {formatList([...known, ...rest])}
          </p>
        )}
        <JobProgress job={job} />
        {undoneBy ? (
          <p className="text-xs text-muted">
            <Trans>The changes are already undone.</Trans>
          </p>
        ) : (
          <JobWays job={job} />
        )}
      </div>
      <span className="truncate text-muted max-sm:order-1 sm:w-24">{by}</span>
      <span className="text-muted tabular-nums max-sm:order-1 sm:w-16">
        {formatElapsed((endedAt ?? now) - startedAt)}
      </span>
      <time
        dateTime={new Date(startedAt).toISOString()}
        title={formatDateTime(startedAt)}
        className="text-muted max-sm:ms-auto sm:w-28"
      >
        {formatRelative(startedAt, now)}
      </time>
    </li>
  )
}
