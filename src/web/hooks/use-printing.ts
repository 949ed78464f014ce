import { useSyncExternalStore } from 'react'

/** How many rows of a list are printed: each of them has to be laid out before the browser's own dialog opens. */
export const printedMost = 2_000

let isPrinting = false

function follow(changed: () => void): () => void {
  const set = ({ type }: Event) => {
    isPrinting = type === 'beforeprint'
    changed()
  }
  addEventListener('beforeprint', set)
  addEventListener('afterprint', set)
  return () => {
    removeEventListener('beforeprint', set)
    removeEventListener('afterprint', set)
  }
}

/** Whether the page is being printed. What renders then is in the print: the browser waits for the event. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    follow,
    () => isPrinting,
    () => false,
  )
