import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { RefObject } from 'react'

import { PASSWORD_LEAST } from '#contract/people/people.ts'

import { Field } from '../../ui/Field.tsx'
import { PasswordInput } from '../../ui/PasswordInput.tsx'

/** The password that someone chooses, with the count of its characters and what makes a good one. */
export function NewPasswordField({
  label,
  value,
  error,
  inputRef,
  onChange,
}: {
  label: string
  value: string
  error: string | null
  inputRef?: RefObject<HTMLInputElement | null>
  onChange: (password: string) => void
}) {
  const { t } = useLingui()
  const count = [...value].length
  return (
    <Field
      label={label}
      required
      error={error}
      hint={t`Use at least ${PASSWORD_LEAST} characters, for example four or five random words.`}
      aside={
        <span className="tabular-nums">
          {t`${plural(count, { one: '# character', other: '# characters' })}`}
        </span>
      }
    >
      <PasswordInput
        ref={inputRef}
        name="new-password"
        autoComplete="new-password"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}

/** What is wrong with a chosen password before it is sent; null if nothing is. */
export function useNewPasswordFault(): (password: string) => string | null {
  const { t } = useLingui()
  return (password) =>
    [...password].length < PASSWORD_LEAST
      ? t`Use at least ${PASSWORD_LEAST} characters.`
      : null
}
