import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'

import { refusedByLock } from '#contract/timeline.ts'

import {
  deleteInstance,
  rebootInstance,
  removeInstanceProtection,
  stopInstance,
} from '../../api/mutations.ts'
import { instanceQuery, snapshotsQuery, volumesQuery } from '../../api/queries.ts'
import { useUsualWords } from '../../components/UsualTime.tsx'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import { AskDialog, Consequences } from './AskDialog.tsx'
import type { DialogProps } from './InstanceDialogs.tsx'
import { ManagedWarning } from './ManagedWarning.tsx'
import { useTypedName } from './TypedName.tsx'

export function StopDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const usual = useUsualWords(row.zone, 'stop-instance')
  const mutation = useMutation({ mutationFn: () => stopInstance(row), onSuccess: onClose })
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Stop ${name}`}
      calls={[{ part: 'change', endpoint: 'stop-instance' }]}
    >
      <ManagedWarning row={row} doing="power" />
      <Consequences
        lines={[
          t`The instance goes offline.`,
          t`The disk, IP addresses and labels are kept.`,
          usual,
        ]}
      />
    </AskDialog>
  )
}

export function RebootDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const usual = useUsualWords(row.zone, 'reboot-instance')
  const mutation = useMutation({
    mutationFn: () => rebootInstance(row),
    onSuccess: onClose,
  })
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Reboot ${name}`}
      calls={[{ part: 'change', endpoint: 'reboot-instance' }]}
    >
      <ManagedWarning row={row} doing="power" />
      <Consequences
        lines={[
          t`The instance is offline until it has restarted.`,
          t`An open console stays open and reconnects automatically.`,
          usual,
        ]}
      />
    </AskDialog>
  )
}

/** The lock is not readable, so a refused deletion is where it shows (exoscale-api.md 3.15). */
function Unlock({ row }: Pick<DialogProps, 'row'>) {
  const { t } = useLingui()
  const unlock = useMutation({
    mutationFn: () => removeInstanceProtection(row),
    onSuccess: () =>
      toast({
        kind: 'info',
        title: t`Deletion protection is off. You can delete the instance now.`,
      }),
  })
  return (
    <Button size="sm" pending={unlock.isPending} onClick={() => unlock.mutate()}>
      <Trans>Turn off deletion protection</Trans>
    </Button>
  )
}

export function DeleteDialog({ row, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const { data: detail } = useQuery(instanceQuery(row.zone, row.id))
  const { data: snapshots = [] } = useQuery(snapshotsQuery(row.zone))
  const { data: volumes = [] } = useQuery(volumesQuery(row.zone))
  const { field, missing } = useTypedName(name)
  const mutation = useMutation({
    mutationFn: () => deleteInstance(row),
    onSuccess: onClose,
  })
  const own = snapshots.filter(({ instance }) => instance?.id === row.id).length
  const kept = volumes.filter(({ instance }) => instance?.id === row.id)
  const keptNames = kept.map((one) => one.name ?? one.id).join(', ')
  const isProtected = refusedByLock(mutation.error?.message)
  const gib = detail?.['disk-size']
  const elastic = detail?.['elastic-ips']?.length ?? 0
  const address = row['public-ip']
  return (
    <AskDialog
      {...{ row, mutation, onClose }}
      verb={t`Delete ${name}`}
      danger
      grace={t`Deleting ${name}`}
      calls={[{ part: 'change', endpoint: 'delete-instance' }]}
      disabledReason={missing}
      problemAction={isProtected ? <Unlock row={row} /> : undefined}
    >
      <ManagedWarning row={row} doing="delete" />
      <Consequences
        lines={[
          gib
            ? t`The ${gib} GiB disk and all data on it are permanently deleted.`
            : t`The disk and all data on it are permanently deleted.`,
          own > 0 ? t`Its snapshots are lost with it: ${own}.` : null,
          address ? t`The public IP address ${address} is released.` : null,
          elastic > 0 ? t`Elastic IPs are detached, and kept: ${elastic}.` : null,
          kept.length > 0
            ? t`These volumes are detached but not deleted: ${keptNames}.`
            : null,
        ]}
      />
      {field}
    </AskDialog>
  )
}
