/** Asks before a job is taken back by stopping instances, and before a deletion is retried. */
import { plural } from '@lingui/core/macro'
import { Plural, useLingui } from '@lingui/react/macro'

import { jobEndpoints, jobUndo, mayRetry, type Job, type JobDetail } from '#contract/job.ts'

import { problemOf } from '../../api/client.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { SendProblem } from '../../components/SendProblem.tsx'
import { GraceDialog } from '../dialogs/GraceDialog.tsx'
import { useGoOnFromJob, useOpenJob, type JobAsk } from './job-address.ts'
import { mustType, retryCount } from './job-view.ts'
import { useJobTitle, useOutlookWords } from './job-words.ts'
import { JobResults } from './JobResults.tsx'
import { useTypedCount } from './TypedCount.tsx'
import { useJobWays } from './use-job-ways.ts'

export function JobQuestion({
  job,
  detail,
  problem,
  ask,
}: {
  job: Job
  detail: JobDetail | undefined
  problem: Error | null
  ask: JobAsk
}) {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const outlookOf = useOutlookWords()
  const open = useOpenJob()
  const goOn = useGoOnFromJob(job.id)
  const { retry, undo } = useJobWays(job, {
    onRetried: () => goOn(job.id),
    onUndone: ({ id }) => goOn(id),
    onWaits: () => goOn(job.id),
  })
  const { success, unknown } = job.counts
  const action = ask === 'undo' ? (jobUndo[job.action] ?? job.action) : job.action
  const asked = (detail?.items ?? []).filter((item) =>
    ask === 'undo' ? item.state === 'success' : mayRetry(item),
  )
  const told = ask === 'undo' ? success : retryCount(job)
  const count = detail ? asked.length : told
  const typed = useTypedCount(count, mustType(action, count))
  const deletes = action === 'delete'
  const sending = ask === 'undo' ? undo : retry
  const outlook = outlookOf(action, count)
  const unread = problem ? t`Vedette couldn’t read the results.` : t`Loading…`
  return (
    <GraceDialog
      title={titleOf(action, count)}
      size="lg"
      danger={deletes}
      endpoint={jobEndpoints[action]}
      grace={
        deletes
          ? (secondsLeft) =>
              t`${plural(count, {
                one: 'Deleting # instance',
                other: 'Deleting # instances',
              })} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
          : undefined
      }
      pending={sending.isPending}
      // Which instances are asked again is what is confirmed.
      disabledReason={detail ? typed.missing : unread}
      onSend={() => sending.mutate()}
      onClose={() => open(job.id)}
    >
      <p className="text-sm">{outlook}</p>
      {ask === 'retry' && unknown > 0 && (
        <p className="text-sm text-warning">
          <Plural
            value={unknown}
            one="The result of # instance is unknown. The action may be done twice for it."
            other="The results of # instances are unknown. The action may be done twice for them."
          />
        </p>
      )}
      {typed.field}
      {!detail && problem && <ProblemNotice problem={problemOf(problem)} />}
      {detail && <JobResults detail={{ ...detail, items: asked }} />}
      <SendProblem sending={sending} />
    </GraceDialog>
  )
}
