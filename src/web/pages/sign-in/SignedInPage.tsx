/** The end of a sign-in in a window of its own, beside a page that stays as it is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link } from 'react-router'

import { sessionQuery } from '../../api/queries.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { tellSignedIn } from './signed-in-channel.ts'
import { WayIn } from './WayIn.tsx'

export function SignedInPage() {
  const { t } = useLingui()
  const { data: session } = useQuery(sessionQuery)
  const isSignedIn = session !== undefined
  // Other windows and this one are outside React. A browser doesn't close what a person has opened.
  useEffect(() => {
    if (!isSignedIn) return
    tellSignedIn()
    window.close()
  }, [isSignedIn])
  return (
    <WayIn title={isSignedIn ? t`You’re signed in` : t`Sign in`}>
      <title>{t`Signed in · Vedette`}</title>
      {isSignedIn ? (
        <>
          <p className="text-sm">
            <Trans>You can close this window and continue where you were.</Trans>
          </p>
          <Link to="/instances" className="ui-link text-sm">
            <Trans>Go to instances</Trans>
          </Link>
        </>
      ) : (
        <Skeleton className="h-12" />
      )}
    </WayIn>
  )
}
