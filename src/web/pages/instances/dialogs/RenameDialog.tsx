import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { NAME_MAX } from '#contract/limits.ts'

import { useInventory } from '../../../api/inventory.ts'
import { updateInstance } from '../../../api/mutations.ts'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'

export function RenameDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const [text, setText] = useState(name)
  const rows = useInventory((state) => state.rows)
  const wanted = text.trim()
  const twin = [...rows.values()].some(
    (one) => one.zone === row.zone && one.id !== row.id && one.name === wanted,
  )
  const mutation = useMutation({
    mutationFn: () => updateInstance(row, { name: wanted }),
    onSuccess: onClose,
  })
  const tooLong = wanted.length > NAME_MAX
  const why = !wanted
    ? t`Type a name first.`
    : tooLong
      ? t`Use at most ${NAME_MAX} characters.`
      : wanted === name
        ? t`That is its name now.`
        : null
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Rename ${name}`}
      disabledReason={why}
      calls={[{ part: 'change', endpoint: 'update-instance', body: { name: wanted } }]}
    >
      <Field
        label={t`New name`}
        error={tooLong ? why : null}
        hint={
          twin
            ? t`Another instance of this zone has this name; both may keep it.`
            : t`The system inside keeps its own host name.`
        }
      >
        <TextInput
          value={text}
          translate="no"
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
    </AskDialog>
  )
}
