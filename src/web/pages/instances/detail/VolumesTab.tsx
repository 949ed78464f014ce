/** Block volumes: those of the instance, and the zone's others, which can be attached to it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Ellipsis, HardDriveUpload, Pencil, Plus } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { Link } from 'react-router'

import type { BlockStorageVolume } from '#contract/types.ts'
import {
  growRefusal,
  isChanging,
  isTooSmallForVolumes,
  volumeRefusal,
  VOLUMES_PER_INSTANCE,
} from '#contract/volumes.ts'
import { zoneCity } from '#contract/zones.ts'

import { problemOf } from '../../../api/client.ts'
import { useRow } from '../../../api/inventory.ts'
import { attachVolumeCall, sendCall } from '../../../api/mutations.ts'
import { typesQuery, volumesQuery } from '../../../api/queries.ts'
import { compareText } from '../../../components/format.ts'
import { ListState } from '../../../components/ListState.tsx'
import { ProblemNotice } from '../../../components/ProblemNotice.tsx'
import {
  useVolumeRefusalWords,
  useVolumeStateWords,
} from '../../../components/volume-words.ts'
import { goesWithIt, useFocusHeir } from '../../../hooks/use-focus-heir.ts'
import { useOpenDialog } from '../../../instance/dialogs/use-dialog.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { useAttachBlock } from './Attach.tsx'
import { useInstance } from './instance-context.ts'
import { NewVolume } from './NewVolume.tsx'

const nameOf = ({ name, id }: BlockStorageVolume) => name ?? id

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
  /** What can be done with it. */
  children?: ReactNode
}) {
  const { t } = useLingui()
  return (
    <li
      aria-label={t`Volume ${nameOf(volume)}`}
      data-state={volume.state}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm"
    >
      <span className="min-w-0 grow basis-40 font-medium break-words">
        <bdi translate="no">{nameOf(volume)}</bdi>
      </span>
      <span className="w-20 tabular-nums">{volume.size ?? '–'} GiB</span>
      <span className="w-32 min-w-0 truncate sm:w-40">
        {state ?? <VolumeState volume={volume} />}
      </span>
      <span className="ms-auto flex min-h-8 w-48 items-center justify-end gap-1">
        {children}
      </span>
      {problem && <div className="w-full">{problem}</div>}
    </li>
  )
}

/** What changes a volume and leaves it where it is. */
function VolumeMenu({ volume }: { volume: BlockStorageVolume }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const wordsOf = useVolumeRefusalWords()
  const holder = useRow(row.zone, volume.instance?.id ?? '')
  return (
    <MenuButton
      label={t`More actions for ${nameOf(volume)}`}
      icon={<Ellipsis />}
      variant="ghost"
      size="sm"
      items={() => {
        const why = growRefusal(volume, holder?.state)
        return [
          {
            label: t`Rename…`,
            icon: <Pencil />,
            disabledReason: isChanging(volume) ? wordsOf('changing') : null,
            onSelect: () => open('rename-volume', row, volume.id),
          },
          {
            label: t`Grow…`,
            icon: <HardDriveUpload />,
            disabledReason: why ? wordsOf(why) : null,
            onSelect: () => open('grow-volume', row, volume.id),
          },
        ]
      }}
    />
  )
}

const listClass = 'divide-y divide-border border-t'

function OwnLine({ volume }: { volume: BlockStorageVolume }) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const block = useAttachBlock()
  const wordsOf = useVolumeRefusalWords()
  const button = useFocusHeir()
  const why = volumeRefusal('detach', volume)
  return (
    <VolumeLine volume={volume}>
      <Button
        ref={button}
        {...goesWithIt}
        size="sm"
        variant="ghost"
        aria-label={t`Detach ${nameOf(volume)}…`}
        disabledReason={why ? wordsOf(why) : block}
        onClick={() => open('detach-volume', row, volume.id)}
      >
        <Trans>Detach…</Trans>
      </Button>
      <VolumeMenu volume={volume} />
    </VolumeLine>
  )
}

/** Whose it is, with the way there; the list of instances may not know it. */
function Holder({ zone, id }: { zone: string; id: string }) {
  const holder = useRow(zone, id)
  return (
    <Link to={`/instances/${zone}/${id}/volumes`} className="ui-link" translate="no">
      <bdi>{holder?.name ?? id}</bdi>
    </Link>
  )
}

