import { lazy, Suspense } from 'react'

import type { FollowedOperation } from '#contract/operation.ts'

import { EndIcon } from '../components/EndIcon.tsx'
import { endOf, hasFailed } from '../components/operation-outcome.ts'
import { useOperationWords } from '../components/operation-words.ts'
import { UsualTime } from '../components/UsualTime.tsx'
import { useTray } from '../stores/tray.ts'
import { TrayLine } from './TrayLine.tsx'

const TrayWays = lazy(async () => {
  const { TrayWays: component } = await import('./TrayWays.tsx')
  return { default: component }
})

const OperationOutcome = lazy(async () => {
  const { OperationOutcome: component } = await import('./OperationOutcome.tsx')
  return { default: component }
})

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
      icon={<EndIcon end={endOf(operation)} />}
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
