import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Navigate, useSearchParams } from 'react-router'

import type { ProviderWay } from '#contract/people/people.ts'
import { signOnProblemOf, whereTo } from '#contract/people/sign-on.ts'

import { signInWaysQuery } from '../../api/people.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useSignOnWords } from '../../components/people/sign-on-words.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { SignInFields } from './SignInFields.tsx'
import { SignOnLink } from './SignOnLink.tsx'
import { useSignIn } from './use-sign-in.ts'
import { WayIn } from './WayIn.tsx'

function SignInForm({ to, isOnly }: { to: string; isOnly: boolean }) {
  // A page that is loaded anew has nothing of the person before.
  const form = useSignIn('', () => location.replace(to))
  const { isPending, isSuccess } = form.sending
  const { nameInput } = form
  // The page is there for nothing else; the focus is outside React.
  useEffect(() => {
    if (isOnly) nameInput.current?.focus()
  }, [isOnly, nameInput])
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
      <Button
        type="submit"
        variant={isOnly ? 'primary' : 'secondary'}
        pending={isPending || isSuccess}
      >
        <Trans>Sign in</Trans>
      </Button>
    </form>
  )
}

/** The way that most people take where there is an identity provider, and the reason why it failed. */
function AtProvider({ way, to }: { way: ProviderWay; to: string }) {
  const [search] = useSearchParams()
  const wordsOf = useSignOnWords()
  const link = useRef<HTMLAnchorElement>(null)
  // As above.
  useEffect(() => link.current?.focus(), [])
  const problem = signOnProblemOf(search.get('problem'))
  return (
    <>
      {problem && (
        <Banner kind={problem === 'provider-keeps-session' ? 'warning' : 'error'}>
          {wordsOf(problem, way)}
        </Banner>
      )}
      <SignOnLink ref={link} provider={way.name} to={to} />
      <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        <Trans>or with a password</Trans>
      </p>
    </>
  )
}

/** The page by which people sign in; leads to where they were going. */
export function SignInPage() {
  const { t } = useLingui()
  const [search] = useSearchParams()
  const { data: session, isPending } = useQuery({ ...sessionQuery, retry: false })
  const ways = useQuery(signInWaysQuery)
  const to = whereTo(search.get('to'))
  if (session || (ways.data && ways.data.mode !== 'local'))
    return <Navigate to={session?.signIn === 'local' ? to : '/'} replace />
  const way = ways.data?.provider
  return (
    <WayIn title={t`Sign in`}>
      <title>{t`Sign in · Vedette`}</title>
      <ReadProblem query={ways} />
      {way && <AtProvider way={way} to={to} />}
      {ways.data?.setUp && (
        <Banner
          kind="info"
          title={way ? t`No account with a password yet` : t`No accounts yet`}
        >
          <Trans>
            To create the first account, open the link in the server’s output. Restart the
            server to get a new link.
          </Trans>
        </Banner>
      )}
      {(isPending || ways.isPending) && !ways.error ? (
        <Skeleton className="h-40" />
      ) : (
        !ways.data?.setUp && <SignInForm to={to} isOnly={!way} />
      )}
    </WayIn>
  )
}
