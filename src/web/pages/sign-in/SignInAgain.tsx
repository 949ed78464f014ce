/** Asks to sign in again over the page, which keeps all that is on it; a page without anything goes to the form. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, type MouseEvent } from 'react'
import { Navigate, useLocation } from 'react-router'

import type { Session } from '#contract/people/session.ts'
import { signedInPath, signInPath } from '#contract/people/sign-on.ts'

import { request } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useSignedOut } from '../../stores/signed-out.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { onSignedIn as hearSignedIn } from './signed-in-channel.ts'
import { SignInFields } from './SignInFields.tsx'
import { SignOnLink } from './SignOnLink.tsx'
import { useSignIn } from './use-sign-in.ts'

/** What both ways have in common: the page behind stays, and there is only one way on. */
function useDialogProps() {
  const { t } = useLingui()
  return {
    open: true,
    part: 'sign-in',
    role: 'alertdialog',
    size: 'sm',
    dismissible: 'never',
    title: t`Sign in again`,
    description: t`Your session has ended. Everything on this page stays as it is.`,
    onClose: () => undefined,
  } as const
}

function AgainDialog({
  name,
  onSignedIn,
}: {
  name: string
  onSignedIn: (session: Session) => void
}) {
  const form = useSignIn(name, onSignedIn)
  return (
    <Dialog
      {...useDialogProps()}
      initialFocus={form.passwordInput}
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
      footer={
        <Button type="submit" variant="primary" pending={form.sending.isPending}>
          <Trans>Sign in</Trans>
        </Button>
      }
    >
      <SignInFields form={form} />
    </Dialog>
  )
}

/** Opens the link in a small window, which the browser lets its page close; otherwise in a new tab. */
function openSmall(event: MouseEvent<HTMLAnchorElement>): void {
  const { href } = event.currentTarget
  if (window.open(href, 'vedette-sign-in', 'popup,width=520,height=720'))
    event.preventDefault()
}

/** The identity provider has its own page, so it is opened beside this one. */
function AtProviderDialog({ provider }: { provider: string }) {
  return (
    <Dialog
      {...useDialogProps()}
      footer={
        <SignOnLink
          provider={provider}
          to={signedInPath}
          target="_blank"
          onClick={openSmall}
        />
      }
    >
      <p className="text-sm">
        <Trans>Sign in with {provider} in a new window. Then continue on this page.</Trans>
      </p>
    </Dialog>
  )
}

export function SignInAgain() {
  const queries = useQueryClient()
  const { pathname, search, hash } = useLocation()
  const [known] = useState(() => queries.getQueryData(sessionQuery.queryKey))
  const [asks, setAsks] = useState(false)
  const id = known?.person.id
  const goOn = useCallback(
    (session: Session) => {
      // Another person must not see what this one had on the page.
      if (session.person.id !== id) return location.reload()
      queries.setQueryData(sessionQuery.queryKey, session)
      useSignedOut.setState({ out: false })
      void queries.invalidateQueries()
    },
    [id, queries],
  )
  const checking = useRef(false)

  // Another tab may have signed in since, or before this refusal arrived here.
  useEffect(() => {
    if (id === undefined) return
    const check = async () => {
      if (checking.current) return
      checking.current = true
      const session = await request<Session>('GET', '/api/session').catch(() => undefined)
      checking.current = false
      if (session) goOn(session)
      else setAsks(true)
    }
    void check()
    window.addEventListener('focus', check)
    const stopHearing = hearSignedIn(() => void check())
    return () => {
      window.removeEventListener('focus', check)
      stopHearing()
    }
  }, [id, goOn])

  if (!known) return <Navigate to={signInPath(pathname + search + hash)} replace />
  if (!asks) return null
  const { name, provider } = known.person
  if (provider !== undefined) return <AtProviderDialog provider={provider} />
  return <AgainDialog name={name} onSignedIn={goOn} />
}
