import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { timelineQuery } from '../api/queries.ts'
import { useRightBlock } from './people/right-words.ts'

/** The screenshot that Vedette stored when a snapshot was taken, if any. */
export function SnapshotPicture({
  target,
  snapshotId,
  className = '',
}: {
  target: { zone: string; id: string }
  snapshotId: string
  className?: string
}) {
  const { t } = useLingui()
  const { data } = useQuery(timelineQuery(target.zone, target.id))
  const block = useRightBlock()('play')
  const kept = data?.pictures[snapshotId]
  if (!kept) return null
  if (block) return <p className={`text-xs text-muted ${className}`}>{block}</p>
  return (
    <figure className={`shrink-0 ${className}`}>
      <img
        // A newer screenshot of the same snapshot has another address.
        src={`/api/zones/${encodeURIComponent(target.zone)}/pictures/${encodeURIComponent(snapshotId)}?at=${kept.at}`}
        alt={t`Screen when the snapshot was taken`}
        className="aspect-16/10 w-full rounded-sm border bg-black object-contain"
      />
      <figcaption className="mt-0.5 text-xs text-muted">
        <Trans>Saved in Vedette only</Trans>
      </figcaption>
    </figure>
  )
}
