import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import type { BulkAction } from './bulk.ts'
import type { Label } from './use-bulk-run.ts'

/** What has to be filled in first, and why the requests can't be sent yet. */
export function useBulkInput(action: BulkAction, count: number) {
  const { t } = useLingui()
  const [label, setLabel] = useState<Label>({ key: '', value: '' })
  const [typed, setTyped] = useState('')
  if (action === 'label')
    return {
      label,
      missing: label.key.trim() ? null : t`Enter a key for the label.`,
      fields: (
        <div className="grid grid-cols-2 gap-2">
          <Field label={t({ message: 'Key', context: 'label' })}>
            <TextInput
              value={label.key}
              onChange={({ target }) => setLabel({ ...label, key: target.value })}
            />
          </Field>
          <Field label={t`Value`}>
            <TextInput
              value={label.value}
              onChange={({ target }) => setLabel({ ...label, value: target.value })}
            />
          </Field>
        </div>
      ),
    }
  if (action === 'delete')
    return {
      label,
      missing: typed.trim() === String(count) ? null : t`Type the number to confirm.`,
      fields: (
        <Field label={t`Type ${count} to confirm`}>
          <TextInput
            inputMode="numeric"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      ),
    }
  return { label, missing: null, fields: null }
}
