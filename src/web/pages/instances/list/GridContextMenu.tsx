import { useEffect, type RefObject } from 'react'

import { useInventory } from '../../../api/inventory.ts'
import type { MenuRequest } from './row-menu.tsx'
import { useWatchActing } from './watch-acting.ts'

/**
 * Opens a row's menu where the row is pressed with the second button, and at the focus for the menu key.
 * With Shift, on selected text and in the header the browser's own menu comes.
 */
export function GridContextMenu({
  grid,
  onMenu,
}: {
  grid: RefObject<HTMLTableElement | null>
  onMenu: (request: MenuRequest) => void
}) {
  useWatchActing(grid)
  // The grid's rows come and go while it scrolls, so the table itself listens.
  useEffect(() => {
    const table = grid.current
    if (!table) return
    const onContextMenu = (event: MouseEvent) => {
      if (event.shiftKey && event.button === 2) return
      if (!getSelection()?.isCollapsed || !(event.target instanceof Element)) return
      const line = event.target.closest<HTMLElement>('[data-row-key]')
      const row = useInventory.getState().rows.get(line?.dataset['rowKey'] ?? '')
      const anchor = line?.querySelector<HTMLButtonElement>('[aria-haspopup=menu]')
      if (!row || !anchor) return
      event.preventDefault()
      // The menu key reports the middle of what has the focus, and no button.
      const byKeyboard = event.button !== 2
      onMenu({ row, anchor, at: { x: event.clientX, y: event.clientY }, byKeyboard })
    }
    table.addEventListener('contextmenu', onContextMenu)
    return () => table.removeEventListener('contextmenu', onContextMenu)
  }, [grid, onMenu])
  return null
}
