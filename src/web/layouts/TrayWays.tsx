/**
 * What can be done about an operation that has ended: the way back right after it was done, or
 * another try. Loaded with the first that has ended.
 */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'

import { againOf } from '#contract/again.ts'
import type { FollowedOperation } from '#contract/operation.ts'
import { isFinal } from '#contract/undo.ts'

import { hasFailed } from '../components/operation-outcome.ts'
import { useOperationBlock } from '../components/people/role-block.ts'
import { useUndoWords } from '../components/undo-words.ts'
import { useAgain, useTakeBack } from '../instance/use-take-back.ts'
import { useTray } from '../stores/tray.ts'
import { Button } from '../ui/Button.tsx'

/** Retries at once, or opens the dialog for a confirmation. A retried failure leaves the tray. */
function TryAgain({ operation }: { operation: FollowedOperation }) {
  const { t } = useLingui()
  const again = useAgain()
  const blockOf = useOperationBlock()
  const dismiss = useTray((state) => state.dismiss)
  const way = againOf(operation)
  if (!way) return null
  const deletes = operation.endpoint.startsWith('delete-')
  const asks = way.how !== 'call'
  const label = () => {
    if (deletes) return asks ? t`Retry deletion…` : t`Retry deletion`
    return asks ? t`Retry…` : t`Retry`
  }
  return (
    <Button
      size="sm"
      className="mt-1"
      disabledReason={blockOf(operation)}
      onClick={() => {
        if (!asks) dismiss([operation.id])
        again(operation)
      }}
    >
      {label()}
    </Button>
  )
}

function TakeBack({ operation }: { operation: FollowedOperation }) {
  const wordsOf = useUndoWords()
  const takeBack = useTakeBack()
  const blockOf = useOperationBlock()
  const says = useId()
  const [used, setUsed] = useState(false)
  const words = wordsOf(operation)
  if (isFinal(operation))
    return (
      <p className="text-xs text-muted">
        <Trans>You can’t undo this.</Trans>
      </p>
    )
  if (!words || used) return null
  return (
    <p className="mt-1 flex items-center gap-2 text-xs text-muted">
      <Button
        size="sm"
        aria-describedby={says}
        disabledReason={blockOf(operation)}
        onClick={() => {
          setUsed(true)
          takeBack(operation)
        }}
      >
        <Trans>Undo</Trans>
      </Button>
      <span id={says}>{words}</span>
    </p>
  )
}

export function TrayWays({ operation }: { operation: FollowedOperation }) {
  if (hasFailed(operation)) return <TryAgain operation={operation} />
  return <TakeBack operation={operation} />
}
