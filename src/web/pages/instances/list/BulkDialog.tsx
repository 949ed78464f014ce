/**
 * Sends one action for several instances. The dialog shows what will happen to each of a mixed
 * selection; each request has its own result here, and a rejected one can be sent again.
 */
import { plural } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'

import { useInventory } from '../../../api/inventory.ts'
import { GraceDialog } from '../../../instance/dialogs/GraceDialog.tsx'
import { Button } from '../../../ui/Button.tsx'
import { planBulk, type BulkAction } from './bulk.ts'
import { BulkPreview } from './BulkPreview.tsx'
import { BulkResults } from './BulkResults.tsx'
import { useBulkInput } from './use-bulk-input.tsx'
import { useBulkRun } from './use-bulk-run.ts'

/** Title and button, with the number of instances. */
function useTitle(action: BulkAction, count: number): string {
  const { t } = useLingui()
  const titles: Record<BulkAction, string> = {
    start: t`${plural(count, { one: 'Start # instance', other: 'Start # instances' })}`,
    stop: t`${plural(count, { one: 'Stop # instance', other: 'Stop # instances' })}`,
    reboot: t`${plural(count, { one: 'Reboot # instance', other: 'Reboot # instances' })}`,
    snapshot: t`${plural(count, {
      one: 'Take snapshot of # instance',
      other: 'Take snapshots of # instances',
    })}`,
    label: t`${plural(count, {
      one: 'Add label to # instance',
      other: 'Add label to # instances',
    })}`,
    protect: t`${plural(count, {
      one: 'Turn on protection for # instance',
      other: 'Turn on protection for # instances',
    })}`,
    delete: t`${plural(count, { one: 'Delete # instance', other: 'Delete # instances' })}`,
  }
  return titles[action]
}

export function BulkDialog({
  action,
  keys,
  downZones,
  onClose,
  onSent,
}: {
  action: BulkAction
  keys: readonly string[]
  downZones: ReadonlySet<string>
  onClose: () => void
  /** The requests were sent: the selection is no longer needed. */
  onSent: () => void
}) {
  const { t } = useLingui()
  const all = useInventory((state) => state.rows)
  const rows = keys.flatMap((key) => all.get(key) ?? [])
  const plan = planBulk(action, rows, downZones)
  const count = plan.go.length
  const { label, missing, fields } = useBulkInput(action, count)
  const { run, done, results } = useBulkRun(action, onSent, onClose)
  const pending = done !== undefined
  const ended = results.length > 0
  const failed = results.filter(({ refused }) => refused !== null).map(({ row }) => row)
  const title = useTitle(action, ended ? results.length : count)
  return (
    <GraceDialog
      title={title}
      danger={action === 'delete'}
      grace={
        action === 'delete'
          ? (secondsLeft) =>
              t`${plural(count, {
                one: 'Deleting # instance',
                other: 'Deleting # instances',
              })} in ${plural(secondsLeft, { one: '# second', other: '# seconds' })}`
          : undefined
      }
      pending={pending}
      disabledReason={
        count === 0 ? t`None of the selected instances can do this.` : missing
      }
      ending={
        ended && (
          <>
            {failed.length > 0 && (
              <Button pending={pending} onClick={() => void run(failed, label)}>
                <Trans>Retry failed</Trans>
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </>
        )
      }
      onSend={() => void run(plan.go, label)}
      onClose={onClose}
    >
      {pending && (
        <output className="block text-sm tabular-nums">
          <Plural
            value={count}
            one={`${done} of # request sent`}
            other={`${done} of # requests sent`}
          />
        </output>
      )}
      {ended ? (
        <BulkResults results={results} />
      ) : (
        <>
          <BulkPreview action={action} plan={plan} />
          {fields}
        </>
      )}
    </GraceDialog>
  )
}
