/** What can be done about a job now, as small buttons: only what is possible, as in the tray. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useId, type ComponentProps } from 'react'

import { jobUndo, type Job } from '#contract/job.ts'

import { problemOf } from '../../api/client.ts'
import { isOver } from '../../components/job-outcome.ts'
import { useRoleNeed } from '../../components/people/role-block.ts'
import { useProblemWords } from '../../components/problem-words.ts'
import { goesWithIt, useFocusHeir } from '../../hooks/use-focus-heir.ts'
import { Button } from '../../ui/Button.tsx'
import { asksFirst, retryCount, waysOf } from './job-view.ts'
import { useJobUndoWords } from './job-words.ts'
import { useJobWays } from './use-job-ways.ts'

function Way(props: ComponentProps<typeof Button>) {
  const button = useFocusHeir()
  return <Button {...props} {...goesWithIt} ref={button} size="sm" />
}

export function JobWays({ job }: { job: Job }) {
  const { t } = useLingui()
  const says = useId()
  const undoWords = useJobUndoWords()
  const problemWords = useProblemWords()
  const { stop, retry, undo, open, error } = useJobWays(job)
  const ways = waysOf(job)
  const reverse = jobUndo[job.action]
  // A bulk action is a change: the server judges each instance, this only viewers.
  const block = useRoleNeed()('operator')
  const again = retryCount(job)
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2 text-xs text-muted empty:hidden">
      {!ways.stop && (
        <Way pending={stop.isPending} disabledReason={block} onClick={() => stop.mutate()}>
          <Trans>Stop sending requests</Trans>
        </Way>
      )}
      {!ways.retry && (
        <Way
          pending={retry.isPending}
          disabledReason={block}
          onClick={() => (asksFirst(job, 'retry') ? open(job.id, 'retry') : retry.mutate())}
        >
          {asksFirst(job, 'retry')
            ? t`${plural(again, { one: 'Retry # instance…', other: 'Retry # instances…' })}`
            : t`${plural(again, { one: 'Retry # instance', other: 'Retry # instances' })}`}
        </Way>
      )}
      {!ways.undo && reverse && (
        <>
          <Way
            aria-describedby={says}
            pending={undo.isPending}
            disabledReason={block}
            onClick={() => (asksFirst(job, 'undo') ? open(job.id, 'undo') : undo.mutate())}
          >
            {asksFirst(job, 'undo') ? <Trans>Undo…</Trans> : <Trans>Undo</Trans>}
          </Way>
          <span id={says}>{undoWords(reverse)}</span>
        </>
      )}
      {ways.undo === 'final' && isOver(job) && job.counts.success > 0 && (
        <Trans>You can’t undo this.</Trans>
      )}
      {error && (
        <p role="alert" className="text-error">
          {problemWords(problemOf(error))}
        </p>
      )}
    </div>
  )
}
