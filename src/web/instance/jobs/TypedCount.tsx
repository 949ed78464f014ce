import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'

import { formatNumber } from '../../components/format.ts'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'

/**
 * A field in which the number of instances is typed before something is sent for many of them.
 * `missing` says what is still to do, or is null.
 */
export function useTypedCount(
  count: number,
  needed: boolean,
): { missing: string | null; field: ReactNode } {
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  if (!needed || count === 0) return { missing: null, field: null }
  const shown = formatNumber(count)
  const isTyped = [String(count), shown].includes(typed.trim())
  return {
    missing: isTyped ? null : t`Type the number to confirm.`,
    field: (
      <Field label={t`Type ${shown} to confirm`}>
        <TextInput
          inputMode="numeric"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </Field>
    ),
  }
}
