import { Trans, useLingui } from '@lingui/react/macro'
import { Palette } from 'lucide-react'
import { useState } from 'react'

import { withLabelChange } from '#contract/again.ts'
import type { Labels } from '#contract/trace.ts'

import { resetInstanceLabels, updateInstance } from '../../../api/mutations.ts'
import { useOnce } from '../../../api/use-once.ts'
import { useLabelColorEntries } from '../../../components/marks/use-label-colors.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { useAddress, withParameter } from '../../../hooks/use-address.ts'
import { useBlock } from '../../../instance/actions.tsx'
import { useLabelColors } from '../../../stores/label-colors.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { LabelRows, type LabelRow } from '../LabelRows.tsx'
import { useInstance } from './instance-context.ts'
import { labelChanges, labelFault, labelsOf, readLabelChange } from './label-changes.ts'
import { ChangeLines, LabelConflict } from './LabelConflict.tsx'

/** The edited labels, and those that were shown when the editing began. */
type Draft = { shown: Labels; rows: LabelRow[] }

const rowsOf = (labels: Labels): LabelRow[] =>
  Object.entries(labels).map(([key, value]) => ({ key, value }))

/**
 * An edit of the labels. They are replaced as a whole, so the changes are shown before they are
 * sent, and a change by someone else is never overwritten unseen: neither one that the feed
 * reports during the edit, nor one that the server finds when it reads the labels again.
 */
function useLabelDraft() {
  const { row } = useInstance()
  const now = row.labels ?? {}
  const [search, setAddress] = useAddress()
  // The address may contain a change to begin with: that is how an earlier one is repeated.
  const asked = search.get('labels')
  const [begun, setBegun] = useState<string | null>(null)
  // Only during an edit: until then the labels come from the feed.
  const [draft, setDraft] = useState<Draft>()
  if (asked !== begun) {
    setBegun(asked)
    const change = readLabelChange(asked)
    if (change) setDraft({ shown: now, rows: rowsOf(withLabelChange(now, change)) })
  }
  const rows = draft?.rows ?? rowsOf(now)
  const shown = draft?.shown ?? now
  const wanted = labelsOf(rows)
  const conflict = draft !== undefined && labelChanges(shown, now).length > 0
  const done = () => {
    setDraft(undefined)
    if (search.has('labels')) setAddress(withParameter('labels', null))
  }
  const save = useOnce({
    send: (key, labels: Labels) =>
      Object.keys(labels).length === 0
        ? resetInstanceLabels(row, key, { labels: shown })
        : updateInstance(row, key, { labels }, { labels: shown }),
    onSuccess: done,
  })
  return { now, shown, rows, wanted, draft, setDraft, conflict, done, save }
}

/** Gives a label a color, which is not part of the instance: only this person sees it. */
function ColorButton({ row: { key, value } }: { row: LabelRow }) {
  const { t } = useLingui()
  const entriesOf = useLabelColorEntries()
  const label = `${key.trim()}=${value.trim()}`
  const { colors } = useLabelColors()
  return (
    <span data-hue={colors[label]} className="rounded-md">
      <MenuButton
        label={t`Color of ${label}`}
        icon={<Palette />}
        variant="ghost"
        items={() => entriesOf(label)}
      />
    </span>
  )
}

const colorButton = (row: LabelRow) => row.key.trim() !== '' && <ColorButton row={row} />

export function LabelsCard() {
  const { t } = useLingui()
  const { row } = useInstance()
  const block = useBlock(row, 'update-instance')
  const edit = useLabelDraft()
  const { now, shown, rows, wanted, draft, setDraft, conflict, done, save } = edit
  const fault = labelFault(rows)
  const changes = labelChanges(now, wanted)
  const faults = {
    'no-key': t`Enter a key for each label.`,
    twice: t`Use each label key only once.`,
  }
  const why = fault
    ? faults[fault]
    : conflict
      ? t`Resolve the conflict with the other changes first.`
      : changes.length === 0
        ? t`No changes to save`
        : block
  return (
    <Card title={t`Labels`}>
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (!why) save.mutate(wanted)
        }}
      >
        <LabelRows
          rows={rows}
          invalid={fault !== undefined}
          aside={colorButton}
          onChange={(next) => setDraft({ shown, rows: next })}
        />
        {fault && <p className="text-sm text-error">{faults[fault]}</p>}
        {conflict ? (
          <LabelConflict
            {...{ shown }}
            mine={wanted}
            theirs={now}
            onChoose={(labels) => {
              save.reset()
              setDraft({ shown: now, rows: rowsOf(labels) })
            }}
          />
        ) : (
          changes.length > 0 && <ChangeLines label={t`Pending changes`} lines={changes} />
        )}
        {!conflict && <SendProblem sending={save} />}
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
            <Button onClick={done}>
              <Trans>Discard changes</Trans>
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}
