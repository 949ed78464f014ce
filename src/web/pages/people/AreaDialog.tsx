/** The dialog that limits a person to zones and labels. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { changePerson } from '../../api/people.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { AreaField, areaToSend, type AreaChoice } from './AreaField.tsx'
import { useReadAgain } from './InviteDialogs.tsx'

export function AreaDialog({
  person,
  onClose,
}: {
  person: PersonRow
  onClose: () => void
}) {
  const { t } = useLingui()
  const readAgain = useReadAgain()
  const [area, setArea] = useState<AreaChoice>(person.area ?? {})
  const change = useMutation({
    mutationFn: () => changePerson(person.id, { area: areaToSend(area) }),
    onSuccess: onClose,
    onSettled: readAgain,
  })
  const { name } = person
  return (
    <Dialog
      open
      title={t`Limit access of ${name}`}
      dismissible={!change.isPending}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        if (!change.isPending) change.mutate()
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
      {change.error && <PeopleProblem problem={problemOf(change.error)} />}
    </Dialog>
  )
}
