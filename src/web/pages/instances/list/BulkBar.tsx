/** Shows the actions for all selected instances at once; each opens a dialog. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { lazy, Suspense, useState } from 'react'

import type { Row } from '../../../api/inventory.ts'
import { Button } from '../../../ui/Button.tsx'
import type { BulkAction } from './bulk.ts'
import type { Selection } from './use-selection.ts'

const load = () => import('./BulkDialog.tsx')
const BulkDialog = lazy(async () => ({ default: (await load()).BulkDialog }))

function preload(): void {
  // A failure is shown when the dialog opens, which can handle it.
  load().catch(() => undefined)
}

export function BulkBar({
  selection,
  downZones,
}: {
  selection: Selection
  downZones: ReadonlySet<string>
}) {
  const { t } = useLingui()
  // What the question is about, as it is when it opens: nothing changes it afterward.
  const [asking, setAsking] = useState<{
    action: BulkAction
    rows: readonly Row[]
    downZones: ReadonlySet<string>
  }>()
  const { rows } = selection
  const count = rows.length
  const words = {
    start: t`Start…`,
    stop: t`Stop…`,
    reboot: t`Reboot…`,
    snapshot: t`Take snapshots…`,
    label: t`Add label…`,
    protect: t`Turn on protection…`,
    delete: t`Delete…`,
  } satisfies Record<BulkAction, string>
  const actions = Object.keys(words) as BulkAction[] // as the line above says
  return (
    <>
      {count > 0 && (
        <div
          role="toolbar"
          aria-label={t`Selected instances`}
          className="flex flex-wrap items-center gap-2 rounded-md bg-selected px-3 py-1.5 text-sm"
        >
          <span className="grow tabular-nums">
            <Plural value={count} one="# selected" other="# selected" />
          </span>
          {actions.map((action) => (
            <Button
              key={action}
              size="sm"
              variant={action === 'delete' ? 'danger' : 'secondary'}
              onPointerEnter={preload}
              onFocus={preload}
              onClick={() => setAsking({ action, rows, downZones })}
            >
              {words[action]}
            </Button>
          ))}
          <Button size="sm" variant="ghost" onClick={selection.clear}>
            <Trans>Clear selection</Trans>
          </Button>
        </div>
      )}
      {asking && (
        <Suspense fallback={null}>
          <BulkDialog
            {...asking}
            onClose={() => setAsking(undefined)}
            onSent={selection.clear}
          />
        </Suspense>
      )}
    </>
  )
}
