/** Shows the volumes of the instance, and the zone's others, which can be attached to it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'

import type { BlockStorageVolume } from '#contract/types.ts'
import { isTooSmallForVolumes, VOLUMES_PER_INSTANCE } from '#contract/volumes.ts'

import { typesQuery, volumesQuery } from '../../../api/queries.ts'
import { compareText } from '../../../components/format.ts'
import { ListState } from '../../../components/ListState.tsx'
import { useReadError } from '../../../components/reading/use-read-error.ts'
import { zoneCity } from '../../../components/zone-city.ts'
import { useZoneBlock } from '../../../instance/zone-block.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { useInstance } from './instance-context.ts'
import { NewVolume } from './NewVolume.tsx'
import { OtherLine, OwnLine, volumeName } from './VolumeLines.tsx'

const listClass = 'divide-y divide-border border-t'

/** Limits that are only documented, so the page warns and the zone decides. */
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
          Only instances of size <span translate="no">small</span> or larger can have
          volumes, so the zone may reject attaching one. Change the size of {name} first.
        </Trans>
      ) : (
        <>
          <Plural
            value={own}
            one={`${name} already has # volume, the documented maximum.`}
            other={`${name} already has # volumes, the documented maximum.`}
          />{' '}
          <Trans>The zone may reject more.</Trans>
        </>
      )}
    </Banner>
  )
}

/** The volumes of the instance. */
function OwnCard({ volumes }: { volumes: readonly BlockStorageVolume[] }) {
  const { t } = useLingui()
  const { name } = useInstance()
  return (
    <Card title={t`Volumes attached to ${name}`} padded={false}>
      {volumes.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">
          <Trans>No volumes attached</Trans>
        </p>
      ) : (
        <ul className={listClass}>
          {volumes.map((volume) => (
            <OwnLine key={volume.id} volume={volume} />
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The zone's other volumes; `own` is how many the instance has already. */
function OthersCard({
  volumes,
  own,
  onAttached,
}: {
  volumes: readonly BlockStorageVolume[]
  own: number
  onAttached: () => void
}) {
  const { t } = useLingui()
  const { row } = useInstance()
  const city = zoneCity(row.zone)
  return (
    <Card title={t`Other volumes in ${city}`} padded={false}>
      {volumes.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">
          <Trans>No other volumes</Trans>
        </p>
      ) : (
        <>
          <Doubts own={own} />
          <ul className={listClass}>
            {volumes.map((volume) => (
              <OtherLine key={volume.id} volume={volume} onAttached={onAttached} />
            ))}
          </ul>
          <p className="border-t px-4 py-2 text-sm text-muted">
            <Trans>
              An attached volume appears as a new disk in the operating system. Format an
              empty volume once, then mount it.
            </Trans>
          </p>
        </>
      )}
    </Card>
  )
}

/** Where the list can't be read: those that the instance itself names. */
function KnownVolumes() {
  const { row, detail } = useInstance()
  const own = detail?.['block-storage-volumes'] ?? []
  if (own.length === 0) return null
  return <OwnCard volumes={own.map((one) => ({ ...one, instance: { id: row.id } }))} />
}

export function VolumesTab() {
  const { t } = useLingui()
  const { row } = useInstance()
  const [creating, setCreating] = useState(false)
  const block = useZoneBlock(row.zone)('create-block-storage-volume')
  // An attached volume moves to this list, and the button that had the focus disappears.
  const ownList = useRef<HTMLDivElement>(null)
  const query = useQuery({
    ...volumesQuery(row.zone),
    select: (all) => all.toSorted((a, b) => compareText(volumeName(a), volumeName(b))),
  })
  const unread = useReadError(query)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-80 text-sm text-muted">
          <Trans>
            Additional storage that you can attach to this instance. Volumes are kept when
            you delete the instance.
          </Trans>
        </p>
        {!creating && (
          <Button icon={<Plus />} disabledReason={block} onClick={() => setCreating(true)}>
            <Trans>New volume</Trans>
          </Button>
        )}
      </div>
      {creating && <NewVolume zone={row.zone} onClose={() => setCreating(false)} />}
      {unread && !query.data && <KnownVolumes />}
      <ListState query={query} problem={t`Couldn’t read the volumes`}>
        {(volumes) => {
          const own = volumes.filter(({ instance }) => instance?.id === row.id)
          const others = volumes.filter(({ instance }) => instance?.id !== row.id)
          return (
            <>
              <div ref={ownList} tabIndex={-1} className="rounded-lg">
                <OwnCard volumes={own} />
              </div>
              <OthersCard
                volumes={others}
                own={own.length}
                onAttached={() => ownList.current?.focus()}
              />
            </>
          )
        }}
      </ListState>
    </div>
  )
}
