/** The account of the person who is signed in: its role, password, and sessions. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'

import type { Session } from '#contract/people/session.ts'

import { problemOf } from '../../api/client.ts'
import { changePassword } from '../../api/people.ts'
import { useOnce } from '../../api/use-once.ts'
import {
  NewPasswordField,
  useNewPasswordFault,
} from '../../components/people/NewPasswordField.tsx'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useRoleAbout, useRoleNames } from '../../components/people/role-words.ts'
import { useProblemWords } from '../../components/problem-words.ts'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Card } from '../../ui/Card.tsx'
import { Field } from '../../ui/Field.tsx'
import { KeyValue, Pair } from '../../ui/KeyValue.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { toast } from '../../ui/toast.ts'
import { OwnSessions } from './OwnSessions.tsx'

/** What is typed for another password, what is wrong with it, and how sending it goes. */
function usePasswordForm(onDone: () => void) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const faultOf = useNewPasswordFault()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useOnce({
    send: () => changePassword({ current, next }),
    closes: true,
    onSuccess: () => {
      toast({ kind: 'success', title: t`Password changed. All other sessions have ended.` })
      onDone()
    },
  })
  const problem = sending.error ? problemOf(sending.error) : undefined
  const isCurrentWrong = problem?.cause?.code === 'wrong-password'
  const isNextWrong = faultyField(problem) === 'password'
  const said = problem ? wordsOf(problem) : null
  const missing = current ? null : t`Enter your current password.`
  const fault = faultOf(next)
  return {
    current,
    setCurrent,
    next,
    setNext,
    sending,
    /** A refusal that is about neither field. */
    problem: isCurrentWrong || isNextWrong ? undefined : problem,
    currentError: isCurrentWrong ? said : tried ? missing : null,
    nextError: isNextWrong ? said : tried ? fault : null,
    submit: () => {
      setTried(true)
      if (!missing && !fault) sending.mutate()
    },
  }
}

function PasswordForm({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useLingui()
  const form = usePasswordForm(onClose)
  const { sending } = form
  // What was refused is said until something else is typed.
  const type = (set: (text: string) => void) => (text: string) => {
    set(text)
    if (sending.error) sending.reset()
  }
  const setCurrent = type(form.setCurrent)
  return (
    <form
      noValidate
      aria-label={t`Change password`}
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      {form.problem && <PeopleProblem problem={form.problem} />}
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <Field label={t`Current password`} required error={form.currentError}>
        <PasswordInput
          // The form has just been opened, and this is its first field.
          ref={focusFirst}
          name="password"
          autoComplete="current-password"
          value={form.current}
          onChange={({ target }) => setCurrent(target.value)}
        />
      </Field>
      <NewPasswordField
        label={t`New password`}
        value={form.next}
        error={form.nextError}
        onChange={type(form.setNext)}
      />
      <p className="text-sm text-muted">
        <Trans>Changing the password ends all your other sessions.</Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={sending.isPending}>
          <Trans>Change password</Trans>
        </Button>
        <CancelButton pending={sending.isPending} onClick={onClose} />
      </div>
    </form>
  )
}

const focusFirst = (input: HTMLInputElement | null) => input?.focus()

export function AccountCard({ session }: { session: Session }) {
  const { t } = useLingui()
  const [changing, setChanging] = useState(false)
  const names = useRoleNames()
  const about = useRoleAbout()
  const { name, role, provider } = session.person
  return (
    <Card
      title={t`Your account`}
      actions={
        !changing && (
          <Button
            size="sm"
            disabledReason={
              provider === undefined
                ? null
                : t`You sign in with ${provider}, without a password in Vedette.`
            }
            onClick={() => setChanging(true)}
          >
            <Trans>Change password…</Trans>
          </Button>
        )
      }
    >
      <div className="grid gap-5">
        <KeyValue>
          <Pair label={t`Name`}>
            <span translate="no">{name}</span>
          </Pair>
          <Pair label={t`Role`}>
            {names[role]}
            <p className="text-muted">{about[role]}</p>
            {provider !== undefined && (
              <p className="text-muted">
                <Trans>
                  Your name and role come from {provider} each time you sign in.
                </Trans>
              </p>
            )}
            {role === 'admin' && (
              <Link to="/people" className="ui-link">
                <Trans>Manage accounts</Trans>
              </Link>
            )}
          </Pair>
        </KeyValue>
        {changing && <PasswordForm name={name} onClose={() => setChanging(false)} />}
        <OwnSessions />
      </div>
    </Card>
  )
}
