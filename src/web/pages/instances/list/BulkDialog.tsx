/**
 * Asks before one action is sent for several instances. Which ones is decided when the dialog
 * opens; once confirmed, the server does it, and the dialog of the job takes over.
 */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useMemo, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'

import { jobEndpoints, type Job } from '#contract/job.ts'

import { useDownZones, useInventory, type Row } from '../../../api/inventory.ts'
import { orderJob } from '../../../api/jobs.ts'
import { Press } from '../../../api/once.ts'
import { useOnce } from '../../../api/use-once.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { GraceDialog } from '../../../instance/dialogs/GraceDialog.tsx'
import {
  changesSince,
  freezeSet,
  targetsOf,
  type BulkAction,
  type BulkSet,
} from '../../../instance/jobs/bulk.ts'
import { BulkList } from '../../../instance/jobs/BulkList.tsx'
import { BulkPreview } from '../../../instance/jobs/BulkPreview.tsx'
import { useOpenJob } from '../../../instance/jobs/job-address.ts'
import { useJobTitle } from '../../../instance/jobs/job-words.ts'
import { loadJobDialog } from '../../../instance/jobs/late-job-dialog.ts'
import { waits } from '../../../stores/second-person.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { useBulkInput } from './use-bulk-input.tsx'

type Label = { key: string; value: string }

/** Sends the order once, whatever is pressed; its dialog has the address in the end. */
function useOrder(
  set: BulkSet,
  label: Label | undefined,
  { onSent, onClose }: { onSent: () => void; onClose: () => void },
) {
  const open = useOpenJob()
  const { pathname } = useLocation()
  const [press] = useState(() => new Press({ key: set.key, closes: true }))
  const [sentId, setSentId] = useState<string>()
  const sending = useOnce<void, Job>({
    press,
    send: async (key) => {
      const { action } = set
      const targets = targetsOf(set)
      const job = await orderJob({ key, action, targets, ...(label ? { label } : {}) })
      // If its code can't be loaded, its page says so.
      await loadJobDialog().catch(() => undefined)
      return job
    },
    onSuccess: (job) => {
      if (waits(job)) {
        onSent()
        onClose()
        return
      }
      const { id } = job
      setSentId(id)
      onSent()
      // The person may have left the list with Back: its page isn't opened again for the results.
      if (location.pathname === pathname) open(id)
    },
  })
  return { sending, sentId }
}

/** What is different from when the dialog opened; the set stays the same. */
function ChangeNotice({ count }: { count: number }) {
  const { t } = useLingui()
  if (count === 0) return null
  return (
    <Banner
      kind="warning"
      className="mb-4"
      title={t`${plural(count, {
        one: '# instance has changed since you opened this dialog',
        other: '# instances have changed since you opened this dialog',
      })}`}
    >
      <Trans>
        No instances are added. Included instances that don’t allow this anymore are
        skipped.
      </Trans>
    </Banner>
  )
}

function useNothingToDo({ action, go, cannot }: BulkSet): string | null {
  const { t } = useLingui()
  if (go.length > 0) return null
  if (cannot.length > 0) return t`None of the selected instances can do this.`
  return action === 'start'
    ? t`All selected instances are already running.`
    : action === 'protect'
      ? t`All selected instances are already protected.`
      : t`All selected instances are already stopped.`
}

export function BulkDialog({
  action,
  rows,
  downZones,
  onClose,
  onSent,
}: {
  action: BulkAction
  /** The selected instances, and the zones that don't respond, when the dialog opened. */
  rows: readonly Row[]
  downZones: ReadonlySet<string>
  onClose: () => void
  /** The server has the order: the selection is no longer needed. */
  onSent: () => void
}) {
  const { t } = useLingui()
  const titleOf = useJobTitle()
  const [set] = useState(() => freezeSet(action, rows, downZones))
  const [search] = useSearchParams()
  const now = useInventory((state) => state.rows)
  const downNow = useDownZones()
  const changes = useMemo(() => changesSince(set, now, downNow), [set, now, downNow])
  const count = set.go.length
  const { label, missing, fields } = useBulkInput(action, count)
  const { sending, sentId } = useOrder(set, label, { onSent, onClose })
  const nothing = useNothingToDo(set)
  // The address changes a moment after the answer: the question stays until the job is shown.
  const isOver = sentId !== undefined && search.get('job') === sentId
  // The parent decides whether the dialog is rendered.
  useEffect(() => {
    if (isOver) onClose()
  }, [isOver, onClose])
  if (isOver) return null
  return (
    <GraceDialog
      title={titleOf(action, count)}
      size="lg"
      danger={action === 'delete'}
      endpoint={jobEndpoints[action]}
      grace={
        action === 'delete'
          ? (secondsLeft) =>
              t`${plural(count, {
                one: 'Deleting # instance',
                other: 'Deleting # instances',
              })} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
          : undefined
      }
      pending={sending.isPending || sentId !== undefined}
      disabledReason={nothing ?? missing}
      notice={<ChangeNotice count={changes.size} />}
      onSend={() => sending.mutate()}
      onClose={onClose}
    >
      <BulkPreview set={set} />
      {fields}
      <BulkList set={set} changes={changes} />
      <SendProblem sending={sending} />
    </GraceDialog>
  )
}
