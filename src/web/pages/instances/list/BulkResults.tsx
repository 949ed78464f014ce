import { useLingui } from '@lingui/react/macro'
import { Check, X } from 'lucide-react'

import { nameOf } from './row-name.ts'
import type { Result } from './use-bulk-run.ts'
import { keyOf } from './use-selection.ts'

/** Each instance with the result of its request. */
export function BulkResults({ results }: { results: readonly Result[] }) {
  const { t } = useLingui()
  // Rejected requests need attention, so they come first.
  const sorted = results.toSorted((a, b) => Number(!a.refused) - Number(!b.refused))
  return (
    <ul
      aria-label={t`Results`}
      className="ui-scroll grid max-h-80 gap-1 overflow-y-auto text-sm"
    >
      {sorted.map(({ row, refused }) => (
        <li key={keyOf(row)} className="flex gap-2">
          {refused ? (
            <X size={16} aria-label={t`Rejected`} className="mt-0.5 shrink-0 text-error" />
          ) : (
            <Check
              size={16}
              aria-label={t`Request sent`}
              className="mt-0.5 shrink-0 text-running"
            />
          )}
          <span className="min-w-0">
            <bdi translate="no">{nameOf(row)}</bdi>
            {refused && <span className="block break-words text-error">{refused}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
