/**
 * What can be asked of several instances at once. The question shows what will happen to each
 * of a mixed selection; each request has its own result, in the tray or, where the zone
 * refused it at once, in one notice that names them all.
 */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'

import { problemOf } from '../../../api/client.ts'
import type { Row } from '../../../api/inventory.ts'
import { rebootInstance, startInstance, stopInstance } from '../../../api/mutations.ts'
import { Button } from '../../../ui/Button.tsx'
import { LazyDialog, preloadDialog } from '../../../ui/LazyDialog.tsx'
import { toast } from '../../../ui/toast.ts'
import { eachOf, planBulk, type BulkAction } from './bulk.ts'
import { keyOf, type Selection } from './use-selection.ts'

const atOnce = 4
const namesShown = 8
const requests = {
  start: (row: Row) => startInstance(row),
  stop: (row: Row) => stopInstance(row),
  reboot: (row: Row) => rebootInstance(row),
}

const nameOf = (row: Row) => row.name ?? row.id

function Names({ rows }: { rows: readonly Row[] }) {
  const more = rows.length - namesShown
  return (
    <span className="block break-words text-muted" translate="no">
      {rows.slice(0, namesShown).map(nameOf).join(', ')}
      {more > 0 && ` +${more}`}
    </span>
  )
}

type DialogProps = {
  action: BulkAction
  rows: readonly Row[]
  downZones: ReadonlySet<string>
  onClose: () => void
  onDone: () => void
}

function BulkDialog({ action, rows, downZones, onClose, onDone }: DialogProps) {
  const { t } = useLingui()
  const [pending, setPending] = useState(false)
  const { go, already, cannot } = planBulk(action, rows, downZones)
  const count = go.length
  const titles = { start: t`Start`, stop: t`Stop`, reboot: t`Reboot` }
  const verb = titles[action]
  const run = async () => {
    setPending(true)
    const results = await eachOf(go, atOnce, requests[action])
    const refused = results.flatMap((result, index) => {
      const row = go[index]
      if (result.status === 'fulfilled' || !row) return []
      return [`${nameOf(row)}: ${problemOf(result.reason).message}`]
    })
    if (refused.length > 0) {
      const failed = refused.length
      toast({
        kind: 'error',
        title: t`${verb}: ${failed} of ${count} were refused`,
        body: refused.join('\n'),
      })
    }
    onDone()
  }
  const title = (
    <>
      {verb} <Plural value={count} one="# instance" other="# instances" />
    </>
  )
  return (
    <LazyDialog
      open
      onClose={onClose}
      role="alertdialog"
      title={title}
      dismissible={!pending}
      footer={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            variant="primary"
            pending={pending}
            disabledReason={count === 0 ? t`None of them can.` : null}
            onClick={run}
          >
            {title}
          </Button>
        </>
      }
    >
      <ul className="grid gap-2 text-sm">
        {count > 0 && (
          <li>
            {action === 'start' && <Trans>{count} will start</Trans>}
            {action === 'stop' && <Trans>{count} will stop and go offline</Trans>}
            {action === 'reboot' && (
              <Trans>{count} will reboot and be offline meanwhile</Trans>
            )}
            <Names rows={go} />
          </li>
        )}
        {already.length > 0 && (
          <li>
            {action === 'start' ? (
              <Plural
                value={already.length}
                one="# is already running"
                other="# are already running"
              />
            ) : (
              <Plural
                value={already.length}
                one="# is already stopped"
                other="# are already stopped"
              />
            )}
            <Names rows={already} />
          </li>
        )}
        {cannot.length > 0 && (
          <li>
            <Plural
              value={cannot.length}
              one="# can’t now and is left alone"
              other="# can’t now and are left alone"
            />
            <Names rows={cannot} />
          </li>
        )}
      </ul>
    </LazyDialog>
  )
}

export function BulkBar({
  selection,
  downZones,
}: {
  selection: Selection
  downZones: ReadonlySet<string>
}) {
  const { t } = useLingui()
  // The question stays about those it was opened for, whatever the filter does meanwhile.
  const [asking, setAsking] = useState<{ action: BulkAction; keys: Set<string> }>()
  const { rows } = selection
  const words = { start: t`Start…`, stop: t`Stop…`, reboot: t`Reboot…` }
  if (rows.length === 0) return null
  const asked = rows.filter((row) => asking?.keys.has(keyOf(row)))
  return (
    <div
      role="toolbar"
      aria-label={t`Selected instances`}
      className="flex flex-wrap items-center gap-2 rounded-md bg-selected px-3 py-1.5 text-sm"
    >
      <span className="grow tabular-nums">
        <Plural value={rows.length} one="# selected" other="# selected" />
      </span>
      {(['start', 'stop', 'reboot'] as const).map((action) => (
        <Button
          key={action}
          size="sm"
          onPointerEnter={preloadDialog}
          onFocus={preloadDialog}
          onClick={() => {
            setAsking({ action, keys: new Set(rows.map(keyOf)) })
          }}
        >
          {words[action]}
        </Button>
      ))}
      <Button size="sm" variant="ghost" onClick={selection.clear}>
        <Trans>Clear selection</Trans>
      </Button>
      {asking && (
        <BulkDialog
          action={asking.action}
          rows={asked}
          downZones={downZones}
          onClose={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            selection.clear()
          }}
        />
      )}
    </div>
  )
}
