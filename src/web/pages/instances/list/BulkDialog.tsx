/**
 * What is asked of several instances at once. The question shows what will happen to each of a
 * mixed selection; each request has its own result here, and what was refused can be asked again.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import { Countdown, focusOn } from '../../../instance/dialogs/Countdown.tsx'
import { useGrace } from '../../../instance/dialogs/use-grace.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { planBulk, type BulkAction } from './bulk.ts'
import { BulkPreview } from './BulkPreview.tsx'
import { BulkResults } from './BulkResults.tsx'
import { useBulkRun, type Label } from './use-bulk-run.ts'

/** What has to be filled in first, and why it can't be sent yet. */
function useInput(action: BulkAction, count: number) {
  const { t } = useLingui()
  const [label, setLabel] = useState<Label>({ key: '', value: '' })
  const [typed, setTyped] = useState('')
  if (action === 'label')
    return {
      label,
      missing: label.key.trim() ? null : t`Enter a key for the label.`,
      fields: (
        <div className="grid grid-cols-2 gap-2">
          <Field label={t`Key`}>
            <TextInput
              value={label.key}
              onChange={({ target }) => setLabel({ ...label, key: target.value })}
            />
          </Field>
          <Field label={t`Value`}>
            <TextInput
              value={label.value}
              onChange={({ target }) => setLabel({ ...label, value: target.value })}
            />
          </Field>
        </div>
      ),
    }
  if (action === 'delete')
    return {
      label,
      missing: typed.trim() === String(count) ? null : t`Type the number to confirm.`,
      fields: (
        <Field label={t`Type ${count} to confirm`}>
          <TextInput
            inputMode="numeric"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      ),
    }
  return { label, missing: null, fields: null }
}

export function BulkDialog({
  action,
  keys,
  downZones,
  onClose,
  onAsked,
}: {
  action: BulkAction
  keys: readonly string[]
  downZones: ReadonlySet<string>
  onClose: () => void
  /** They were asked: the selection has had its use. */
  onAsked: () => void
}) {
  const { t } = useLingui()
  const all = useInventory((state) => state.rows)
  const rows = keys.flatMap((key) => all.get(key) ?? [])
  const plan = planBulk(action, rows, downZones)
  const count = plan.go.length
  const { label, missing, fields } = useInput(action, count)
  const { run, done, results } = useBulkRun(action, onAsked, onClose)
  const grace = useGrace(() => void run(plan.go, label))
  const waits = grace.secondsLeft !== undefined
  const pending = done !== undefined
  const ended = results.length > 0
  const failed = results.filter(({ refused }) => refused !== null)
  const verbs: Record<BulkAction, string> = {
    start: t`Start`,
    stop: t`Stop`,
    reboot: t`Reboot`,
    snapshot: t`Take snapshots of`,
    label: t`Label`,
    protect: t`Lock`,
    delete: t`Delete`,
  }
  const title = (
    <>
      {verbs[action]}{' '}
      <Plural value={ended ? results.length : count} one="# instance" other="# instances" />
    </>
  )
  const send = () => {
    if (action === 'delete') grace.begin()
    else void run(plan.go, label)
  }
  const why = count === 0 ? t`None of the selected instances can do this.` : missing
  return (
    <Dialog
      open
      onClose={onClose}
      role="alertdialog"
      title={title}
      dismissible={!pending}
      onSubmit={(event) => {
        event.preventDefault()
        if (!why && !waits && !ended && !pending) send()
      }}
      footer={
        waits ? (
          <Button ref={focusOn} className="h-11 grow" onClick={grace.cancel}>
            <Trans>Cancel (nothing sent yet)</Trans>
          </Button>
        ) : ended ? (
          <>
            {failed.length > 0 && (
              <Button
                pending={pending}
                onClick={() =>
                  void run(
                    failed.map(({ row }) => row),
                    label,
                  )
                }
              >
                <Trans>Retry failed</Trans>
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              <Trans>Close</Trans>
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button
              type="submit"
              variant={action === 'delete' ? 'danger' : 'primary'}
              pending={pending}
              disabledReason={why}
            >
              {title}
            </Button>
          </>
        )
      }
    >
      {waits && <Countdown words={t`Deleting them`} secondsLeft={grace.secondsLeft ?? 0} />}
      {pending && (
        <output className="mb-3 block text-sm tabular-nums">
          <Trans>
            {done} of {count} requests sent
          </Trans>
        </output>
      )}
      {ended ? (
        <BulkResults results={results} />
      ) : (
        <div className={waits ? 'hidden' : 'grid gap-4'}>
          <BulkPreview action={action} plan={plan} />
          {fields}
        </div>
      )}
    </Dialog>
  )
}
