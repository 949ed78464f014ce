import { useLingui } from '@lingui/react/macro'

import { problemOf } from '../../api/client.ts'
import { useProblemWords } from '../../components/problem-words.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Field } from '../../ui/Field.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { useSignIn } from './use-sign-in.ts'

/** Name and password, on the page and in the dialog over a page. */
export function SignInFields({ form }: { form: ReturnType<typeof useSignIn> }) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const { name, setName, nameInput, password, setPassword, passwordInput } = form
  const { error } = form.sending
  return (
    <div className="grid gap-2">
      {error && <Banner kind="error">{wordsOf(problemOf(error))}</Banner>}
      <Field label={t`Name`} error={form.nameError} required>
        <TextInput
          ref={nameInput}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          translate="no"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label={t`Password`} error={form.passwordError} required>
        <PasswordInput
          ref={passwordInput}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </Field>
    </div>
  )
}
