import { useEffect, type RefObject } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import type { LabelRequest } from './LabelMenu.tsx'
import type { MenuRequest } from './row-menu.tsx'
import { useWatchActing } from './watch-acting.ts'

/**
 * Opens a row's menu where the row is pressed with the second button, and at the focus for the menu key; on a label
 * the label's own.
 * With Shift, on selected text and in the header the browser's own menu comes.
 */
export function GridContextMenu({
  grid,
  onMenu,
  onLabel,
}: {
  grid: RefObject<HTMLTableElement | null>
  onMenu: (request: MenuRequest) => void
  onLabel: (request: LabelRequest) => void
}) {
  useWatchActing(grid)
  // The grid's rows come and go while it scrolls, so the table itself listens.
  useEffect(() => {
    const table = grid.current
    if (!table) return
    const onContextMenu = (event: MouseEvent) => {
      if (event.shiftKey && event.button === 2) return
      if (!getSelection()?.isCollapsed || !(event.target instanceof Element)) return
      // The menu key reports the middle of what has the focus, and no button.
      const byKeyboard = event.button !== 2
      const at = { x: event.clientX, y: event.clientY }
      const label = event.target.closest<HTMLElement>('[data-label]')
      if (label) {
        event.preventDefault()
        onLabel({ label: label.dataset['label'] ?? '', anchor: label, at, byKeyboard })
        return
      }
      const line = event.target.closest<HTMLElement>('[data-row-key]')
      const row = useInventory.getState().rows.get(line?.dataset['rowKey'] ?? '')
      const anchor = line?.querySelector<HTMLButtonElement>('[aria-haspopup=menu]')
      if (!row || !anchor) return
      event.preventDefault()
      onMenu({ row, anchor, at, byKeyboard })
    }
    table.addEventListener('contextmenu', onContextMenu)
    return () => table.removeEventListener('contextmenu', onContextMenu)
  }, [grid, onMenu, onLabel])
  return null
}
