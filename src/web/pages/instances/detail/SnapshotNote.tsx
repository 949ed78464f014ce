/** Shows a snapshot's note and edits it in place: Enter saves, Escape discards. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { NOTE_MAX } from '#contract/timeline.ts'

import { problemOf } from '../../../api/client.ts'
import { writeNote } from '../../../api/mutations.ts'
import { timelineQuery } from '../../../api/queries.ts'
import { useRoleNeed } from '../../../components/people/role-block.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button, inertClick } from '../../../ui/Button.tsx'
import { CancelButton } from '../../../ui/CancelButton.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { Tooltip } from '../../../ui/Tooltip.tsx'
import { useInstance } from './instance-context.ts'

const focusAll = (input: HTMLInputElement | null) => input?.select()

function NoteForm(props: {
  snapshotId: string
  moment: string
  text: string
  onClose: () => void
}) {
  const { t } = useLingui()
  const { snapshotId, moment, text, onClose } = props
  const { row } = useInstance()
  const queries = useQueryClient()
  const [typed, setTyped] = useState(text)
  const save = useMutation({
    mutationFn: () => writeNote({ zone: row.zone, id: snapshotId }, typed),
    onSuccess: async () => {
      const { queryKey } = timelineQuery(row.zone, row.id)
      await queries.invalidateQueries({ queryKey })
      onClose()
    },
  })
  return (
    <form
      aria-label={t`Note for snapshot ${moment}`}
      className="my-1 grid gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() === text) onClose()
        else if (!save.isPending) save.mutate()
      }}
    >
      <div className="flex flex-wrap gap-2">
        <TextInput
          ref={focusAll}
          aria-label={t`Note`}
          className="min-w-0 grow basis-48"
          maxLength={NOTE_MAX}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && !save.isPending && onClose()}
        />
        <Button type="submit" size="sm" variant="primary" pending={save.isPending}>
          {text && !typed.trim() ? t`Remove note` : t`Save note`}
        </Button>
        <CancelButton size="sm" pending={save.isPending} onClick={onClose} />
      </div>
      {save.error && <ProblemNotice problem={problemOf(save.error)} />}
    </form>
  )
}

export function SnapshotNote({
  snapshotId,
  moment,
}: {
  snapshotId: string
  moment: string
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  const { data: timeline } = useQuery(timelineQuery(row.zone, row.id))
  const [editing, setEditing] = useState(false)
  const block = useRoleNeed()('operator')
  const opener = useRef<HTMLButtonElement>(null)
  const closed = useRef(false)
  // The focus returns to the button, which is back only after the form is gone.
  useEffect(() => {
    if (!editing && closed.current) opener.current?.focus()
    closed.current = editing
  }, [editing])
  const text = timeline?.notes[snapshotId]?.text ?? ''
  if (editing)
    return <NoteForm {...{ snapshotId, moment, text }} onClose={() => setEditing(false)} />
  if (!timeline) return null
  const edit = () => setEditing(true)
  if (!text)
    return (
      <Tooltip text={block} delayMs={100}>
        <button
          ref={opener}
          type="button"
          aria-label={t`Add note to snapshot ${moment}`}
          aria-disabled={block ? true : undefined}
          className="text-xs text-muted underline decoration-dotted underline-offset-2 not-aria-disabled:hover:text-text"
          onClick={block ? inertClick : edit}
        >
          <Trans>Add note</Trans>
        </button>
      </Tooltip>
    )
  return (
    <p className="flex items-center gap-1">
      <span className="min-w-0 break-words" title={t`Saved in Vedette only.`}>
        {text}
      </span>
      <IconButton
        ref={opener}
        label={t`Edit note for snapshot ${moment}`}
        size="sm"
        disabledReason={block}
        onClick={edit}
      >
        <Pencil />
      </IconButton>
    </p>
  )
}
