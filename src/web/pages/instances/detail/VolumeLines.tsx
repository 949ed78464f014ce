/** The lines of the volume lists, each with its state and its actions. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Ellipsis, HardDriveUpload, Pencil } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

import type { BlockStorageVolume } from '#contract/types.ts'
import { growRefusal, isChanging, volumeRefusal } from '#contract/volumes.ts'

import { useRow } from '../../../api/inventory.ts'
import { attachVolumeCall, sendCall } from '../../../api/mutations.ts'
import { useOnce } from '../../../api/use-once.ts'
import { formatGib } from '../../../components/format.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { Unknown } from '../../../components/Unknown.tsx'
import {
  useVolumeRefusalWords,
  useVolumeStateWords,
} from '../../../components/volume-words.ts'
import { goesWithIt, useFocusHeir } from '../../../hooks/use-focus-heir.ts'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { useZoneBlock } from '../../../instance/zone-block.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useAttachBlock } from './Attach.tsx'
import { useInstance } from './instance-context.ts'

/** The name of a volume, or its id if it has none. */
export const volumeName = ({ name, id }: BlockStorageVolume) => name ?? id

function VolumeState({ volume }: { volume: BlockStorageVolume }) {
  const wordsOf = useVolumeStateWords()
  const words = wordsOf(volume.state)
  if (isChanging(volume))
    return (
      <span className="inline-flex items-center gap-1.5 text-transitional">
        <Spinner /> {words}
      </span>
    )
  const tone =
    volume.state === 'error' ? 'error' : volume.state === 'attached' ? 'running' : 'neutral'
  return <Badge tone={tone}>{words}</Badge>
}

function VolumeLine({
  volume,
  state,
  problem,
  children,
}: {
  volume: BlockStorageVolume
  state?: ReactNode
  problem?: ReactNode
  /** The actions. */
  children?: ReactNode
}) {
  const { t } = useLingui()
  const name = volumeName(volume)
  return (
    <li
      aria-label={t`Volume ${name}`}
      data-state={volume.state}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm"
    >
      <span className="min-w-0 grow basis-40 font-medium break-words">
        <bdi translate="no">{name}</bdi>
      </span>
      <span className="w-20 tabular-nums max-sm:text-end">
        {volume.size === undefined ? <Unknown /> : formatGib(volume.size)}
      </span>
      <span className="w-32 min-w-0 truncate max-sm:grow sm:w-40 lg:w-60">
        {state ?? <VolumeState volume={volume} />}
      </span>
      <span className="ms-auto flex min-h-8 w-48 items-center justify-end gap-1">
        {children}
      </span>
      {problem && <div className="w-full">{problem}</div>}
    </li>
  )
}

/** The actions that change a volume without moving it. */
function VolumeMenu({ volume }: { volume: BlockStorageVolume }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const wordsOf = useVolumeRefusalWords()
  const holderId = volume.instance?.id ?? ''
  const listed = useRow(row.zone, holderId)
  const holder = holderId === row.id ? row : listed
  const name = volumeName(volume)
  const blockOf = useZoneBlock(row.zone)
  return (
    <MenuButton
      label={t`More actions for ${name}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => {
        const why = growRefusal(volume, holder?.state)
        return [
          {
            label: t`Rename…`,
            icon: <Pencil />,
            disabledReason:
              blockOf('update-block-storage-volume') ??
              (isChanging(volume) ? wordsOf('changing') : null),
            onSelect: () => open('rename-volume', row, volume.id),
          },
          {
            label: t`Grow…`,
            icon: <HardDriveUpload />,
            disabledReason:
              blockOf('resize-block-storage-volume') ?? (why ? wordsOf(why) : null),
            onSelect: () => open('grow-volume', row, volume.id),
          },
        ]
      }}
    />
  )
}

/** A volume that is attached to the instance. */
export function OwnLine({ volume }: { volume: BlockStorageVolume }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const block = useAttachBlock('detach-block-storage-volume')
  const wordsOf = useVolumeRefusalWords()
  const button = useFocusHeir()
  const why = volumeRefusal('detach', volume)
  const name = volumeName(volume)
  return (
    <VolumeLine volume={volume}>
      <Button
        ref={button}
        {...goesWithIt}
        size="sm"
        variant="ghost"
        aria-label={t`Detach ${name}…`}
        disabledReason={block ?? (why ? wordsOf(why) : null)}
        onClick={() => open('detach-volume', row, volume.id)}
      >
        <Trans>Detach…</Trans>
      </Button>
      <VolumeMenu volume={volume} />
    </VolumeLine>
  )
}

/** A link to the instance that has the volume; the list of instances may not contain it. */
function Holder({ zone, id }: { zone: string; id: string }) {
  const holder = useRow(zone, id)
  return (
    <Link to={`/instances/${zone}/${id}/volumes`} className="ui-link" translate="no">
      <bdi>{holder?.name ?? id}</bdi>
    </Link>
  )
}

/** Another volume of the zone, which may be attached to another instance. */
export function OtherLine({
  volume,
  onAttached,
}: {
  volume: BlockStorageVolume
  onAttached: () => void
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const block = useAttachBlock('attach-block-storage-volume-to-instance')
  const mayNotDelete = useZoneBlock(row.zone)('delete-block-storage-volume')
  const wordsOf = useVolumeRefusalWords()
  const attach = useOnce({
    send: (key) => sendCall(attachVolumeCall(row, volume.id), key),
    onSuccess: onAttached,
  })
  const reason = (action: 'attach' | 'delete') => {
    const why = volumeRefusal(action, volume, row.id)
    return why ? wordsOf(why) : null
  }
  const button = useFocusHeir()
  const holder = volume.instance?.id
  const name = volumeName(volume)
  return (
    <VolumeLine
      volume={volume}
      state={
        holder && !isChanging(volume) ? (
          <Trans>
            Attached to <Holder zone={row.zone} id={holder} />
          </Trans>
        ) : undefined
      }
      problem={attach.error && <SendProblem sending={attach} />}
    >
      <Button
        size="sm"
        pending={attach.isPending}
        aria-label={t`Attach ${name}`}
        disabledReason={reason('attach') ?? block}
        onClick={() => attach.mutate()}
      >
        <Trans>Attach</Trans>
      </Button>
      <Button
        ref={button}
        {...goesWithIt}
        size="sm"
        variant="ghost"
        aria-label={t`Delete ${name}…`}
        disabledReason={mayNotDelete ?? reason('delete')}
        onClick={() => open('delete-volume', row, volume.id)}
      >
        <Trans>Delete…</Trans>
      </Button>
      <VolumeMenu volume={volume} />
    </VolumeLine>
  )
}
