import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { NOTE_MAX } from '#contract/timeline.ts'

import { problemOf } from '../../../api/client.ts'
import { writeNote } from '../../../api/mutations.ts'
import { timelineQuery } from '../../../api/queries.ts'
import { formatRelative } from '../../../components/format.ts'
import { useRoleNeed } from '../../../components/people/role-block.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { useNow } from '../../../hooks/use-now.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { useInstance } from './instance-context.ts'

/** A note about an instance for the whole team; Exoscale has no place for it. */
export function NoteCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const queries = useQueryClient()
  const query = timelineQuery(row.zone, row.id)
  const { data } = useQuery(query)
  const now = useNow(true, 30_000)
  const [typed, setTyped] = useState<string>()
  const note = data?.notes[row.id]
  const block = useRoleNeed()('operator')
  const save = useMutation({
    mutationFn: (text: string) => writeNote(row, text),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: query.queryKey })
      setTyped(undefined)
    },
  })
  const changed = typed !== undefined && typed.trim() !== (note?.text ?? '')
  const by = note?.by
  const age = note ? formatRelative(note.at, now) : ''
  return (
    <Card title={t`Note`}>
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed !== undefined) save.mutate(typed)
        }}
      >
        <TextArea
          aria-label={t`Note`}
          rows={2}
          maxLength={NOTE_MAX}
          readOnly={block !== null}
          placeholder={t`Add information for your team`}
          value={typed ?? note?.text ?? ''}
          onChange={({ target }) => setTyped(target.value)}
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
          {changed && (
            <span className="flex gap-2">
              <Button size="sm" onClick={() => setTyped(undefined)}>
                <Trans>Discard changes</Trans>
              </Button>
              <Button
                size="sm"
                type="submit"
                variant="primary"
                pending={save.isPending}
                disabledReason={block}
              >
                <Trans>Save note</Trans>
              </Button>
            </span>
          )}
        </div>
        {save.error && <ProblemNotice problem={problemOf(save.error)} />}
      </form>
    </Card>
  )
}
