/** The dialog that limits a person to zones and labels. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import type { PersonRow } from '#contract/people/people.ts'

import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { AreaField, areaToSend, type AreaChoice } from './AreaField.tsx'
import { ChangeProblem } from './ChangeProblem.tsx'
import { useChange } from './use-change.ts'

export function AreaDialog({
  person,
  onClose,
}: {
  person: PersonRow
  onClose: () => void
}) {
  const { t } = useLingui()
  const [area, setArea] = useState<AreaChoice>(person.area ?? {})
  const change = useChange(person, onClose)
  const { name } = change.seen
  return (
    <Dialog
      open
      title={t`Limit access of ${name}`}
      dismissible={!change.isPending}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate({ area: areaToSend(area) })
      }}
      footer={
        <>
          <CancelButton pending={change.isPending} onClick={onClose} />
          <Button type="submit" variant="primary" pending={change.isPending}>
            <Trans>Save access</Trans>
          </Button>
        </>
      }
    >
      <AreaField
        value={area}
        onChange={(next) => {
          setArea(next)
          change.reset()
        }}
      />
      <ChangeProblem change={change} />
    </Dialog>
  )
}
