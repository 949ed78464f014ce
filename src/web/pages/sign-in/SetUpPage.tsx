/** The page of an invitation: the first person, or one that an admin has invited, chooses a password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'

import { NAME_MOST } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { setUp, setUpLinkQuery, signInWaysQuery } from '../../api/people.ts'
import { useOnce } from '../../api/use-once.ts'
import {
  NewPasswordField,
  useNewPasswordFault,
} from '../../components/people/NewPasswordField.tsx'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { ReadProblem } from '../../components/reading/ReadProblem.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { WayIn } from './WayIn.tsx'

const textOf = (state: unknown): string => (typeof state === 'string' ? state : '')

/** The token of the link, which is then taken out of the address and its history. */
function useToken(): string {
  const navigate = useNavigate()
  const { state } = useLocation()
  const [token] = useState(() => location.hash.slice(1) || textOf(state))
  // The address is outside React.
  useEffect(() => {
    // Kept for this tab, so that the page may be loaded again.
    if (location.hash) void navigate('/set-up', { replace: true, state: token })
  }, [navigate, token])
  return token
}

/** Why the link leads nowhere, and where to go on. */
function NoLink() {
  const { t } = useLingui()
  // An old tab knows only how it was before.
  const { data: ways } = useQuery({ ...signInWaysQuery, refetchOnMount: 'always' })
  return (
    <>
      <Banner kind="warning" title={t`The link isn’t valid anymore`}>
        <Trans>Each link works once and for a limited time.</Trans>{' '}
        {ways?.setUp ? (
          <Trans>Restart the server and open the new link from the server’s output.</Trans>
        ) : (
          <Trans>
            If you have chosen a password already, sign in with it. Otherwise, ask an admin
            for a new link.
          </Trans>
        )}
      </Banner>
      <Link to="/sign-in" className="ui-link text-sm">
        <Trans>Go to sign-in</Trans>
      </Link>
    </>
  )
}

/** Whether someone has used the link, or its time is over. */
const isOver = (error: unknown) =>
  error !== null && problemOf(error).cause?.code === 'no-such-invitation'

function useSetUpForm(token: string, first: boolean) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const faultOf = useNewPasswordFault()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const nameInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const sending = useOnce({
    send: () => setUp({ token, password, ...(first ? { name: name.trim() } : {}) }),
    closes: true,
    onSuccess: () => location.replace('/'),
  })
  const problem = sending.error ? problemOf(sending.error) : undefined
  const field = faultyField(problem)
  const said = problem && field ? wordsOf(problem) : null
  const noName = first && !name.trim() ? t`Enter your name.` : null
  const fault = faultOf(password)
  const submit = () => {
    setTried(true)
    if (noName) nameInput.current?.focus()
    else if (fault) passwordInput.current?.focus()
    else sending.mutate()
  }
  // What was refused is said until something else is typed.
  const type = (set: (text: string) => void) => (text: string) => {
    set(text)
    sending.reset()
  }
  return {
    name,
    setName: type(setName),
    password,
    setPassword: type(setPassword),
    nameInput,
    passwordInput,
    sending,
    submit,
    problem,
    isAboutField: field !== undefined,
    nameError: field === 'name' ? said : tried ? noName : null,
    passwordError: field === 'password' ? said : tried ? fault : null,
  }
}

function SetUpForm({ token, first }: { token: string; first: boolean }) {
  const { t } = useLingui()
  const form = useSetUpForm(token, first)
  const {
    problem,
    sending,
    name,
    setName,
    nameInput,
    password,
    setPassword,
    passwordInput,
  } = form
  if (isOver(sending.error)) return <NoLink />
  return (
    <form
      noValidate
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      {problem && !form.isAboutField && <PeopleProblem problem={problem} />}
      {first && (
        <Field
          label={t`Your name`}
          required
          error={form.nameError}
          hint={t`You sign in with this name, and others see it next to what you do.`}
        >
          <TextInput
            ref={nameInput}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            translate="no"
            maxLength={NAME_MOST}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
      )}
      <NewPasswordField
        label={t`Password`}
        value={password}
        error={form.passwordError}
        inputRef={passwordInput}
        onChange={setPassword}
      />
      <Button
        type="submit"
        variant="primary"
        className="mt-2"
        pending={sending.isPending || sending.isSuccess}
      >
        {first ? <Trans>Create account</Trans> : <Trans>Save password</Trans>}
      </Button>
    </form>
  )
}

const skeleton = <Skeleton className="h-40" />

/** The form, or that the link leads nowhere: also in a tab that was opened before. */
function Content({ token }: { token: string }) {
  const link = useQuery({
    ...setUpLinkQuery(token),
    enabled: token !== '',
    // Once it is over, it stays so; too many attempts are rejected.
    refetchOnWindowFocus: ({ state }) => !isOver(state.error),
  })
  if (!token || isOver(link.error)) return <NoLink />
  if (!link.data) return <ReadProblem query={link} waiting={skeleton} />
  const { first } = link.data
  return (
    <>
      <p className="text-sm text-muted">
        {first ? (
          <Trans>The first account has the admin role. You can invite others later.</Trans>
        ) : (
          <Trans>Choose the password that you sign in with from now on.</Trans>
        )}
      </p>
      <SetUpForm token={token} first={first} />
    </>
  )
}

export function SetUpPage() {
  const { t } = useLingui()
  const token = useToken()
  const ways = useQuery(signInWaysQuery)
  const { data: link } = useQuery({ ...setUpLinkQuery(token), enabled: false })
  if (ways.data && ways.data.mode !== 'local') return <Navigate to="/instances" replace />
  return (
    <WayIn title={link?.first ? t`Create the first account` : t`Choose a password`}>
      <title>{t`Set up · Vedette`}</title>
      {ways.data ? (
        <Content token={token} />
      ) : (
        <ReadProblem query={ways} waiting={skeleton} />
      )}
    </WayIn>
  )
}
