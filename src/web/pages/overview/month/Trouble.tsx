/** Why a card shows nothing: the person's account, the API key, or a zone. */
import { Trans } from '@lingui/react/macro'

import type { EndpointId } from '#contract/endpoints.ts'

import { problemOf } from '../../../api/client.ts'
import { ProblemText } from '../../../components/ProblemText.tsx'
import { Button } from '../../../ui/Button.tsx'

type TroubleProps = {
  endpoint: EndpointId
  /** Why this person may not read it; null if they may. */
  block: string | null
  error: Error | null
  isReading: boolean
  onRetry: () => void
  onHide: () => void
}

export function Trouble({
  endpoint,
  block,
  error,
  isReading,
  onRetry,
  onHide,
}: TroubleProps) {
  const problem = error && problemOf(error)
  const isDenied = problem?.code === 'denied'
  return (
    <div className="grid gap-3 text-sm text-muted">
      <p>
        {block}
        {!block && problem && <ProblemText problems={[problem]} />}
        {!block && isDenied && (
          <>
            {' '}
            <Trans>
              To show this, allow{' '}
              <code translate="no" className="text-text">
                {endpoint}
              </code>{' '}
              in the role of the API key.
            </Trans>
          </>
        )}
      </p>
      <div className="flex flex-wrap gap-2 print:hidden">
        {!block && (
          <Button size="sm" pending={isReading} onClick={onRetry}>
            <Trans>Retry</Trans>
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={onHide}>
          <Trans>Hide card</Trans>
        </Button>
      </div>
    </div>
  )
}
