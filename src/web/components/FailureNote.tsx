import { Trans } from '@lingui/react/macro'

import { explain, type BadEnd } from '#contract/failure.ts'

import { useFailureWords } from './failure-words.ts'

/**
 * Why something failed and what to do. The message of a rejection comes first; that of a failed operation is under Details.
 */
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
  const explanation = explain(endpoint, end, reason)
  const words = wordsOf(explanation, reason)
  const { means, next } = words
  // A rejection comes with its reason.
  const first = end === 'refused' ? (own ?? message) : undefined
  const hasReason = explanation.happened !== 'unknown'
  // Two messages, each with its full stop, and in this order in every language.
  const happened = first && !hasReason ? means : `${words.happened} ${means}`
  const said = [reason, first ? undefined : message].filter(Boolean).join(': ')
  const ours = first === own ? undefined : own
  return (
    <div className="grid gap-0.5">
      {first && (
        <p
          className="break-words text-error"
          {...(own ? {} : { lang: 'en', translate: 'no' as const })}
        >
          {first}
        </p>
      )}
      <p className={first ? 'text-muted' : 'text-error'}>{happened}</p>
      <p className="text-muted">{next}</p>
      {(said || ours) && (
        <details className="text-xs text-muted">
          <summary className="w-fit cursor-pointer rounded-sm hover:text-text">
            <Trans>Details</Trans>
          </summary>
          {ours && <p className="mt-0.5 break-words">{ours}</p>}
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
