import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { BulkAction } from '../../../instance/jobs/bulk.ts'
import { mustType } from '../../../instance/jobs/job-view.ts'
import { useTypedCount } from '../../../instance/jobs/TypedCount.tsx'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'

/** What has to be filled in first, and why the requests can't be sent yet. */
export function useBulkInput(action: BulkAction, count: number) {
  const { t } = useLingui()
  const [label, setLabel] = useState({ key: '', value: '' })
  const typed = useTypedCount(count, mustType(action, count))
  if (action !== 'label') return { missing: typed.missing, fields: typed.field }
  const key = label.key.trim()
  return {
    label: { key, value: label.value.trim() },
    missing: key ? typed.missing : t`Enter a key for the label.`,
    fields: (
      <>
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
        {typed.field}
      </>
    ),
  }
}
