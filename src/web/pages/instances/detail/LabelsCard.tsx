import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { problemOf } from '../../../api/client.ts'
import { resetInstanceLabels, updateInstance } from '../../../api/mutations.ts'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useBlock } from '../actions.tsx'
import { LabelRows, type LabelRow } from '../LabelRows.tsx'
import { useInstance } from './instance-context.ts'
import { labelChanges, labelFault, labelsOf } from './label-changes.ts'

/** Labels are replaced as a whole, so what will change is shown before it is sent. */
export function LabelsCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const block = useBlock(row)
  const now = row.labels ?? {}
  // Only while somebody edits: until then the labels are the feed's.
  const [draft, setDraft] = useState<LabelRow[]>()
  const rows = draft ?? Object.entries(now).map(([key, value]) => ({ key, value }))
  const wanted = labelsOf(rows)
  const fault = labelFault(rows)
  const changes = labelChanges(now, wanted)
  const save = useMutation({
    mutationFn: () =>
      Object.keys(wanted).length === 0
        ? resetInstanceLabels(row)
        : updateInstance(row, { labels: wanted }),
    onSuccess: () => setDraft(undefined),
  })
  const faults = {
    'no-key': t`Every label needs a key.`,
    twice: t`A key may occur only once.`,
  }
  const why = fault ? faults[fault] : changes.length === 0 ? t`Nothing has changed.` : block
  return (
    <Card title={t`Labels`}>
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!why) save.mutate()
        }}
      >
        <LabelRows rows={rows} invalid={fault !== undefined} onChange={setDraft} />
        {fault && <p className="text-sm text-error">{faults[fault]}</p>}
        {changes.length > 0 && (
          <ul className="font-mono text-xs" translate="no" aria-label={t`What will change`}>
            {changes.map((line) => (
              <li
                key={line}
                className={line.startsWith('+') ? 'text-running' : 'text-error'}
              >
                {line}
              </li>
            ))}
          </ul>
        )}
        {save.error && <ProblemNotice problem={problemOf(save.error)} />}
        {draft && (
          <div className="mt-2 flex gap-2">
            <Button
              type="submit"
              variant="primary"
              pending={save.isPending}
              disabledReason={why}
            >
              <Trans>Save labels</Trans>
            </Button>
            <Button onClick={() => setDraft(undefined)}>
              <Trans>Discard</Trans>
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}
