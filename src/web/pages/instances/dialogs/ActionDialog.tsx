import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { problemOf } from '../../../api/client.ts'
import { deleteInstance, rebootInstance, stopInstance } from '../../../api/mutations.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { LazyDialog } from '../../../ui/LazyDialog.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'

export type Asking = 'stop' | 'reboot' | 'delete'
type Target = { zone: string; id: string; name: string }

const runs = { stop: stopInstance, reboot: rebootInstance, delete: deleteInstance }

/** The question before an action; bound to the instance it was opened for. */
export function ActionDialog(props: {
  asking: Asking
  target: Target
  onClose: () => void
}) {
  const { asking, target, onClose } = props
  const { name } = target
  const { t } = useLingui()
  const [typed, setTyped] = useState('')
  const mutation = useMutation({
    mutationFn: () => runs[asking](target),
    onSuccess: onClose,
  })
  const words = {
    stop: [t`Stop ${name}`, t`It goes offline. Disk, addresses and labels stay.`],
    reboot: [t`Reboot ${name}`, t`It is offline until it has started again.`],
    delete: [t`Delete ${name}`, t`Its disk and all its snapshots are lost for good.`],
  } as const
  const [verb, consequence] = words[asking]
  const untyped = asking === 'delete' && typed !== name
  return (
    <LazyDialog
      open
      onClose={onClose}
      role="alertdialog"
      title={verb}
      description={consequence}
      dismissible={!mutation.isPending}
      onSubmit={(event) => {
        event.preventDefault()
        if (!untyped) mutation.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            variant={asking === 'delete' ? 'danger' : 'primary'}
            pending={mutation.isPending}
            disabledReason={untyped ? t`Type the name first.` : null}
          >
            {verb}
          </Button>
        </>
      }
    >
      {asking === 'delete' && (
        <Field label={t`Type ${name} to confirm`}>
          <TextInput
            value={typed}
            onChange={({ target: input }) => setTyped(input.value)}
          />
        </Field>
      )}
      {mutation.error && <ProblemNotice problem={problemOf(mutation.error)} />}
    </LazyDialog>
  )
}
