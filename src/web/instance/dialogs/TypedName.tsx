import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'

import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'

/**
 * Requires the name to be typed before data is deleted; pasting is allowed. Returns the field and, until
 * the name is right, why the button can't be used yet.
 */
export function useTypedName(name: string): { field: ReactNode; missing: string | null } {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  return {
    field: (
      <Field label={t`Type ${name} to confirm`}>
        <TextInput
          value={typed}
          translate="no"
          onChange={({ target }) => setTyped(target.value)}
        />
      </Field>
    ),
    missing: typed.trim() === name.trim() ? null : t`Type the name to confirm.`,
  }
}
