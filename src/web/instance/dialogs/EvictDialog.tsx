import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'

import { evictCall, sendCall } from '../../api/mutations.ts'
import { snapshotsQuery, volumesQuery } from '../../api/queries.ts'
import { useManaged } from '../managed.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { useTypedName } from './TypedName.tsx'

/** The right way to be rid of a pool's member: the pool gets smaller (exoscale-api.md 4.14). */
export function EvictDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const managed = useManaged(row)
  const { data: snapshots = [] } = useQuery(snapshotsQuery(row.zone))
  const { data: volumes = [] } = useQuery(volumesQuery(row.zone))
  const { field, missing } = useTypedName(name)
  const inPool = managed?.by === 'pool' ? managed : undefined
  const call = evictCall(row.zone, inPool?.poolId ?? '', row.id)
  const mutation = useMutation({ mutationFn: () => sendCall(call), onSuccess: onClose })
  const isOwn = ({ instance }: { instance?: { id: string } }) => instance?.id === row.id
  const lost = snapshots.filter(isOwn).length
  const kept = volumes.filter(isOwn).length
  const size = inPool?.pool?.size
  const smaller = size === undefined ? 0 : size - 1
  const address = row['public-ip']
  const pool = inPool?.pool?.name ?? t`its pool`
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Evict ${name} from ${pool}`}
      danger
      grace={t`Evicting ${name}`}
      disabledReason={inPool ? missing : t`This instance isn’t in an instance pool.`}
      {...(inPool ? { sameAs: [call] } : {})}
    >
      <Consequences
        lines={[
          t`The instance, its disk and all data on it are permanently deleted.`,
          lost > 0 ? t`Its snapshots are lost with it: ${lost}.` : null,
          address ? t`The public IP address ${address} is released.` : null,
          kept > 0 ? t`Its block volumes stay, detached: ${kept}.` : null,
          size === undefined
            ? t`The pool shrinks by one instance and doesn’t create a replacement.`
            : t`The pool shrinks from ${size} to ${smaller}, and puts nothing in its place.`,
        ]}
      />
      {field}
    </AskDialog>
  )
}
