/** The dialogs that detach a volume and delete it. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { isRunning } from '#contract/lifecycle.ts'
import { volumeRefusal, type VolumeAction } from '#contract/volumes.ts'

import { deleteVolumeCall, detachVolumeCall } from '../../api/mutations.ts'
import { volumesQuery } from '../../api/queries.ts'
import { formatGib } from '../../components/format.ts'
import { useVolumeRefusalWords } from '../../components/volume-words.ts'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { partIn } from './part-in.ts'
import { useTypedName } from './TypedName.tsx'
import { useCall } from './use-call.ts'

/** The volume as it is now, and why the action can't be done. */
function useVolume(
  action: VolumeAction,
  { row, volumeId = '' }: Pick<DialogProps, 'row' | 'volumeId'>,
) {
  const { t } = useLingui()
  const wordsOf = useVolumeRefusalWords()
  const {
    part: volume,
    isGone,
    isReading,
  } = partIn(useQuery(volumesQuery(row.zone)), volumeId)
  const why = volume && volumeRefusal(action, volume)
  const moved = action === 'detach' && !why && volume && volume.instance?.id !== row.id
  return {
    volumeId,
    size: volume?.size,
    name: volume?.name ?? volumeId,
    // Where the volumes can't be read, nobody knows.
    attached: !volume || volume.instance !== undefined,
    missing: isReading
      ? t`Loading…`
      : isGone
        ? t`This volume no longer exists.`
        : moved
          ? t`This volume is now attached to another instance.`
          : why
            ? wordsOf(why)
            : null,
  }
}

export function DetachVolumeDialog({ row, name, volumeId, onClose }: DialogProps) {
  const { t } = useLingui()
  const volume = useVolume('detach', { row, volumeId })
  const call = useCall(detachVolumeCall(row.zone, volume.volumeId), onClose)
  const runs = isRunning(row.state)
  const { name: what } = volume
  return (
    <AskDialog
      {...{ row, onClose, ...call }}
      verb={t`Detach ${what} from ${name}`}
      danger={runs}
      disabledReason={volume.missing}
    >
      {runs && (
        <Banner kind="warning" title={t`Unmount the volume in ${name} first`}>
          <Trans>
            Detaching doesn’t wait for the operating system. Data that isn’t written yet is
            discarded, and programs that use the volume fail.
          </Trans>
        </Banner>
      )}
      <Consequences
        lines={[
          runs ? null : t`${name} is stopped, so nothing is writing to the volume.`,
          t`The volume and its data are kept in this zone. You can attach the volume again later.`,
        ]}
      />
    </AskDialog>
  )
}

export function DeleteVolumeDialog({ row, volumeId, onClose }: DialogProps) {
  const { t } = useLingui()
  const { name, size, missing, attached, ...volume } = useVolume('delete', {
    row,
    volumeId,
  })
  const typed = useTypedName(name)
  const call = useCall(deleteVolumeCall(row.zone, volume.volumeId), onClose)
  return (
    <AskDialog
      {...{ row, onClose, ...call }}
      verb={t`Delete volume ${name}`}
      danger
      grace={(secondsLeft) =>
        t`Deleting volume ${name} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
      }
      disabledReason={missing ?? typed.missing}
      subject={
        <>
          <ZoneName zone={row.zone} />
          {size !== undefined && <span className="tabular-nums">{formatGib(size)}</span>}
        </>
      }
    >
      <Consequences
        lines={[
          t`All data on the volume is permanently deleted.`,
          attached ? null : t`No instance is affected, because the volume isn’t attached.`,
        ]}
      />
      {typed.field}
    </AskDialog>
  )
}
