import { Trans, useLingui } from '@lingui/react/macro'

import { problemOf } from '../../api/client.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Button } from '../../ui/Button.tsx'

type NotSavedProps = { error: Error | null; again: () => void; discard: () => void }

/** Why a choice wasn't saved, and the ways out. */
export function NotSaved({ error, again, discard }: NotSavedProps) {
  const { t } = useLingui()
  if (!error) return null
  return (
    <div className="grid gap-2 pb-3">
      <ProblemNotice
        title={t`Your choice is still here, and isn’t saved.`}
        problem={problemOf(error)}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" variant="primary" onClick={again}>
          <Trans>Save again</Trans>
        </Button>
        <Button size="sm" onClick={discard}>
          <Trans>Discard</Trans>
        </Button>
      </div>
    </div>
  )
}
