/** The dialogs that change or delete a person. A refusal is shown inside, and nothing typed is discarded. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'

import { NAME_MOST, type PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { deletePerson } from '../../api/people.ts'
import { useOnce } from '../../api/use-once.ts'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { ChangeProblem } from './ChangeProblem.tsx'
import { useReadAgain } from './InviteDialogs.tsx'
import { RoleField } from './RoleField.tsx'
import { useChange } from './use-change.ts'

type DialogProps = { person: PersonRow; onClose: () => void }

function Shape({
  title,
  button,
  danger = false,
  pending,
  onSend,
  onClose,
  children,
}: {
  title: string
  button: string
  danger?: boolean
  pending: boolean
  onSend: () => void
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog
      open
      role={danger ? 'alertdialog' : 'dialog'}
      title={title}
      dismissible={!pending}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
      footer={
        <>
          <CancelButton pending={pending} onClick={onClose} />
          <Button type="submit" variant={danger ? 'danger' : 'primary'} pending={pending}>
            <span className="min-w-0 truncate">{button}</span>
          </Button>
        </>
      }
    >
      <div className="grid gap-3 text-sm">{children}</div>
    </Dialog>
  )
}

export function RoleDialog({ person, onClose }: DialogProps) {
  const { t } = useLingui()
  const [role, setRole] = useState(person.role)
  const change = useChange(person, onClose)
  const { seen } = change
  const { name } = seen
  return (
    <Shape
      title={t`Change role of ${name}`}
      button={t`Change role`}
      pending={change.isPending}
      onSend={() => (role === seen.role ? onClose() : change.mutate({ role }))}
      onClose={onClose}
    >
      <RoleField
        value={role}
        onChange={(next) => {
          setRole(next)
          change.reset()
        }}
      />
      <ChangeProblem change={change} />
    </Shape>
  )
}

export function RenameDialog({ person, onClose }: DialogProps) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const [name, setName] = useState(person.name)
  const change = useChange(person, onClose)
  const problem = change.error ? problemOf(change.error) : undefined
  const isName = faultyField(problem) === 'name'
  const before = change.seen.name
  const wanted = name.trim()
  return (
    <Shape
      title={t`Rename ${before}`}
      button={t`Rename ${before}`}
      pending={change.isPending}
      onSend={() => {
        if (wanted === before) onClose()
        else if (wanted) change.mutate({ name: wanted })
      }}
      onClose={onClose}
    >
      <Field
        label={t`Name`}
        required
        hint={t`The person signs in with the new name from now on.`}
        error={isName && problem ? wordsOf(problem) : wanted ? null : t`Enter a name.`}
      >
        <TextInput
          translate="no"
          maxLength={NAME_MOST}
          value={name}
          onChange={({ target }) => {
            setName(target.value)
            if (change.error) change.reset()
          }}
        />
      </Field>
      {!isName && <ChangeProblem change={change} />}
    </Shape>
  )
}

export function DisableDialog({ person, onClose }: DialogProps) {
  const { t } = useLingui()
  const change = useChange(person, onClose)
  const { name } = person
  return (
    <Shape
      danger
      title={t`Disable ${name}`}
      button={t`Disable ${name}`}
      pending={change.isPending}
      onSend={() => change.mutate({ disabled: true })}
      onClose={onClose}
    >
      <p>
        <Trans>
          All sessions of {name} end at once, and {name} can’t sign in until you enable the
          account again.
        </Trans>
      </p>
      {change.error && <PeopleProblem problem={problemOf(change.error)} />}
    </Shape>
  )
}

export function DeleteDialog({ person, onClose }: DialogProps) {
  const { t } = useLingui()
  const readAgain = useReadAgain()
  const remove = useOnce({
    send: () => deletePerson(person.id),
    closes: true,
    onSuccess: () => {
      onClose()
      void readAgain()
    },
    onError: readAgain,
  })
  const { name, provider } = person
  return (
    <Shape
      danger
      title={t`Delete ${name}`}
      button={t`Delete ${name}`}
      pending={remove.isPending}
      onSend={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        <Trans>
          The account is permanently deleted, and all sessions of {name} end at once. What{' '}
          {name} has done stays in the history.
        </Trans>
      </p>
      {provider !== undefined && (
        <p>
          <Trans>
            {name} can sign in with {provider} again. To prevent that, disable the account
            instead.
          </Trans>
        </p>
      )}
      <p>
        <Trans>You can’t undo this.</Trans>
      </p>
      {remove.error && <PeopleProblem problem={problemOf(remove.error)} />}
    </Shape>
  )
}
