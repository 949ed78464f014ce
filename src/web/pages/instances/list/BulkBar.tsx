/**
 * Shows the actions for all selected instances at once; each opens a dialog. The bar is in the line of
 * the page's heading and as high as that, because one of its own would move the rows below the pointer.
 */
import { Plural, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { jobEndpoints } from '#contract/job.ts'

import type { Row } from '../../../api/inventory.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import type { BulkAction } from '../../../instance/jobs/bulk.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { focusHome } from '../../../ui/return-focus.ts'
import type { Selection } from './use-selection.ts'

const load = () => import('./BulkDialog.tsx')
const BulkDialog = lazy(async () => ({ default: (await load()).BulkDialog }))

function preload(): void {
  // A failure is shown when the dialog opens, which can handle it.
  load().catch(() => undefined)
}

/** Those in a menu where the bar has no room for all of them in the longest of the languages. */
const less: readonly BulkAction[] = ['snapshot', 'label', 'protect']
const withRoom = '@max-[63rem]:hidden'
const withoutRoom = '@min-[63rem]:hidden'

function Actions({ onAsk }: { onAsk: (action: BulkAction) => void }) {
  const { t } = useLingui()
  const roleBlock = useRoleBlock()
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
  const reasonOf = (action: BulkAction) => roleBlock(jobEndpoints[action])
  const button = (action: BulkAction) => (
    <Button
      key={action}
      size="sm"
      variant={action === 'delete' ? 'danger' : 'secondary'}
      className={less.includes(action) ? withRoom : ''}
      onPointerEnter={preload}
      onFocus={preload}
      disabledReason={reasonOf(action)}
      onClick={() => onAsk(action)}
    >
      {words[action]}
    </Button>
  )
  return (
    <>
      {actions.filter((action) => action !== 'delete').map(button)}
      <MenuButton
        size="sm"
        variant="secondary"
        className={withoutRoom}
        items={less.map((action) => ({
          label: words[action],
          disabledReason: reasonOf(action),
          onSelect: () => onAsk(action),
        }))}
      >
        {t`More`}
      </MenuButton>
      {button('delete')}
    </>
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
  // What the question is about, as it is when it opens: nothing changes it afterward.
  const [asking, setAsking] = useState<{
    action: BulkAction
    rows: readonly Row[]
    downZones: ReadonlySet<string>
  }>()
  const { rows } = selection
  const count = rows.length
  return (
    <>
      {count > 0 && (
        <div
          role="toolbar"
          aria-label={t`Selected instances`}
          className="@container ui-more -my-1 flex min-w-0 grow items-center gap-2 overflow-x-auto rounded-md bg-selected p-1 text-sm [scrollbar-width:none] pointer-coarse:py-0"
        >
          <IconButton
            label={t`Clear selection`}
            size="sm"
            onClick={() => {
              selection.clear()
              // The bar, which has the focus, goes away.
              focusHome()
            }}
          >
            <X />
          </IconButton>
          <span className="grow whitespace-nowrap tabular-nums">
            <Plural value={count} one="# selected" other="# selected" />
          </span>
          <Actions onAsk={(action) => setAsking({ action, rows, downZones })} />
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
