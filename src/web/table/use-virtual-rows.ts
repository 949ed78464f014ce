import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type RefObject } from 'react'

import { printedMost, usePrinting } from './use-printing.ts'

/**
 * Reports the scroller's size after the browser's layout. The library's own function reads it at once,
 * which needs one more layout of the whole table before anything is shown.
 */
function observeSize(
  { scrollElement }: Virtualizer<HTMLElement, Element>,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  if (!scrollElement) return undefined
  const observer = new ResizeObserver(([entry]) => {
    const box = entry?.borderBoxSize[0]
    if (box) tell({ width: box.inlineSize, height: box.blockSize })
  })
  observer.observe(scrollElement)
  return () => observer.disconnect()
}

/** The scroller's place, from its first scroll on; it begins at the top, which needs no look. */
function observePlace(
  { scrollElement, options }: Virtualizer<HTMLElement, Element>,
  tell: (offset: number, scrolling: boolean) => void,
): (() => void) | undefined {
  if (!scrollElement) return undefined
  let still = 0
  const follow = () => {
    clearTimeout(still)
    still = window.setTimeout(
      () => tell(scrollElement.scrollTop, false),
      options.isScrollingResetDelay,
    )
    tell(scrollElement.scrollTop, true)
  }
  tell(0, false)
  scrollElement.addEventListener('scroll', follow, { passive: true })
  return () => {
    clearTimeout(still)
    scrollElement.removeEventListener('scroll', follow)
  }
}

/** Scrolls only if the position changes, because any scroll costs a layout. */
function scrollThere(
  offset: number,
  { adjustments = 0, behavior }: { adjustments?: number; behavior?: ScrollBehavior },
  { scrollElement, scrollOffset }: Virtualizer<HTMLElement, Element>,
): void {
  const top = offset + adjustments
  if (top !== (scrollOffset ?? 0))
    scrollElement?.scrollTo({ top, ...(behavior && { behavior }) })
}

type VirtualRowsOptions = {
  scroller: RefObject<HTMLElement | null>
  count: number
  rowHeight: number
  keyAt: (index: number) => string
}

/** On the server, where the first page is rendered, that of most screens. */
const windowHeight = () => globalThis.window?.innerHeight ?? 940

/** A row to render at `index`, with the empty space before it. */
type VirtualRow = { index: number; gap: number }

/**
 * Which of many rows of one height to render. `kept` (a row's index, or -1) is rendered
 * wherever it is, so that the focus in it is not lost by scrolling.
 */
export function useVirtualRows(options: VirtualRowsOptions) {
  const { scroller, count, rowHeight, keyAt } = options
  const { isPrinting } = usePrinting()
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here that could memoise it
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyAt,
    overscan: 3,
    // Rows are there in the first paint, before the real height is known: all but the page's
    // own top is theirs.
    initialRect: { width: 1_280, height: Math.max(320, windowHeight() - 190) },
    observeElementRect: observeSize,
    observeElementOffset: observePlace,
    scrollToFn: scrollThere,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  })
  // Heights are remembered by the virtualizer; another density forgets them.
  const measured = useRef(rowHeight)
  useEffect(() => {
    if (measured.current === rowHeight) return
    measured.current = rowHeight
    virtualizer.measure()
  }, [virtualizer, rowHeight])

  const layOut = (kept: number): { rows: VirtualRow[]; rest: number } => {
    // Asking for the items is what makes the virtualizer look at the count again.
    const shown = virtualizer.getVirtualItems().map(({ index }) => index)
    const indexes = isPrinting ? Array.from({ length: printedMost }, (_, at) => at) : shown
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
