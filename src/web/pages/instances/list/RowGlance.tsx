/** Shows an instance's screen beside its row; loaded when it is first needed. */
import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'

import { useRow, type Row } from '../../../api/inventory.ts'
import {
  GlanceAge,
  GlancePicture,
  LookButton,
  useGlance,
} from '../../../screen/glance/ScreenGlance.tsx'

const width = 320
const height = 260
const margin = 8

type RowGlanceProps = {
  zone: string
  id: string
  /** The cell beside which the screen is shown. */
  anchor: HTMLElement
  byKeyboard: boolean
  onClose: () => void
  onPointer: (inside: boolean) => void
}

function Face({
  row,
  anchor,
  byKeyboard,
  onClose,
  onPointer,
}: RowGlanceProps & { row: Row }) {
  const { t } = useLingui()
  const glance = useGlance(row, width)
  const name = row.name ?? row.id
  const show = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return
      const cell = anchor.getBoundingClientRect()
      const lowest = window.innerHeight - height - margin
      element.style.left = `${Math.min(cell.right + 4, window.innerWidth - width - margin)}px`
      element.style.top = `${Math.max(margin, Math.min(cell.top - 4, lowest))}px`
      // The top layer needs neither a portal nor a z-index.
      element.showPopover()
      if (byKeyboard) element.querySelector('button')?.focus()
    },
    [anchor, byKeyboard],
  )
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only stays while it is pointed at
    <section
      ref={show}
      popover="manual"
      data-part="glance"
      aria-label={t`Screen of ${name}`}
      onPointerEnter={() => onPointer(true)}
      onPointerLeave={() => onPointer(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      style={{ width }}
      className="inset-auto m-0 rounded-lg border-0 bg-surface p-2 text-text shadow-float forced-colors:border"
    >
      <div className="relative flex aspect-16/10 items-center justify-center overflow-hidden rounded-md bg-black text-sm text-white">
        <GlancePicture glance={glance} />
      </div>
      {/* The same height with and without a reason, or the pointer would be outside after a refresh. */}
      <div
        className={`mt-1.5 flex ${glance.automatic ? 'h-7' : 'h-14'} items-center justify-between gap-2 px-1 text-xs text-muted tabular-nums`}
      >
        <span>
          <GlanceAge glance={glance} />
        </span>
        <LookButton glance={glance} />
      </div>
    </section>
  )
}

export function RowGlance(props: RowGlanceProps) {
  const row = useRow(props.zone, props.id)
  return row ? <Face {...props} row={row} /> : null
}
