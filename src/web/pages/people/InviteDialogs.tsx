/** The dialogs that make a link: for a new person, and for a new password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'

import type { Role } from '#contract/endpoints.ts'
import type { Area } from '#contract/people/area.ts'
import { NAME_MOST, type Invited, type PersonRow } from '#contract/people/people.ts'

import { problemOf } from '../../api/client.ts'
import { invitePerson, makeInvitation, peopleQuery } from '../../api/people.ts'
import { useOnce } from '../../api/use-once.ts'
import { faultyField } from '../../components/people/people-faults.ts'
import { PeopleProblem } from '../../components/people/PeopleProblem.tsx'
import { useProblemWords } from '../../components/problem-words.ts'
import { Button } from '../../ui/Button.tsx'
import { CancelButton } from '../../ui/CancelButton.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { firstPress } from '../../ui/first-press.ts'
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
    // The button that had the focus has gone, and what was pressed twice there would lose the link.
    <Button ref={focusOn} variant="primary" {...firstPress(onClose)}>
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

/** What is entered of a new person, and how the invitation goes. */
function useInvitation() {
  const readAgain = useReadAgain()
  const [typed, setTyped] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [invited, setInvited] = useState<Invited>()
  const input = useRef<HTMLInputElement>(null)
  const limit = useLimit(role)
  const sending = useOnce({
    send: () => invitePerson({ name: typed.trim(), role, area: limit.area }),
    closes: true,
    onSuccess: (made) => {
      setInvited(made)
      void readAgain()
    },
    onError: () => input.current?.focus(),
  })
  return { typed, setTyped, role, setRole, limit, input, sending, invited }
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const wordsOf = useProblemWords()
  const { typed, setTyped, role, setRole, limit, input, sending, invited } = useInvitation()
  const [tried, setTried] = useState(false)
  const problem = sending.error ? problemOf(sending.error) : undefined
  const isName = faultyField(problem) === 'name'
  const missing = tried && !typed.trim() ? t`Enter a name.` : null
  const name = invited?.person.name
  // One dialog for both: when it was a second one, the first took the focus to the page as it went.
  if (invited)
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
  return (
    <Dialog
      open
      title={t`Invite person`}
      dismissible={!sending.isPending}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (typed.trim()) sending.mutate()
        else input.current?.focus()
      }}
      footer={
        <>
          <CancelButton pending={sending.isPending} onClick={onClose} />
          <Button type="submit" variant="primary" pending={sending.isPending}>
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
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value)
              if (sending.error) sending.reset()
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
  const [invited, setInvited] = useState<Invited>()
  const make = useOnce({
    send: () => makeInvitation(person.id),
    closes: true,
    onSuccess: (made) => {
      setInvited(made)
      void readAgain()
    },
    onError: readAgain,
  })
  const { name, joined } = person
  return (
    <Dialog
      open
      role="alertdialog"
      title={invited ? t`Link for ${name}` : t`Create link for ${name}`}
      dismissible={!make.isPending}
      onClose={onClose}
      footer={
        invited ? (
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
      {invited ? (
        <LinkShown invited={invited} />
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
