/**
 * Which of many rows of one height to render. They have one height, so where each of them is has to be
 * stored for none: a hundred thousand rows cost as much as a hundred.
 */
import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

import { printedMost, usePrinting } from './use-printing.ts'

/** Rows above and below those in sight. */
const overscan = 2

type VirtualRowsOptions = {
  scroller: RefObject<HTMLElement | null>
  count: number
  rowHeight: number
}

/** On the server, where the first page is rendered, that of most screens. */
const windowHeight = () => globalThis.window?.innerHeight ?? 940

/** A row to render at `index`, with the empty space before it. */
type VirtualRow = { index: number; gap: number }

/** What is in sight: where it begins, in pixels, and how many rows there are. */
type Sight = { top: number; many: number }

/**
 * What is in sight of the scroller. Its size is told after the browser's layout: to read it at once would need
 * one more layout of the whole table before anything is shown. It begins at the top, which needs no look.
 */
function useSight(scroller: RefObject<HTMLElement | null>, rowHeight: number): Sight {
  // Rows are there in the first paint, before the real height is known: all but the page's
  // own top is theirs.
  const [sight, setSight] = useState<Sight>(() => ({
    top: 0,
    many: Math.ceil(Math.max(320, windowHeight() - 190) / rowHeight),
  }))
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const show = (part: Partial<Sight>) =>
      setSight((now) => {
        const next = { ...now, ...part }
        return next.top === now.top && next.many === now.many ? now : next
      })
    // To the row: less than one changes nothing.
    const look = () => show({ top: Math.floor(element.scrollTop / rowHeight) * rowHeight })
    // In the frame that scrolls, or it would show empty space.
    const follow = () => flushSync(look)
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize
      if (height) show({ many: Math.ceil(height / rowHeight) })
    })
    observer.observe(element)
    element.addEventListener('scroll', follow, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', follow)
    }
  }, [scroller, rowHeight])
  return sight
}

/** `kept` (a row's index, or -1) is rendered wherever it is, so that the focus in it is not lost by scrolling. */
export function useVirtualRows({ scroller, count, rowHeight }: VirtualRowsOptions) {
  const { isPrinting } = usePrinting()
  const { top: offset, many } = useSight(scroller, rowHeight)
  const first = Math.floor(offset / rowHeight)

  const layOut = (kept: number): { rows: VirtualRow[]; rest: number } => {
    // A shorter list is scrolled to its end before it says so.
    const top = Math.max(0, Math.min(first, count - many))
    const from = isPrinting ? 0 : Math.max(0, top - overscan)
    const to = Math.min(count, isPrinting ? printedMost : top + many + overscan)
    const indexes = Array.from({ length: to - from }, (_, at) => from + at)
    if (kept >= 0 && kept < count && !indexes.includes(kept)) {
      indexes.push(kept)
      indexes.sort((a, b) => a - b)
    }
    let end = 0
    const rows = indexes.map((index) => {
      const gap = (index - end) * rowHeight
      end = index + 1
      return { index, gap }
    })
    return { rows, rest: (count - end) * rowHeight }
  }

  /** Scrolls only if the row is out of sight, because any scroll costs a layout. A row's height is left on both sides. */
  const scrollToIndex = useCallback(
    (index: number) => {
      const element = scroller.current
      if (!element) return
      const { scrollTop, clientHeight } = element
      const start = index * rowHeight
      const isBelow = start + 2 * rowHeight > scrollTop + clientHeight
      const isAbove = start < scrollTop + rowHeight
      if (isBelow) element.scrollTo({ top: start + 2 * rowHeight - clientHeight })
      else if (isAbove) element.scrollTo({ top: start - rowHeight })
    },
    [scroller, rowHeight],
  )
  return { layOut, scrollToIndex }
}
