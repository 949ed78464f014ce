import { Trans } from '@lingui/react/macro'

import { explain, type BadEnd } from '#contract/failure.ts'

import { useFailureWords } from './failure-words.ts'

/** Why something failed and what to do, with the platform's own words under Details. */
export function FailureNote({
  endpoint,
  end,
  reason,
  message,
}: {
  endpoint: string
  end: BadEnd
  reason?: string | undefined
  message?: string | undefined
}) {
  const wordsOf = useFailureWords()
  const { happened, means, next } = wordsOf(explain(endpoint, end, reason))
  const said = [reason, message].filter(Boolean).join(': ')
  return (
    <div className="grid gap-0.5">
      <p className="text-error">
        {happened} {means}
      </p>
      <p className="text-muted">{next}</p>
      {said && (
        <details className="text-xs text-muted">
          <summary className="w-fit cursor-pointer rounded-sm hover:text-text">
            <Trans>Details</Trans>
          </summary>
          <p className="mt-0.5 break-words" translate="no">
            {said}
          </p>
        </details>
      )}
    </div>
  )
}
