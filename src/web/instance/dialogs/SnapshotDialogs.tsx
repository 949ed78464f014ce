import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { NOTE_MAX } from '#contract/timeline.ts'

import { deleteSnapshot, snapshotCall } from '../../api/mutations.ts'
import {
  instanceQuery,
  sessionQuery,
  snapshotsQuery,
  timelineQuery,
} from '../../api/queries.ts'
import { useOnce } from '../../api/use-once.ts'
import { formatDateTime, formatRelative } from '../../components/format.ts'
import { SnapshotPicture } from '../../components/SnapshotPicture.tsx'
import { useNow } from '../../hooks/use-now.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { takeSnapshot } from '../snapshot-picture.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ManagedWarning } from './ManagedWarning.tsx'
import { partIn } from './part-in.ts'
import { PlanCard } from './PlanCard.tsx'
import { useTypedName } from './TypedName.tsx'
import { useChange } from './use-change.ts'
import { useWay } from './WayOptions.tsx'

export function SnapshotDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { data: detail, isPending } = useQuery(instanceQuery(row.zone, row.id))
  const { data: session } = useQuery(sessionQuery)
  // On real zones a second viewer may disturb the first, so there the user decides.
  const [keepScreen, setKeepScreen] = useState(false)
  const [note, setNote] = useState('')
  const mutation = useOnce({
    send: (key) =>
      takeSnapshot(row, key, {
        keepScreen: keepScreen || (session?.sandbox ?? false),
        note,
      }),
    closes: true,
    onSuccess: onClose,
  })
  const consistent = detail && (detail['application-consistent-snapshot-enabled'] ?? false)
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Take snapshot of ${name}`}
      calls={[snapshotCall(row)]}
    >
      <Consequences
        lines={[
          t`Saves a copy of the disk so that you can revert to it later.`,
          t`The instance keeps running. You can’t make other changes until the snapshot is ready.`,
        ]}
      />
      <Field
        label={t`Note`}
        hint={t`Saved in Vedette only, because you can’t name Exoscale snapshots.`}
      >
        <TextInput
          maxLength={NOTE_MAX}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Field>
      {row.state === 'running' && (isPending || consistent === false) && (
        // Has its place before it is known, so that nothing moves below it.
        <Banner kind="info" className={isPending ? 'invisible' : ''}>
          <Trans>
            Data that programs haven’t written to disk yet isn’t included. For a fully
            consistent snapshot, stop the instance first.
          </Trans>
        </Banner>
      )}
      {row.state === 'running' && session && !session.sandbox && (
        <Checkbox
          label={t`Save a screenshot in Vedette`}
          hint={t`This may disturb someone who is using the console.`}
          checked={keepScreen}
          onChange={({ target }) => setKeepScreen(target.checked)}
        />
      )}
    </AskDialog>
  )
}

/** The snapshot, and why nothing can be asked of it. */
function useSnapshot({ row, snapshotId }: Pick<DialogProps, 'row' | 'snapshotId'>) {
  const { t } = useLingui()
  const query = useQuery(snapshotsQuery(row.zone))
  const { part, isGone, isReading } = partIn(query, snapshotId ?? '')
  const missing = isReading
    ? t`Loading…`
    : isGone || !snapshotId
      ? t`This snapshot no longer exists.`
      : null
  return { snapshot: part, missing }
}

/**
 * Reverts the disk to a snapshot; everything written since is lost
 * (docs/platform.md#reverting-to-a-snapshot).
 */
export function RevertDialog({ row, name, snapshotId, onClose }: DialogProps) {
  const { t } = useLingui()
  const { snapshot, missing: noSnapshot } = useSnapshot({ row, snapshotId })
  const { data: timeline } = useQuery(timelineQuery(row.zone, row.id))
  const note = timeline?.notes[snapshotId ?? '']?.text
  const now = useNow(true, 30_000)
  const { field, missing } = useTypedName(name)
  const { way, options } = useWay(row, { snapshot: true })
  const change = useChange(
    row,
    snapshotId && !noSnapshot
      ? { endpoint: 'revert-instance-to-snapshot', body: { id: snapshotId }, ...way }
      : undefined,
    onClose,
  )
  const at = snapshot?.['created-at']
  const moment = at && formatDateTime(at)
  const age = at && formatRelative(at, now)
  return (
    <AskDialog
      row={row}
      mutation={change.mutation}
      onClose={onClose}
      grace={(secondsLeft) =>
        t`Reverting ${name} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
      }
      verb={t`Revert ${name}`}
      danger
      disabledReason={noSnapshot ?? change.missing ?? missing}
    >
      <ManagedWarning row={row} doing="change" />
      <Consequences
        lines={[
          moment
            ? t`Restores the disk to the snapshot from ${moment} (${age}).`
            : t`Restores the disk to the snapshot ${snapshotId}.`,
        ]}
      />
      {note && (
        <p className="text-sm break-words">
          <Trans>
            <span className="text-muted">Note:</span> {note}
          </Trans>
        </p>
      )}
      {snapshotId && (
        <SnapshotPicture target={row} snapshotId={snapshotId} className="w-60" />
      )}
      {options}
      <PlanCard row={row} change={change} />
      {field}
    </AskDialog>
  )
}

export function DeleteSnapshotDialog({ row, name, snapshotId, onClose }: DialogProps) {
  const { t } = useLingui()
  const { snapshot, missing } = useSnapshot({ row, snapshotId })
  const mutation = useOnce({
    send: (key) => deleteSnapshot({ zone: row.zone, id: snapshotId ?? '' }, key),
    closes: true,
    onSuccess: onClose,
  })
  const at = snapshot?.['created-at']
  const moment = at && formatDateTime(at)
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Delete snapshot of ${name}`}
      danger
      disabledReason={missing}
    >
      <Consequences
        lines={[
          moment
            ? t`The snapshot from ${moment} is permanently deleted.`
            : t`The snapshot ${snapshotId} is permanently deleted.`,
          t`The instance doesn’t change.`,
        ]}
      />
    </AskDialog>
  )
}
