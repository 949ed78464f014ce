import { useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleHelp, OctagonAlert } from 'lucide-react'
import { lazy, Suspense } from 'react'

import type { FollowedOperation } from '#contract/operation.ts'

import { hasFailed } from '../components/operation-outcome.ts'
import { useOperationWords } from '../components/operation-words.ts'
import { UsualTime } from '../components/UsualTime.tsx'
import { useTray } from '../stores/tray.ts'
import { Spinner } from '../ui/Spinner.tsx'
import { TrayLine } from './TrayLine.tsx'

const TrayWays = lazy(async () => {
  const { TrayWays: component } = await import('./TrayWays.tsx')
  return { default: component }
})

const OperationOutcome = lazy(async () => {
  const { OperationOutcome: component } = await import('./OperationOutcome.tsx')
  return { default: component }
})

function OperationIcon({ operation }: { operation: FollowedOperation }) {
  const { t } = useLingui()
  if (operation.state === 'pending') return <Spinner size={16} label={t`In progress`} />
  if (operation.state === 'success')
    return <CircleCheck size={16} aria-label={t`Done`} className="text-running" />
  if (hasFailed(operation))
    return <OctagonAlert size={16} aria-label={t`Failed`} className="text-error" />
  return <CircleHelp size={16} aria-label={t`Unknown`} className="text-muted" />
}

/** An operation in the tray: what is asked of which instance, its time, and its outcome. */
export function OperationLine({
  operation,
  now,
}: {
  operation: FollowedOperation
  now: number
}) {
  const wordsOf = useOperationWords()
  const dismiss = useTray((state) => state.dismiss)
  const { id, zone, instanceId, subject, startedAt, endedAt, cause } = operation
  const failed = hasFailed(operation)
  const pending = operation.state === 'pending'
  const elapsedMs = (endedAt ?? now) - startedAt
  return (
    <TrayLine
      icon={<OperationIcon operation={operation} />}
      operation={wordsOf(operation)}
      name={subject}
      elapsedMs={elapsedMs}
      onDismiss={failed ? () => dismiss([id]) : undefined}
      {...{ zone, instanceId }}
    >
      {(failed || cause) && (
        <Suspense>
          <OperationOutcome operation={operation} />
        </Suspense>
      )}
      {pending && <UsualTime endpoint={operation.endpoint} {...{ zone, elapsedMs }} />}
      {(operation.state === 'success' || failed) && (
        <Suspense>
          <TrayWays operation={operation} />
        </Suspense>
      )}
    </TrayLine>
  )
}
