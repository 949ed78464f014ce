/** Shows a snapshot's note and edits it in place: Enter saves, Escape discards. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import { NOTE_MAX } from '#contract/timeline.ts'

import { timelineQuery } from '../../../api/queries.ts'
import { useRoleNeed } from '../../../components/people/role-block.ts'
import { Button, inertClick } from '../../../ui/Button.tsx'
import { CancelButton } from '../../../ui/CancelButton.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { Tooltip } from '../../../ui/Tooltip.tsx'
import { useInstance } from './instance-context.ts'
import { NoteTrouble } from './NoteTrouble.tsx'
import { useNote } from './use-note.ts'

const focusAll = (input: HTMLInputElement | null) => input?.select()

function NoteForm(props: { snapshotId: string; moment: string; onClose: () => void }) {
  const { t } = useLingui()
  const { snapshotId, moment, onClose } = props
  const editing = useNote(snapshotId, onClose)
  const { note, text, isChanged, isConflict, isSaving } = editing
  return (
    <form
      aria-label={t`Note for snapshot ${moment}`}
      className="my-1 grid gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSaving || isConflict) return
        if (isChanged) editing.save()
        else onClose()
      }}
    >
      <div className="flex flex-wrap gap-2">
        <TextInput
          ref={focusAll}
          aria-label={t`Note`}
          className="min-w-0 grow basis-48"
          maxLength={NOTE_MAX}
          value={text}
          onChange={({ target }) => editing.change(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && !isSaving && onClose()}
        />
        <Button type="submit" size="sm" variant="primary" pending={isSaving}>
          {note && !text.trim() ? t`Remove note` : t`Save note`}
        </Button>
        <CancelButton size="sm" pending={isSaving} onClick={onClose} />
      </div>
      <NoteTrouble editing={editing} />
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
    return <NoteForm {...{ snapshotId, moment }} onClose={() => setEditing(false)} />
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
