/** The page of an invitation: the first person, or one that an admin has invited, chooses a password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'

import { NAME_MOST, type SignInWays } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { setUp, signInWaysQuery } from '../../api/people.ts'
import {
  NewPasswordField,
  useNewPasswordFault,
} from '../../components/people/NewPasswordField.tsx'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
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

/** Why the link leads nowhere, and where a new one comes from. */
function NoLink({ first }: { first: boolean }) {
  const { t } = useLingui()
  return (
    <>
      <Banner kind="warning" title={t`The link isn’t valid anymore`}>
        <Trans>Each link works once and for a limited time.</Trans>{' '}
        {first ? (
          <Trans>Restart the server and open the new link from the server’s output.</Trans>
        ) : (
          <Trans>Ask an admin for a new link.</Trans>
        )}
      </Banner>
      {!first && (
        <Link to="/sign-in" className="ui-link text-sm">
          <Trans>Go to sign-in</Trans>
        </Link>
      )}
    </>
  )
}

function useSetUpForm(token: string, first: boolean) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const faultOf = useNewPasswordFault()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const nameInput = useRef<HTMLInputElement>(null)
  const passwordInput = useRef<HTMLInputElement>(null)
  const sending = useMutation({
    mutationFn: () => setUp({ token, password, ...(first ? { name: name.trim() } : {}) }),
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
    else if (!sending.isPending) sending.mutate()
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
  if (problem?.cause?.code === 'no-such-invitation') return <NoLink first={first} />
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
          hint={t`You sign in with this name, and it stands beside what you do.`}
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

function Content({ ways, token }: { ways: SignInWays; token: string }) {
  if (!token) return <NoLink first={ways.setUp} />
  return (
    <>
      <p className="text-sm text-muted">
        {ways.setUp ? (
          <Trans>The first account has the admin role. You can invite others later.</Trans>
        ) : (
          <Trans>Choose the password that you sign in with from now on.</Trans>
        )}
      </p>
      <SetUpForm token={token} first={ways.setUp} />
    </>
  )
}

export function SetUpPage() {
  const { t } = useLingui()
  const token = useToken()
  const ways = useQuery({ ...signInWaysQuery, staleTime: Infinity })
  if (ways.data && ways.data.mode !== 'local') return <Navigate to="/instances" replace />
  return (
    <WayIn title={ways.data?.setUp ? t`Create the first account` : t`Choose a password`}>
      <title>{t`Set up · Vedette`}</title>
      {ways.data ? (
        <Content ways={ways.data} token={token} />
      ) : ways.error ? (
        <ProblemNotice
          problem={problemOf(ways.error)}
          action={
            <Button size="sm" pending={ways.isFetching} onClick={() => void ways.refetch()}>
              <Trans>Retry</Trans>
            </Button>
          }
        />
      ) : (
        <Skeleton className="h-40" />
      )}
    </WayIn>
  )
}
