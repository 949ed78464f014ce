/**
 * Shows the actions for all selected instances at once; each opens a dialog. The bar is in the line of
 * the page's heading and as high as that, because one of its own would move the rows below the pointer.
 */
import { Plural, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { lazy, useLayoutEffect, useRef, useState, type RefObject } from 'react'

import { jobActions, jobEndpoints } from '#contract/job.ts'

import type { Row } from '../../../api/inventory.ts'
import { useRoleBlock } from '../../../components/people/role-block.ts'
import type { BulkAction } from '../../../instance/jobs/bulk.ts'
import { Button } from '../../../ui/Button.tsx'
import { Coming } from '../../../ui/Coming.tsx'
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

/** The first of these go last into the menu, where the bar has no room for all. */
const byUse: readonly BulkAction[] = [
  'start',
  'stop',
  'delete',
  'reboot',
  'snapshot',
  'label',
  'protect',
]

/** How many of the actions have room in the bar: the words of a language and the count need more or less of it. */
function useFitting(bar: RefObject<HTMLElement | null>, words: string): number {
  const [width, setWidth] = useState(0)
  const measured = `${width} ${words}`
  const [fitting, setFitting] = useState({ measured, count: byUse.length })
  // Begins with all of them. None of the attempts is painted.
  if (fitting.measured !== measured) setFitting({ measured, count: byUse.length })
  // The size of an element is outside React.
  useLayoutEffect(() => {
    const { scrollWidth = 0, clientWidth = 0 } = bar.current ?? {}
    if (scrollWidth > clientWidth && fitting.count > 0)
      // oxlint-disable-next-line react/set-state-in-effect -- known only once it is laid out
      setFitting({ measured, count: fitting.count - 1 })
  }, [bar, fitting, measured])
  useLayoutEffect(() => {
    const element = bar.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [bar])
  return fitting.count
}

type Words = Record<BulkAction, string>

function useWords(): Words {
  const { t } = useLingui()
  return {
    start: t`Start…`,
    stop: t`Stop…`,
    reboot: t`Reboot…`,
    snapshot: t`Take snapshots…`,
    label: t`Add label…`,
    protect: t`Turn on protection…`,
    delete: t`Delete…`,
  }
}

type Ask = (action: BulkAction) => void

function Actions({ words, fitting, onAsk }: { words: Words; fitting: number; onAsk: Ask }) {
  const { t } = useLingui()
  const roleBlock = useRoleBlock()
  const hasRoom = (action: BulkAction) => byUse.indexOf(action) < fitting
  const reasonOf = (action: BulkAction) => roleBlock(jobEndpoints[action])
  const button = (action: BulkAction) => (
    <Button
      key={action}
      size="sm"
      variant={action === 'delete' ? 'danger' : 'secondary'}
      onPointerEnter={preload}
      onFocus={preload}
      disabledReason={reasonOf(action)}
      onClick={() => onAsk(action)}
    >
      {words[action]}
    </Button>
  )
  const shown = jobActions.filter(hasRoom)
  return (
    <>
      {shown.filter((action) => action !== 'delete').map(button)}
      {shown.length < jobActions.length && (
        <MenuButton
          size="sm"
          variant="secondary"
          items={jobActions
            .filter((action) => !hasRoom(action))
            .map((action) => ({
              label: words[action],
              danger: action === 'delete',
              disabledReason: reasonOf(action),
              onSelect: () => onAsk(action),
            }))}
        >
          {t`More`}
        </MenuButton>
      )}
      {shown.filter((action) => action === 'delete').map(button)}
    </>
  )
}

/** A component of its own, because its parts have to be there when it is measured. */
function Bar({ selection, onAsk }: { selection: Selection; onAsk: Ask }) {
  const { t } = useLingui()
  const bar = useRef<HTMLDivElement>(null)
  const words = useWords()
  const count = selection.rows.length
  // Its digits are equally wide, and its words differ for one and several.
  const room = [count === 1, String(count).length, ...Object.values(words)]
  const fitting = useFitting(bar, room.join())
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t`Selected instances`}
      className="-my-1 flex min-w-0 grow items-center gap-2 overflow-x-auto rounded-md bg-selected p-1 text-sm [scrollbar-width:none] pointer-coarse:py-0"
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
      <Actions {...{ words, fitting, onAsk }} />
    </div>
  )
}

export function BulkBar({
  selection,
  downZones,
}: {
  selection: Selection
  downZones: ReadonlySet<string>
}) {
  // What the question is about, as it is when it opens: nothing changes it afterward.
  const [asking, setAsking] = useState<{
    action: BulkAction
    rows: readonly Row[]
    downZones: ReadonlySet<string>
  }>()
  const { rows } = selection
  return (
    <>
      {rows.length > 0 && (
        <Bar
          selection={selection}
          onAsk={(action) => setAsking({ action, rows, downZones })}
        />
      )}
      {asking && (
        <Coming>
          <BulkDialog
            {...asking}
            onClose={() => setAsking(undefined)}
            onSent={selection.clear}
          />
        </Coming>
      )}
    </>
  )
}
