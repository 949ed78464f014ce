import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, type RefObject } from 'react'

export interface VirtualRowsOptions {
  scroller: RefObject<HTMLElement | null>
  count: number
  rowHeight: number
  keyAt: (index: number) => string
}

/** A row to render at `index`, with the empty space before it. */
export type VirtualRow = { index: number; gap: number }

/**
 * Which of many rows of one height to render. `kept` (a row's index, or -1) is rendered
 * wherever it is, so that the focus in it is not lost by scrolling.
 */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { scroller, count, rowHeight, keyAt } = options
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyAt,
    overscan: 4,
    // Rows are there in the first paint, before the real height is known.
    initialRect: { width: 1_280, height: 640 },
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  })
  // Heights are remembered by the virtualizer; another density forgets them.
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const layOut = (kept: number): { rows: VirtualRow[]; rest: number } => {
    // Asking for the items is what makes the virtualizer look at the count again.
    const indexes = virtualizer.getVirtualItems().map(({ index }) => index)
    if (kept >= 0 && !indexes.includes(kept)) {
      indexes.push(kept)
      indexes.sort((a, b) => a - b)
    }
    let end = 0
    const rows = indexes
      .filter((index) => index < count)
      .map((index) => {
        const gap = (index - end) * rowHeight
        end = index + 1
        return { index, gap }
      })
    return { rows, rest: (count - end) * rowHeight }
  }
  return { layOut, scrollToIndex: (index: number) => virtualizer.scrollToIndex(index) }
}
