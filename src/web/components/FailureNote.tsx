import { Trans } from '@lingui/react/macro'

import { explain, type BadEnd } from '#contract/failure.ts'

import { useFailureWords } from './failure-words.ts'

/** Why something failed and what to do, with Exoscale's own words, or Vedette's, under Details. */
export function FailureNote({
  endpoint,
  end,
  reason,
  message,
  own,
}: {
  endpoint: string
  end: BadEnd
  reason?: string | undefined
  /** Exoscale's. */
  message?: string | undefined
  /** Vedette's own, in the reader's language. */
  own?: string | undefined
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
      {(said || own) && (
        <details className="text-xs text-muted">
          <summary className="w-fit cursor-pointer rounded-sm hover:text-text">
            <Trans>Details</Trans>
          </summary>
          {own && <p className="mt-0.5 break-words">{own}</p>}
          {said && (
            <p className="mt-0.5 break-words" lang="en" translate="no">
              {said}
            </p>
          )}
        </details>
      )}
    </div>
  )
}
