import { Trans, useLingui } from '@lingui/react/macro'

import { NOTE_MAX } from '#contract/timeline.ts'

import { formatRelative } from '../../../components/format.ts'
import { useRoleNeed } from '../../../components/people/role-block.ts'
import { useNow } from '../../../hooks/use-now.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { useInstance } from './instance-context.ts'
import { NoteTrouble } from './NoteTrouble.tsx'
import { useNote } from './use-note.ts'

/** A note about an instance for the whole team; Exoscale has no place for it. */
export function NoteCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const editing = useNote(row.id)
  const { note, text, isKnown, isChanged, isConflict, isSaving } = editing
  const now = useNow(true, 30_000)
  const block = useRoleNeed()('operator')
  const by = note?.by
  const age = note ? formatRelative(note.at, now) : ''
  return (
    <Card title={t`Note`}>
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          editing.save()
        }}
      >
        <TextArea
          aria-label={t`Note`}
          rows={2}
          maxLength={NOTE_MAX}
          readOnly={block !== null || !isKnown}
          placeholder={
            isKnown ? t`Add information for your team` : editing.unread ? '' : t`Loading…`
          }
          value={text}
          onChange={({ target }) => editing.change(target.value)}
        />
        <div className="flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
          <span>
            {note && (
              <>
                <Trans>
                  Last edited by {by} {age}.
                </Trans>{' '}
              </>
            )}
            {block ?? <Trans>Saved in Vedette only.</Trans>}
          </span>
          {isChanged && !isConflict && (
            <span className="flex gap-2">
              <Button size="sm" onClick={editing.discard}>
                <Trans>Discard changes</Trans>
              </Button>
              <Button
                size="sm"
                type="submit"
                variant="primary"
                pending={isSaving}
                disabledReason={block}
              >
                <Trans>Save note</Trans>
              </Button>
            </span>
          )}
        </div>
        <NoteTrouble editing={editing} />
      </form>
    </Card>
  )
}
