/** Asks to sign in again over the page, which keeps all that is on it; a page without anything goes to the form. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Navigate, useLocation } from 'react-router'

import type { Session } from '#contract/people/session.ts'

import { request } from '../../api/client.ts'
import { sessionQuery } from '../../api/queries.ts'
import { useSignedOut } from '../../stores/signed-out.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SignInFields } from './SignInFields.tsx'
import { useSignIn } from './use-sign-in.ts'
import { signInPath } from './where-to.ts'

function AgainDialog({
  name,
  onSignedIn,
}: {
  name: string
  onSignedIn: (session: Session) => void
}) {
  const { t } = useLingui()
  const form = useSignIn(name, onSignedIn)
  return (
    <Dialog
      open
      part="sign-in"
      role="alertdialog"
      size="sm"
      dismissible="never"
      title={t`Sign in again`}
      description={t`Your session has ended. Everything on this page stays as it is.`}
      onClose={() => undefined}
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

export function SignInAgain() {
  const queries = useQueryClient()
  const here = useLocation()
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
    return () => window.removeEventListener('focus', check)
  }, [id, goOn])

  if (!known) return <Navigate to={signInPath(here)} replace />
  return asks && <AgainDialog name={known.person.name} onSignedIn={goOn} />
}
