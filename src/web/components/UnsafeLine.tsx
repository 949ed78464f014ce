import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { sessionQuery } from '../api/queries.ts'

/** Says on every page that the key is everyone's (UNSAFE_NO_SIGN_IN); nothing elsewhere. */
export function UnsafeLine() {
  const { data: session } = useQuery(sessionQuery)
  if (!session?.unsafe) return null
  return (
    <p
      role="alert"
      className="shrink-0 border-b border-error bg-error-tint px-4 py-1.5 text-center text-sm font-medium text-error"
    >
      <Trans>
        No one has to sign in: anyone who can reach this server can use your API key
        (UNSAFE_NO_SIGN_IN).
      </Trans>
    </p>
  )
}
