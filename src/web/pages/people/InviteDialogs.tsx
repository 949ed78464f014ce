/** The dialogs that make a link: for a new person, and for a new password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'

import type { Role } from '#contract/endpoints.ts'
import type { Area } from '#contract/people/area.ts'
import { NAME_MOST, type Invited, type PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { invitePerson, makeInvitation, peopleQuery } from '../../api/people.ts'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { AreaField, areaToSend, type AreaChoice } from './AreaField.tsx'
import { LinkShown } from './LinkShown.tsx'
import { RoleField } from './RoleField.tsx'

/** Reads the list again, also where someone else has changed it in the meantime. */
export function useReadAgain(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: peopleQuery.queryKey })
}

const focusOn = (button: HTMLButtonElement | null) => button?.focus()

function DoneButton({ onClose }: { onClose: () => void }) {
  return (
    // The button that had the focus has gone.
    <Button ref={focusOn} variant="primary" onClick={onClose}>
      <Trans>Done</Trans>
    </Button>
  )
}

/** What a new person is limited to, and the field for it; admins aren't limited. */
function useLimit(role: Role): { area: Area | null; field: ReactNode } {
  const { t } = useLingui()
  const [area, setArea] = useState<AreaChoice>({})
  const [chosen, setChosen] = useState(false)
  if (role === 'admin') return { area: null, field: null }
  const field = (
    <>
      <Checkbox
        label={t`Limit access to zones or labels`}
        checked={chosen}
        onChange={({ target }) => setChosen(target.checked)}
      />
      {chosen && <AreaField value={area} onChange={setArea} />}
    </>
  )
  return { area: chosen ? areaToSend(area) : null, field }
}

function InvitedDialog({ invited, onClose }: { invited: Invited; onClose: () => void }) {
  const { t } = useLingui()
  const { name } = invited.person
  return (
    <Dialog
      open
      // Closed by mistake, the link is lost.
      role="alertdialog"
      title={t`Link for ${name}`}
      onClose={onClose}
      footer={<DoneButton onClose={onClose} />}
    >
      <LinkShown invited={invited} />
    </Dialog>
  )
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const readAgain = useReadAgain()
  const wordsOf = useProblemWords()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [tried, setTried] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const limit = useLimit(role)
  const invite = useMutation({
    mutationFn: () => invitePerson({ name: name.trim(), role, area: limit.area }),
    onSuccess: readAgain,
    onError: () => input.current?.focus(),
  })
  const problem = invite.error ? problemOf(invite.error) : undefined
  const isName = faultyField(problem) === 'name'
  const missing = tried && !name.trim() ? t`Enter a name.` : null
  if (invite.data)
    return <InvitedDialog key="link" invited={invite.data} onClose={onClose} />
  return (
    <Dialog
      key="form"
      open
      title={t`Invite person`}
      dismissible={!invite.isPending}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!name.trim()) input.current?.focus()
        else if (!invite.isPending) invite.mutate()
      }}
      footer={
        <>
          <CancelButton pending={invite.isPending} onClick={onClose} />
          <Button type="submit" variant="primary" pending={invite.isPending}>
            <Trans>Invite person</Trans>
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <Field
          label={t`Name`}
          required
          hint={t`The person signs in with this name, and others see it next to what they do.`}
          error={isName && problem ? wordsOf(problem) : missing}
        >
          <TextInput
            ref={input}
            translate="no"
            maxLength={NAME_MOST}
            value={name}
            onChange={({ target }) => {
              setName(target.value)
              if (invite.error) invite.reset()
            }}
          />
        </Field>
        <RoleField value={role} onChange={setRole} />
        {limit.field}
        {problem && !isName && <PeopleProblem problem={problem} />}
      </div>
    </Dialog>
  )
}

/** A new link, for someone who has lost the last one or the password. */
export function LinkDialog({
  person,
  onClose,
}: {
  person: PersonRow
  onClose: () => void
}) {
  const { t } = useLingui()
  const readAgain = useReadAgain()
  const make = useMutation({
    mutationFn: () => makeInvitation(person.id),
    onSettled: readAgain,
  })
  const { name, joined } = person
  return (
    <Dialog
      open
      role="alertdialog"
      title={make.data ? t`Link for ${name}` : t`Create link for ${name}`}
      dismissible={!make.isPending}
      onClose={onClose}
      footer={
        make.data ? (
          <DoneButton onClose={onClose} />
        ) : (
          <>
            <CancelButton pending={make.isPending} onClick={onClose} />
            <Button
              variant="primary"
              pending={make.isPending}
              onClick={() => make.mutate()}
            >
              {t`Create link for ${name}`}
            </Button>
          </>
        )
      }
    >
      {make.data ? (
        <LinkShown invited={make.data} />
      ) : (
        <div className="grid gap-3 text-sm">
          <p>
            {joined ? (
              <Trans>
                {name} can choose a new password with the link. The current password and all
                sessions of {name} end then.
              </Trans>
            ) : (
              <Trans>The last link for {name} stops working.</Trans>
            )}
          </p>
          {make.error && <PeopleProblem problem={problemOf(make.error)} />}
        </div>
      )}
    </Dialog>
  )
}
