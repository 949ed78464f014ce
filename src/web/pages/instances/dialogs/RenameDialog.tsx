import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { NAME_MAX } from '#contract/limits.ts'

import { useInventory } from '../../../api/inventory.ts'
import { updateInstance } from '../../../api/mutations.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'

export function RenameDialog({ row, name: current, to, onClose }: DialogProps) {
  const { t } = useLingui()
  // The name that was shown when it was asked; somebody may give another meanwhile.
  const [name, setName] = useState(current)
  const [text, setText] = useState(to ?? name)
  const rows = useInventory((state) => state.rows)
  const wanted = text.trim()
  const twin = [...rows.values()].some(
    (one) => one.zone === row.zone && one.id !== row.id && one.name === wanted,
  )
  const mutation = useMutation({
    mutationFn: () => updateInstance(row, { name: wanted }, { name }),
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
      disabledReason={
        current === name ? why : t`Choose first what becomes of the other change.`
      }
      calls={[{ part: 'change', endpoint: 'update-instance', body: { name: wanted } }]}
    >
      {current !== name && (
        <Banner
          kind="warning"
          title={t`Somebody else renamed it to ${current} meanwhile`}
          action={
            <Button
              size="sm"
              onClick={() => {
                mutation.reset()
                setName(current)
              }}
            >
              <Trans>Rename it all the same</Trans>
            </Button>
          }
        />
      )}
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
