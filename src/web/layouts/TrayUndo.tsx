/** The way back, right after something was done; loaded with the first operation that has one. */
import { Trans } from '@lingui/react/macro'
import { useId, useState } from 'react'

import type { FollowedOperation } from '#contract/feed.ts'

import { useUndoWords } from '../components/undo-words.ts'
import { useTakeBack } from '../pages/instances/use-take-back.ts'
import { Button } from '../ui/Button.tsx'

export function TrayUndo({ operation }: { operation: FollowedOperation }) {
  const wordsOf = useUndoWords()
  const takeBack = useTakeBack()
  const says = useId()
  const [used, setUsed] = useState(false)
  const words = wordsOf(operation)
  if (!words || used) return null
  return (
    <p className="mt-1 flex items-center gap-2 text-xs text-muted">
      <Button
        size="sm"
        aria-describedby={says}
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
