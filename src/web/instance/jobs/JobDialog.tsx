/**
 * Shows a job while it runs and after it: how far it is, the result of each instance, and what
 * can be done. It may be closed at any time; the server goes on without it.
 */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useRef } from 'react'

import { jobUndo, type Job, type JobDetail } from '#contract/job.ts'

import { problemOf } from '../../api/client.ts'
import { dot, formatDateTime } from '../../components/format.ts'
import { isOver } from '../../components/job-outcome.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useCloseJob, useGoOnFromJob, useJobAsk } from './job-address.ts'
import { asksFirst, retryCount, waysOf } from './job-view.ts'
import { useJobTitle, useWayWords } from './job-words.ts'
import { JobProgress } from './JobProgress.tsx'
import { JobQuestion } from './JobQuestion.tsx'
import { JobResults } from './JobResults.tsx'
import { useJobDetail } from './use-job-detail.ts'
import { useJobWays } from './use-job-ways.ts'

/** What can be done depends on the results, as far as they have been read. */
const withItems = (job: Job, detail: JobDetail | undefined): Job | JobDetail =>
  detail ? { ...job, items: detail.items } : job

/** The buttons stay, whatever is possible: one that went away would take the focus along. */
function Ways({
  job,
  ways: { stop, retry, undo, open },
}: {
  job: Job | JobDetail
  ways: ReturnType<typeof useJobWays>
}) {
  const { t } = useLingui()
  const wordsOf = useWayWords()
  const ways = waysOf(job)
  const again = retryCount(job)
  const why = (way: keyof typeof ways) => ways[way] && wordsOf(ways[way])
  const asksRetry = asksFirst(job, 'retry')
  const asksUndo = jobUndo[job.action] !== undefined && asksFirst(job, 'undo')
  return (
    <>
      <Button
        pending={stop.isPending}
        disabledReason={why('stop')}
        onClick={() => stop.mutate()}
      >
        <Trans>Stop sending requests</Trans>
      </Button>
      <Button
        pending={retry.isPending}
        disabledReason={why('retry')}
        onClick={() => (asksRetry ? open(job.id, 'retry') : retry.mutate())}
      >
        {asksRetry
          ? t`${plural(again, {
              0: 'Retry…',
              one: 'Retry # instance…',
              other: 'Retry # instances…',
            })}`
          : t`${plural(again, {
              0: 'Retry',
              one: 'Retry # instance',
              other: 'Retry # instances',
            })}`}
      </Button>
      <Button
        pending={undo.isPending}
        disabledReason={why('undo')}
        onClick={() => {
          if (asksUndo) open(job.id, 'undo')
          else undo.mutate()
        }}
      >
        {asksUndo ? <Trans>Undo…</Trans> : <Trans>Undo</Trans>}
      </Button>
    </>
  )
}

function JobView({
  job,
  detail,
  problem,
  onClose,
}: {
  job: Job
  detail: JobDetail | undefined
  problem: Error | null
  onClose: () => void
}) {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const goOn = useGoOnFromJob(job.id)
  const ways = useJobWays(job, { onUndone: ({ id }) => goOn(id) })
  // Not the first button, which stops: Enter may still be pressed from the confirmation.
  const closing = useRef<HTMLButtonElement>(null)
  const { action, total, by, startedAt, label, undoneBy } = job
  const moment = formatDateTime(startedAt)
  const retriedBy = job.again?.by
  const labelText = label && `${label.key}=${label.value}`
  // What is listed and what is counted are of the same moment.
  const shown = detail ? { ...job, counts: detail.counts } : job
  const error = ways.error ?? problem
  return (
    <Dialog
      open
      onClose={onClose}
      title={titleOf(action, total)}
      size="lg"
      initialFocus={closing}
      footer={
        <>
          <Ways job={withItems(job, detail)} ways={ways} />
          <Button ref={closing} variant="primary" onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </>
      }
    >
      <div className="grid gap-4 text-sm">
        <output aria-label={t`Progress`}>
          <JobProgress job={shown} />
        </output>
        {!isOver(job) && (
          <p>
            <Trans>
              You can close this dialog or this page. Vedette continues, and shows the
              results in Activity.
            </Trans>
          </p>
        )}
        {undoneBy && (
          <p>
            <Trans>The changes are already undone.</Trans>
          </p>
        )}
        <p className="text-muted">
          <Trans>
            Started {moment} by <span translate="no">{by}</span>
          </Trans>
          {retriedBy && (
            <>
              {dot}
              <Trans>
                Last retried by <span translate="no">{retriedBy}</span>
              </Trans>
            </>
          )}
          {labelText && (
            <>
              {dot}
              <code translate="no">{labelText}</code>
            </>
          )}
        </p>
        {error && <ProblemNotice problem={problemOf(error)} />}
        {detail ? <JobResults detail={detail} /> : <Skeleton className="h-40 w-full" />}
      </div>
    </Dialog>
  )
}

export type JobDialogProps = { id: string }

export function JobDialog({ id }: JobDialogProps) {
  const { t } = useLingui()
  const { job, detail, error } = useJobDetail(id)
  const ask = useJobAsk()
  const close = useCloseJob()
  if (!job)
    return (
      <Dialog open onClose={close} title={t`Action for several instances`}>
        {error ? (
          <ProblemNotice problem={problemOf(error)} />
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </Dialog>
    )
  if (ask && !waysOf(withItems(job, detail))[ask])
    return <JobQuestion key={ask} {...{ job, detail, ask }} problem={error} />
  return <JobView {...{ job, detail }} problem={error} onClose={close} />
}
