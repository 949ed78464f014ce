/** Follows where a control is on the page, and finds room for the card beside it. */
import { useEffect, useState } from 'react'

import { findControl } from './tour-places.ts'

export type Box = { left: number; top: number; width: number; height: number }

export const cardWidth = 336
const gap = 14
const edge = 8
const lookMs = 250

/** Whether the page has one of these controls, and the box of the first if it is in sight. */
export function useAnchor(selectors: readonly string[]): {
  isThere: boolean
  box: Box | undefined
} {
  const [box, setBox] = useState<Box>()
  const [isThere, setThere] = useState(false)
  const wanted = selectors.join('\n')
  // Outside React: pages lay themselves out, scroll and load later.
  useEffect(() => {
    const look = () => {
      // Nothing is wanted when the tour is done.
      const control = wanted ? findControl(wanted.split('\n')) : undefined
      setThere(control !== undefined)
      const rect = control?.getBoundingClientRect()
      const isSeen = rect && rect.bottom > 0 && rect.top < innerHeight && rect.width > 0
      setBox((before) => {
        if (!isSeen) return undefined
        const { left, top, width, height } = rect
        const isSame =
          before?.left === left &&
          before.top === top &&
          before.width === width &&
          before.height === height
        return isSame ? before : { left, top, width, height }
      })
    }
    look()
    const timer = setInterval(look, lookMs)
    addEventListener('scroll', look, true)
    addEventListener('resize', look)
    return () => {
      clearInterval(timer)
      removeEventListener('scroll', look, true)
      removeEventListener('resize', look)
    }
  }, [wanted])
  return { isThere, box }
}

export type Spot = {
  left: number
  top: number
  arrow: { left: number; side: 'top' | 'bottom' }
}

/** Below or above the control; undefined if there is no room, or if it fills most of the window. */
export function spotFor(
  box: Box,
  card: { height: number },
  view: { width: number; height: number },
): Spot | undefined {
  if (box.height > view.height / 2) return undefined
  const middle = box.left + box.width / 2
  const most = view.width - cardWidth - edge
  const left = Math.max(edge, Math.min(middle - cardWidth / 2, most))
  const arrowLeft = Math.max(16, Math.min(middle - left, cardWidth - 16))
  const below = box.top + box.height + gap
  if (below + card.height + edge <= view.height)
    return { left, top: below, arrow: { left: arrowLeft, side: 'top' } }
  const above = box.top - gap - card.height
  if (above >= edge) return { left, top: above, arrow: { left: arrowLeft, side: 'bottom' } }
  return undefined
}
