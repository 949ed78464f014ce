import { Trans } from '@lingui/react/macro'

import { explain, type BadEnd } from '#contract/failure.ts'

import { useFailureWords } from './failure-words.ts'

/** Why something failed and what to do, with Exoscale's own message under Details. */
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
  const words = wordsOf(explain(endpoint, end, reason))
  const { next } = words
  // Two messages, each with its full stop, and in this order in every language.
  const happened = `${words.happened} ${words.means}`
  const said = [reason, message].filter(Boolean).join(': ')
  return (
    <div className="grid gap-0.5">
      <p className="text-error">{happened}</p>
      <p className="text-muted">{next}</p>
      {said && (
        <details className="text-xs text-muted">
          <summary className="w-fit cursor-pointer rounded-sm hover:text-text">
            <Trans>Details</Trans>
          </summary>
          <p className="mt-0.5 break-words" translate="no" lang="en">
            {said}
          </p>
        </details>
      )}
    </div>
  )
}
