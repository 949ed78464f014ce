import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'

import {
  createSnapshot,
  deleteSnapshot,
  revertInstanceToSnapshot,
} from '../../../api/mutations.ts'
import { instanceQuery, snapshotsQuery } from '../../../api/queries.ts'
import { formatDateTime, formatRelative } from '../../../components/format.ts'
import { useNow } from '../../../hooks/use-now.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { useStopFirst } from './StopFirst.tsx'
import { useTypedName } from './TypedName.tsx'

export function SnapshotDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { data: detail } = useQuery(instanceQuery(row.zone, row.id))
  const mutation = useMutation({
    mutationFn: () => createSnapshot(row),
    onSuccess: onClose,
  })
  const consistent = detail?.['application-consistent-snapshot-enabled']
  return (
    <AskDialog {...{ row, mutation, onClose }} verb={t`Take snapshot of ${name}`}>
      <Consequences
        lines={[
          t`A copy of its disk as it is at this moment, to go back to later.`,
          t`It goes on running. No other change is possible until the snapshot is ready.`,
        ]}
      />
      {row.state === 'running' && !consistent && (
        <Banner kind="info">
          <Trans>
            What programs have not written yet is not in it. For a clean copy stop it first.
          </Trans>
        </Banner>
      )}
    </AskDialog>
  )
}

function useSnapshot({ row, snapshotId }: Pick<DialogProps, 'row' | 'snapshotId'>) {
  const { data = [] } = useQuery(snapshotsQuery(row.zone))
  return data.find(({ id }) => id === snapshotId)
}

/** Puts the disk back to what it was; everything written since is lost (exoscale-api.md 3.18). */
export function RevertDialog({ row, name, snapshotId, onClose }: DialogProps) {
  const { t } = useLingui()
  const snapshot = useSnapshot({ row, snapshotId })
  const now = useNow(true, 30_000)
  const stopFirst = useStopFirst(row, 'revert-snapshot')
  const { field, missing } = useTypedName(name)
  const mutation = useMutation({
    mutationFn: () => revertInstanceToSnapshot(row, snapshotId ?? ''),
    onSuccess: onClose,
  })
  const at = snapshot?.['created-at']
  const moment = at ? formatDateTime(at) : '…'
  const age = at ? formatRelative(at, now) : '…'
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Go back with ${name}`}
      danger
      disabledReason={snapshot ? (stopFirst.missing ?? missing) : t`It is not there.`}
    >
      {stopFirst.notice}
      <Consequences
        lines={[
          t`Its disk becomes what it was at ${moment} (${age}).`,
          t`Everything written since then is lost.`,
          t`Take a snapshot of now first, if you may want to come back.`,
        ]}
      />
      {field}
    </AskDialog>
  )
}

export function DeleteSnapshotDialog({ row, name, snapshotId, onClose }: DialogProps) {
  const { t } = useLingui()
  const snapshot = useSnapshot({ row, snapshotId })
  const mutation = useMutation({
    mutationFn: () => deleteSnapshot({ zone: row.zone, id: snapshotId ?? '' }),
    onSuccess: onClose,
  })
  const at = snapshot?.['created-at']
  const moment = at ? formatDateTime(at) : '…'
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Delete snapshot of ${name}`}
      danger
      disabledReason={snapshot ? null : t`It is not there.`}
    >
      <Consequences
        lines={[
          t`The copy of ${moment} is lost for good.`,
          t`The instance itself is not touched.`,
        ]}
      />
    </AskDialog>
  )
}
