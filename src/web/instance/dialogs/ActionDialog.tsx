import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'

import type { PlannedStep } from '#contract/plan.ts'
import { isNamed } from '#contract/seen.ts'
import { refusedByLock } from '#contract/timeline.ts'

import { callOf } from '../../api/mutations.ts'
import { instanceQuery, snapshotsQuery, volumesQuery } from '../../api/queries.ts'
import { formatList } from '../../components/format.ts'
import { useUsualWords } from '../../components/UsualTime.tsx'
import { AskDialog, Consequences, useUnreadWords } from './AskDialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { LockNotice, Unlock } from './LockNotice.tsx'
import { ManagedWarning } from './ManagedWarning.tsx'
import { useTypedName } from './TypedName.tsx'
import { useCall } from './use-call.ts'

/** One request about the instance itself, and how long it usually takes. */
function useAction(endpoint: PlannedStep['endpoint'], { row, onClose }: DialogProps) {
  const usual = useUsualWords(row.zone, endpoint)
  const shown = isNamed(endpoint) ? { name: row.name ?? '' } : undefined
  const sent = useCall(callOf(row, { part: 'change', endpoint }), onClose, shown)
  return { usual, ask: { row, onClose, ...sent } }
}

export function StopDialog(props: DialogProps) {
  const { t } = useLingui()
  const { row, name } = props
  const { usual, ask } = useAction('stop-instance', props)
  return (
    <AskDialog {...ask} verb={t`Stop ${name}`}>
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

export function RebootDialog(props: DialogProps) {
  const { t } = useLingui()
  const { row, name } = props
  const { usual, ask } = useAction('reboot-instance', props)
  return (
    <AskDialog {...ask} verb={t`Reboot ${name}`}>
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

/** What is deleted with the instance, and what is kept. */
export function Lost({ row }: Pick<DialogProps, 'row'>) {
  const { t } = useLingui()
  const unreadWords = useUnreadWords()
  const instance = useQuery(instanceQuery(row.zone, row.id))
  const allSnapshots = useQuery(snapshotsQuery(row.zone))
  const allVolumes = useQuery(volumesQuery(row.zone))
  const { data: detail } = instance
  const { data: snapshots = [] } = allSnapshots
  const { data: volumes = [] } = allVolumes
  const own = snapshots.filter(({ instance }) => instance?.id === row.id).length
  const kept = volumes.filter(({ instance }) => instance?.id === row.id)
  const keptNames = formatList(kept.map((one) => one.name ?? one.id))
  const gib = detail?.['disk-size']
  const elastic = detail?.['elastic-ips']?.length ?? 0
  const address = row['public-ip']
  return (
    <Consequences
      lines={[
        gib
          ? t`The ${gib} GiB disk and all data on it are permanently deleted.`
          : t`The disk and all data on it are permanently deleted.`,
        own > 0
          ? t`${plural(own, {
              one: '# snapshot is permanently deleted.',
              other: '# snapshots are permanently deleted.',
            })}`
          : null,
        address ? t`The public IP address ${address} is released.` : null,
        elastic > 0
          ? t`${plural(elastic, {
              one: '# elastic IP is detached but not deleted.',
              other: '# elastic IPs are detached but not deleted.',
            })}`
          : null,
        kept.length > 0
          ? t`${plural(kept.length, {
              one: `This volume is detached but not deleted: ${keptNames}.`,
              other: `These volumes are detached but not deleted: ${keptNames}.`,
            })}`
          : null,
        unreadWords(instance, allSnapshots, allVolumes),
      ]}
    />
  )
}

export function DeleteDialog(props: DialogProps) {
  const { t } = useLingui()
  const { row, name } = props
  const { ask } = useAction('delete-instance', props)
  const { field, missing } = useTypedName(name)
  const isProtected = refusedByLock(ask.mutation.error?.message)
  return (
    <AskDialog
      {...ask}
      verb={t`Delete ${name}`}
      danger
      grace={(secondsLeft) =>
        t`Deleting ${name} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
      }
      disabledReason={missing}
      problemAction={isProtected ? <Unlock row={row} /> : undefined}
    >
      {/* A rejection says the same, with the same way out. */}
      {!isProtected && <LockNotice row={row} />}
      <ManagedWarning row={row} doing="delete" />
      <Lost row={row} />
      {field}
    </AskDialog>
  )
}
