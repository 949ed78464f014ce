/** Shows a second person what is to be sent, in the words of the question that the person who asked has seen. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { jobUndo, mayRetry, type JobOrder } from '#contract/job.ts'
import type { Approval, ApprovalOrder, OrderedCall } from '#contract/people/approval.ts'
import type { ChangeRequest } from '#contract/plan.ts'

import { problemOf } from '../../api/client.ts'
import { rowKey, useDownZones, useInventory, type Row } from '../../api/inventory.ts'
import { jobQuery } from '../../api/jobs.ts'
import { snapshotsQuery, volumesQuery } from '../../api/queries.ts'
import { formatDateTime, formatGib } from '../../components/format.ts'
import { InstanceState } from '../../components/InstanceState.tsx'
import { TellApart } from '../../components/namesakes/TellApart.tsx'
import { ProblemNotice } from '../../components/ProblemNotice.tsx'
import { ZoneName } from '../../components/ZoneName.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Lost } from '../dialogs/ActionDialog.tsx'
import { Consequences } from '../dialogs/AskDialog.tsx'
import { ManagedWarning } from '../dialogs/ManagedWarning.tsx'
import { PlanCard } from '../dialogs/PlanCard.tsx'
import { useChange } from '../dialogs/use-change.ts'
import { changesSince, freezeSet } from '../jobs/bulk.ts'
import { BulkList } from '../jobs/BulkList.tsx'
import { BulkPreview } from '../jobs/BulkPreview.tsx'
import { useOutlookWords } from '../jobs/job-words.ts'
import { JobResults } from '../jobs/JobResults.tsx'

/** The instance that it is about, as the question has it. */
function Subject({ row }: { row: Row }) {
  return (
    <>
      <TellApart one={row} />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <InstanceState state={row.state} overdue={row.overdue} />
        <ZoneName zone={row.zone} />
        {row['public-ip'] && <code translate="no">{row['public-ip']}</code>}
      </p>
    </>
  )
}

function Planned({ row, request }: { row: Row; request: ChangeRequest }) {
  const change = useChange(row, request, () => {})
  return (
    <>
      {change.missing && !change.isReading && <Consequences lines={[change.missing]} />}
      <PlanCard row={row} change={change} />
    </>
  )
}

function useSnapshotLine(zone: string, id: string): string {
  const { t } = useLingui()
  const { data = [] } = useQuery(snapshotsQuery(zone))
  const at = data.find((one) => one.id === id)?.['created-at']
  const moment = at && formatDateTime(at)
  return moment
    ? t`The snapshot from ${moment} is permanently deleted.`
    : t`The snapshot ${id} is permanently deleted.`
}

function DeletedSnapshot({ call }: { call: OrderedCall }) {
  const { t } = useLingui()
  const line = useSnapshotLine(call.zone, call.parameters['id'] ?? '')
  return <Consequences lines={[line, t`The instance doesn’t change.`]} />
}

function DeletedVolume({ call }: { call: OrderedCall }) {
  const { t } = useLingui()
  const { data = [] } = useQuery(volumesQuery(call.zone))
  const volume = data.find(({ id }) => id === call.parameters['id'])
  const size = volume?.size === undefined ? '' : formatGib(volume.size)
  return (
    <Consequences
      lines={[
        size
          ? t`The volume has ${size}. All data on it is permanently deleted.`
          : t`All data on the volume is permanently deleted.`,
        volume && !volume.instance
          ? t`No instance is affected, because the volume isn’t attached.`
          : null,
      ]}
    />
  )
}

function CallBody({ call, row }: { call: OrderedCall; row: Row | undefined }) {
  const { t } = useLingui()
  const { endpoint, body } = call
  switch (endpoint) {
    case 'delete-instance':
      return (
        row && (
          <>
            <ManagedWarning row={row} doing="delete" />
            <Lost row={row} />
          </>
        )
      )
    case 'reset-instance':
    case 'revert-instance-to-snapshot': {
      // The server has checked the body against that of the endpoint.
      const request = { endpoint, body } as ChangeRequest
      return row && <Planned row={row} request={request} />
    }
    case 'delete-snapshot':
      return <DeletedSnapshot call={call} />
    case 'delete-block-storage-volume':
      return <DeletedVolume call={call} />
    case 'remove-instance-protection':
      return <Consequences lines={[t`The instance can be deleted after that.`]} />
    case 'evict-instance-pool-members':
      return (
        <Consequences
          lines={[
            t`The instance, its disk and all data on it are permanently deleted.`,
            t`The pool shrinks by one instance and doesn’t create a replacement.`,
          ]}
        />
      )
    default:
      return <Consequences lines={[t`You can’t undo this.`]} />
  }
}

function JobBody({ order }: { order: JobOrder }) {
  const { t } = useLingui()
  const rows = useInventory((state) => state.rows)
  const down = useDownZones()
  const { action, targets } = order
  const found = targets.flatMap(
    ({ zone, instanceId }) => rows.get(rowKey(zone, instanceId)) ?? [],
  )
  // Which they are never changes; what they are like may.
  const set = useMemo(() => freezeSet(action, found, new Set()), [action, found])
  const changes = useMemo(() => changesSince(set, rows, down), [set, rows, down])
  const gone = targets.length - found.length
  return (
    <>
      <BulkPreview set={set} />
      {gone > 0 && (
        <Consequences
          lines={[
            t`${plural(gone, {
              one: '# instance isn’t in the list any more and will be skipped.',
              other: '# instances aren’t in the list any more and will be skipped.',
            })}`,
          ]}
        />
      )}
      <BulkList set={set} changes={changes} />
    </>
  )
}

/** A bulk action that is tried again or taken back. */
function AgainBody({ jobId, undoes }: { jobId: string; undoes: boolean }) {
  const outlookOf = useOutlookWords()
  const { data: detail, error } = useQuery(jobQuery(jobId))
  if (error) return <ProblemNotice problem={problemOf(error)} />
  if (!detail) return <Skeleton className="h-24 w-full" />
  const action = (undoes && jobUndo[detail.action]) || detail.action
  const items = detail.items.filter((item) =>
    undoes ? item.state === 'success' : mayRetry(item),
  )
  return (
    <>
      <p className="text-sm">{outlookOf(action, items.length)}</p>
      <JobResults detail={{ ...detail, items }} />
    </>
  )
}

/** What would happen to it can’t be shown, because it isn’t known. */
function NotListed() {
  return (
    <Banner kind="warning">
      <Trans>The instance isn’t in the list. It may have been deleted.</Trans>
    </Banner>
  )
}

export function ApprovalBody({
  approval,
  order,
}: {
  approval: Approval
  order: ApprovalOrder
}) {
  const { zone = '', instanceId = '' } = approval
  const row = useInventory(({ rows }) => rows.get(rowKey(zone, instanceId)))
  if (order.kind === 'job') return <JobBody order={order.job} />
  if (order.kind === 'retry-job' || order.kind === 'undo-job')
    return <AgainBody jobId={order.jobId} undoes={order.kind === 'undo-job'} />
  return (
    <>
      {row ? <Subject row={row} /> : instanceId && <NotListed />}
      {order.kind === 'chain' && row && <Planned row={row} request={order.chain.request} />}
      {order.kind === 'call' && <CallBody call={order} row={row} />}
    </>
  )
}
