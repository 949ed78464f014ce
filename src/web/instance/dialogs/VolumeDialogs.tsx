/** Questions about a block volume: taking it away from its instance, and throwing it away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'

import { isRunning } from '#contract/lifecycle.ts'
import { volumeRefusal, type VolumeAction } from '#contract/volumes.ts'

import { deleteVolumeCall, detachVolumeCall, sendCall } from '../../api/mutations.ts'
import { volumesQuery } from '../../api/queries.ts'
import { useVolumeRefusalWords } from '../../components/volume-words.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { useTypedName } from './TypedName.tsx'

/** The volume as it is by now, and why it can't be done. */
function useVolume(
  action: VolumeAction,
  { row, volumeId = '' }: Pick<DialogProps, 'row' | 'volumeId'>,
) {
  const { t } = useLingui()
  const wordsOf = useVolumeRefusalWords()
  const { data = [] } = useQuery(volumesQuery(row.zone))
  const volume = data.find(({ id }) => id === volumeId)
  const why = volume && volumeRefusal(action, volume)
  const moved = action === 'detach' && !why && volume && volume.instance?.id !== row.id
  return {
    volumeId,
    size: volume?.size,
    name: volume?.name ?? volumeId,
    missing: moved
      ? t`This volume is now attached to another instance.`
      : volume
        ? why
          ? wordsOf(why)
          : null
        : t`This volume no longer exists.`,
  }
}

export function DetachVolumeDialog({ row, name, volumeId, onClose }: DialogProps) {
  const { t } = useLingui()
  const volume = useVolume('detach', { row, volumeId })
  const call = detachVolumeCall(row.zone, volume.volumeId)
  const mutation = useMutation({ mutationFn: () => sendCall(call), onSuccess: onClose })
  const runs = isRunning(row.state)
  const { name: what } = volume
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Detach ${what} from ${name}`}
      danger={runs}
      disabledReason={volume.missing}
      sameAs={[call]}
    >
      {runs && (
        <Banner kind="warning" title={t`Unmount the volume in ${name} first`}>
          <Trans>
            Detaching doesn’t wait for the operating system. Unsaved data is lost, and
            programs that use the volume fail.
          </Trans>
        </Banner>
      )}
      <Consequences
        lines={[
          runs ? null : t`${name} is stopped, so nothing is writing to the volume.`,
          t`The volume and its data stay in this zone. You can attach the volume again later.`,
        ]}
      />
    </AskDialog>
  )
}

export function DeleteVolumeDialog({ row, volumeId, onClose }: DialogProps) {
  const { t } = useLingui()
  const { name, size, missing, ...volume } = useVolume('delete', { row, volumeId })
  const typed = useTypedName(name)
  const call = deleteVolumeCall(row.zone, volume.volumeId)
  const mutation = useMutation({ mutationFn: () => sendCall(call), onSuccess: onClose })
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Delete volume ${name}`}
      danger
      grace={t`Deleting volume ${name}`}
      disabledReason={missing ?? typed.missing}
      sameAs={[call]}
      subject={
        <>
          <ZoneName zone={row.zone} />
          {size !== undefined && <span className="tabular-nums">{size} GiB</span>}
        </>
      }
    >
      <Consequences
        lines={[
          t`All data on the volume is permanently deleted.`,
          t`No instance is affected, because the volume isn’t attached.`,
        ]}
      />
      {typed.field}
    </AskDialog>
  )
}
