import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { NAME_MAX } from '#contract/limits.ts'

import { useInventory } from '../../api/inventory.ts'
import { callOf } from '../../api/mutations.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { AskDialog } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { useCall } from './use-call.ts'

export function RenameDialog({ row, name: current, to, onClose }: DialogProps) {
  const { t } = useLingui()
  // The name that was shown when the dialog opened; someone else may change it since.
  const [name, setName] = useState(current)
  const [text, setText] = useState(to ?? name)
  const rows = useInventory((state) => state.rows)
  const wanted = text.trim()
  const twin = [...rows.values()].some(
    (one) => one.zone === row.zone && one.id !== row.id && one.name === wanted,
  )
  const { mutation, calls } = useCall(
    callOf(row, { part: 'change', endpoint: 'update-instance', body: { name: wanted } }),
    onClose,
    { name },
  )
  const tooLong = wanted.length > NAME_MAX
  const why = !wanted
    ? t`Enter a name.`
    : tooLong
      ? t`Use at most ${NAME_MAX} characters.`
      : wanted === name
        ? t`Enter a different name.`
        : null
  return (
    <AskDialog
      {...{ row, mutation, calls, onClose }}
      verb={t`Rename ${name}`}
      disabledReason={
        current === name ? why : t`Resolve the conflict with the other changes first.`
      }
    >
      {current !== name && (
        <Banner
          kind="warning"
          title={t`Someone else renamed this instance to ${current}`}
          action={
            <Button
              size="sm"
              onClick={() => {
                mutation.reset()
                setName(current)
              }}
            >
              <Trans>Rename anyway</Trans>
            </Button>
          }
        />
      )}
      <Field
        label={t`New name`}
        error={tooLong ? why : null}
        hint={
          twin
            ? t`Another instance in this zone has this name. You can still use it.`
            : t`The hostname in the operating system doesn’t change.`
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
