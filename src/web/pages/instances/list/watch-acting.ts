import { useEffect, type RefObject } from 'react'

import { useActing } from './held-rows.ts'

/** How long the rows are held after the pointer has moved over them or a key was pressed in one. */
const restMs = 3_000
/** What is open is about a row, or takes the focus back to one. Panels beside the list aren't. */
const open = '[role=menu],[data-modal]'

const say = (isActing: boolean) => {
  if (useActing.getState().isActing !== isActing) useActing.setState({ isActing })
}

/** Tells whether someone acts on the rows: with the pointer, with keys, or in a menu or a dialog. */
export function useWatchActing(grid: RefObject<HTMLTableElement | null>): void {
  useEffect(() => {
    const rows = grid.current?.tBodies[0]
    if (!rows) return
    let timer = 0
    const off = new AbortController()
    const end = () => {
      clearTimeout(timer)
      if (document.querySelector(open)) timer = window.setTimeout(end, 250)
      else say(false)
    }
    const act = () => {
      clearTimeout(timer)
      timer = window.setTimeout(end, restMs)
      say(true)
    }
    for (const name of ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const)
      rows.addEventListener(name, act, { signal: off.signal, passive: true })
    // A finger leaves before its click has reached the row.
    const leave = ({ pointerType }: PointerEvent) => {
      if (pointerType !== 'touch') end()
    }
    // A press moves the focus from row to row, before its click has reached the row.
    const blur = ({ relatedTarget }: FocusEvent) => {
      const isWithin = relatedTarget instanceof Node && rows.contains(relatedTarget)
      if (!isWithin && !rows.matches(':hover')) end()
    }
    rows.addEventListener('pointerleave', leave, { signal: off.signal })
    rows.addEventListener('focusout', blur, { signal: off.signal })
    return () => {
      off.abort()
      clearTimeout(timer)
      say(false)
    }
  }, [grid])
}
