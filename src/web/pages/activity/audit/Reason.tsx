import type { AuditEntry } from '#contract/audit/audit.ts'

import { useCauseWords } from '../../../components/problem-words.ts'

/** Why something was rejected, failed or is unknown: in Vedette's words, and in Exoscale's own. */
export function Reason({ entry }: { entry: AuditEntry }) {
  const causeWords = useCauseWords()
  const { result, cause, message } = entry
  if (result === undefined || result === 'accepted' || result === 'done') return null
  // A newer server's cause may have no words here.
  const own = cause && (causeWords(cause) ?? cause.code)
  if (!own && !message) return null
  return (
    <p className="break-words text-muted">
      {own}
      {own && message && ' '}
      {message && (
        <q translate="no" lang="en">
          {message}
        </q>
      )}
    </p>
  )
}
