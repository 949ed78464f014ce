/** Says in all small screens alike why there is none: the instance is starting, or isn't running. */
import { Trans } from '@lingui/react/macro'

import { mayHaveScreen } from '#contract/lifecycle.ts'

import type { Row } from '../../api/inventory.ts'
import { Spinner } from '../../ui/Spinner.tsx'

type NoScreenProps = {
  row: Pick<Row, 'state' | 'overdue'>
  /** There is an earlier screenshot below the words. */
  hasFrame: boolean
}

export function NoScreen({ row: { state, overdue }, hasFrame }: NoScreenProps) {
  if (state === 'starting')
    return (
      !hasFrame && (
        <>
          {/* What should have ended long ago isn't shown as about to end. */}
          {!overdue && <Spinner />} <Trans>Starting…</Trans>
        </>
      )
    )
  if (mayHaveScreen(state)) return null
  return hasFrame ? (
    <Trans>Last screenshot before the instance stopped</Trans>
  ) : (
    <Trans>No screen</Trans>
  )
}
