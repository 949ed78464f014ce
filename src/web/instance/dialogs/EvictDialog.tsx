import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import { refusedByLock } from '#contract/timeline.ts'

import { evictCall } from '../../api/mutations.ts'
import { snapshotsQuery, volumesQuery } from '../../api/queries.ts'
import { useManaged } from '../managed.ts'
import { AskDialog, Consequences, useUnreadWords } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { LockNotice, Unlock } from './LockNotice.tsx'
import { useTypedName } from './TypedName.tsx'
import { useCall } from './use-call.ts'

/**
 * The right way to remove a pool's member: the pool gets smaller
 * (docs/platform.md#instance-pools).
 */
export function EvictDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const managed = useManaged(row)
  const unreadWords = useUnreadWords()
  const allSnapshots = useQuery(snapshotsQuery(row.zone))
  const allVolumes = useQuery(volumesQuery(row.zone))
  const { data: snapshots = [] } = allSnapshots
  const { data: volumes = [] } = allVolumes
  const { field, missing } = useTypedName(name)
  const inPool = managed?.by === 'pool' ? managed : undefined
  const { mutation, calls } = useCall(
    evictCall(row.zone, inPool?.poolId ?? '', row.id),
    onClose,
  )
  const isProtected = refusedByLock(mutation.error?.message)
  const isOwn = ({ instance }: { instance?: { id: string } }) => instance?.id === row.id
  const lost = snapshots.filter(isOwn).length
  const kept = volumes.filter(isOwn).length
  const size = inPool?.pool?.size
  const smaller = (size ?? 1) - 1
  const address = row['public-ip']
  const pool = inPool?.pool?.name
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={pool ? t`Evict ${name} from ${pool}` : t`Evict ${name} from its pool`}
      danger
      grace={(secondsLeft) =>
        t`Evicting ${name} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
      }
      disabledReason={inPool ? missing : t`This instance isn’t in an instance pool.`}
      calls={inPool && calls}
      problemAction={isProtected ? <Unlock row={row} /> : undefined}
    >
      {!isProtected && <LockNotice row={row} />}
      <Consequences
        lines={[
          t`The instance, its disk and all data on it are permanently deleted.`,
          lost > 0
            ? t`${plural(lost, {
                one: '# snapshot is permanently deleted.',
                other: '# snapshots are permanently deleted.',
              })}`
            : null,
          address ? t`The public IP address ${address} is released.` : null,
          kept > 0
            ? t`${plural(kept, {
                one: '# volume is detached but not deleted.',
                other: '# volumes are detached but not deleted.',
              })}`
            : null,
          size === undefined
            ? t`The pool shrinks by one instance and doesn’t create a replacement.`
            : t`${plural(smaller, {
                one: `The pool shrinks from ${size} to # instance and doesn’t create a replacement.`,
                other: `The pool shrinks from ${size} to # instances and doesn’t create a replacement.`,
              })}`,
          unreadWords(allSnapshots, allVolumes),
        ]}
      />
      {field}
    </AskDialog>
  )
}
