import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'

import type { Session } from '#contract/people/session.ts'

import { signIn } from '../../api/people.ts'
import { useOnce } from '../../api/use-once.ts'

/** What is typed to sign in, and how that goes. Nothing that was typed is discarded. */
export function useSignIn(firstName: string, onSignedIn: (session: Session) => void) {
  const { t } = useLingui()
  const [name, setName] = useState(firstName)
  const [password, setPassword] = useState('')
  /** Missing values are said only after an attempt. */
  const [tried, setTried] = useState(false)
  const passwordInput = useRef<HTMLInputElement>(null)
  const nameInput = useRef<HTMLInputElement>(null)
  const sending = useOnce({
    send: () => signIn({ name: name.trim(), password }),
    onSuccess: onSignedIn,
    onError: () => passwordInput.current?.select(),
  })
  const submit = () => {
    setTried(true)
    if (!name.trim()) nameInput.current?.focus()
    else if (!password) passwordInput.current?.focus()
    else sending.mutate()
  }
  return {
    name,
    setName,
    password,
    setPassword,
    nameInput,
    passwordInput,
    sending,
    submit,
    nameError: tried && !name.trim() ? t`Enter your name.` : null,
    passwordError: tried && !password ? t`Enter your password.` : null,
  }
}
