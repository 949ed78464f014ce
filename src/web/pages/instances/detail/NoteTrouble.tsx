/** Says why a note isn't shown or saved, and offers the ways out: what was typed stays. */
import { Trans, useLingui } from '@lingui/react/macro'

import { problemOf } from '../../../api/client.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import type { NoteEditing } from './use-note.ts'

export function NoteTrouble({ editing }: { editing: NoteEditing }) {
  const { t } = useLingui()
  const { note, unread, isChanged, isConflict, error } = editing
  if (unread)
    return (
      <ProblemNotice
        problem={problemOf(unread)}
        title={t`Couldn’t read the note`}
        action={
          <Button size="sm" pending={editing.isReading} onClick={editing.readAgain}>
            <Trans>Retry</Trans>
          </Button>
        }
      />
    )
  if (isConflict)
    return (
      <Banner kind="warning" title={t`Someone else changed this note at the same time`}>
        <p className="max-h-48 ui-scroll overflow-auto break-words whitespace-pre-wrap text-text">
          {note?.text ?? t`The note was removed.`}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" onClick={editing.discard}>
            <Trans>Use their changes</Trans>
          </Button>
          <Button size="sm" onClick={editing.saveAnyway}>
            <Trans>Save mine anyway</Trans>
          </Button>
        </div>
      </Banner>
    )
  if (!error || !isChanged) return null
  return (
    <ProblemNotice
      problem={problemOf(error)}
      title={t`Couldn’t save the note`}
      action={
        <Button size="sm" onClick={editing.save}>
          <Trans>Retry</Trans>
        </Button>
      }
    />
  )
}
