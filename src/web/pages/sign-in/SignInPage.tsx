import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, useSearchParams } from 'react-router'

import { problemOf } from '../../api/client.ts'
import { signInWaysQuery } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { SignInFields } from './SignInFields.tsx'
import { useSignIn } from './use-sign-in.ts'
import { WayIn } from './WayIn.tsx'
import { whereTo } from './where-to.ts'

function SignInForm({ to }: { to: string }) {
  // A page that is loaded anew has nothing of the person before.
  const form = useSignIn('', () => location.replace(to))
  const { isPending, isSuccess } = form.sending
  const { nameInput } = form
  // The page is there for nothing else; the focus is outside React.
  useEffect(() => nameInput.current?.focus(), [nameInput])
  return (
    <form
      noValidate
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <SignInFields form={form} />
      <Button type="submit" variant="primary" pending={isPending || isSuccess}>
        <Trans>Sign in</Trans>
      </Button>
    </form>
  )
}

/** The page by which people sign in; leads to where they were going. */
export function SignInPage() {
  const { t } = useLingui()
  const [search] = useSearchParams()
  const { data: session, isPending } = useQuery({ ...sessionQuery, retry: false })
  const ways = useQuery(signInWaysQuery)
  const to = whereTo(search.get('to'), location.origin)
  if (session || (ways.data && ways.data.mode !== 'local'))
    return <Navigate to={session?.signIn === 'local' ? to : '/instances'} replace />
  return (
    <WayIn title={t`Sign in`}>
      <title>{t`Sign in · Vedette`}</title>
      {ways.error && (
        <ProblemNotice
          problem={problemOf(ways.error)}
          action={
            <Button size="sm" pending={ways.isFetching} onClick={() => void ways.refetch()}>
              <Trans>Retry</Trans>
            </Button>
          }
        />
      )}
      {ways.data?.setUp && (
        <Banner kind="info" title={t`No accounts yet`}>
          <Trans>
            To create the first account, open the link in the server’s output. Restart the
            server to get a new link.
          </Trans>
        </Banner>
      )}
      {isPending && !ways.error ? (
        <Skeleton className="h-40" />
      ) : (
        !ways.data?.setUp && <SignInForm to={to} />
      )}
    </WayIn>
  )
}