function OtherLine({
  volume,
  onAttached,
}: {
  volume: BlockStorageVolume
  onAttached: () => void
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  const open = useOpenDialog()
  const block = useAttachBlock()
  const wordsOf = useVolumeRefusalWords()
  const attach = useMutation({
    mutationFn: () => sendCall(attachVolumeCall(row, volume.id)),
    onSuccess: onAttached,
  })
  const reason = (action: 'attach' | 'delete') => {
    const why = volumeRefusal(action, volume, row.id)
    return why ? wordsOf(why) : null
  }
  const button = useFocusHeir()
  const holder = volume.instance?.id
  return (
    <VolumeLine
      volume={volume}
      state={
        holder && !isChanging(volume) ? (
          <Trans>
            on <Holder zone={row.zone} id={holder} />
          </Trans>
        ) : undefined
      }
      problem={attach.error && <ProblemNotice problem={problemOf(attach.error)} />}
    >
      <Button
        size="sm"
        pending={attach.isPending}
        aria-label={t`Attach ${nameOf(volume)}`}
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
        aria-label={t`Delete ${nameOf(volume)}…`}
        disabledReason={reason('delete')}
        onClick={() => open('delete-volume', row, volume.id)}
      >
        <Trans>Delete…</Trans>
      </Button>
      <VolumeMenu volume={volume} />
    </VolumeLine>
  )
}

/** Limits that are documented only, so the zone is asked all the same. */
function Doubts({ own }: { own: number }) {
  const { row, name } = useInstance()
  const { data: types = [] } = useQuery(typesQuery(row.zone))
  const type = types.find(({ id }) => id === row['instance-type']?.id)
  const tooSmall = isTooSmallForVolumes(type)
  if (!tooSmall && own < VOLUMES_PER_INSTANCE) return null
  return (
    <Banner kind="warning" className="mx-4 mb-3">
      {tooSmall ? (
        <Trans>
          {name} is smaller than <span translate="no">small</span>, which is the least for
          volumes: the zone may refuse. Change its size first.
        </Trans>
      ) : (
        <Trans>
          {name} has {own} volumes, which is the documented most: the zone may refuse more.
        </Trans>
      )}
    </Banner>
  )
}

export function VolumesTab() {
  const { t } = useLingui()
  const { row, name } = useInstance()
  const [creating, setCreating] = useState(false)
  // What is attached goes there, and the button that had the focus goes away.
  const ownList = useRef<HTMLDivElement>(null)
  const query = useQuery({
    ...volumesQuery(row.zone),
    select: (all) => all.toSorted((a, b) => compareText(nameOf(a), nameOf(b))),
  })
  const city = zoneCity(row.zone)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="text-sm text-muted">
          <Trans>
            Additional disks that you can attach to this instance. They’re kept when you
            delete the instance.
          </Trans>
        </p>
        {!creating && (
          <Button icon={<Plus />} onClick={() => setCreating(true)}>
            <Trans>New volume</Trans>
          </Button>
        )}
      </div>
      {creating && <NewVolume zone={row.zone} onClose={() => setCreating(false)} />}
      <ListState query={query}>
        {(volumes) => {
          const own = volumes.filter(({ instance }) => instance?.id === row.id)
          const others = volumes.filter(({ instance }) => instance?.id !== row.id)
          return (
            <>
              <div ref={ownList} tabIndex={-1} className="rounded-lg">
                <Card title={t`Volumes attached to ${name}`} padded={false}>
                  {own.length === 0 ? (
                    <p className="px-4 pb-4 text-sm text-muted">
                      <Trans>No volumes attached</Trans>
                    </p>
                  ) : (
                    <ul className={listClass}>
                      {own.map((volume) => (
                        <OwnLine key={volume.id} volume={volume} />
                      ))}
                    </ul>
                  )}
                </Card>
              </div>
              <Card title={t`Other volumes in ${city}`} padded={false}>
                {others.length === 0 ? (
                  <p className="px-4 pb-4 text-sm text-muted">
                    <Trans>No other volumes</Trans>
                  </p>
                ) : (
                  <>
                    <Doubts own={own.length} />
                    <ul className={listClass}>
                      {others.map((volume) => (
                        <OtherLine
                          key={volume.id}
                          volume={volume}
                          onAttached={() => ownList.current?.focus()}
                        />
                      ))}
                    </ul>
                    <p className="border-t px-4 py-2 text-sm text-muted">
                      <Trans>
                        An attached volume appears as a new disk in the operating system.
                        Format an empty volume once, then mount it.
                      </Trans>
                    </p>
                  </>
                )}
              </Card>
            </>
          )
        }}
      </ListState>
    </div>
  )
}
