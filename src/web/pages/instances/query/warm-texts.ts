import type { Row } from '../../../api/inventory.ts'

const sliceMs = 6
const pauseMs = 20

/**
 * Makes the texts that a search looks at, piece by piece, from when someone goes to the search: the first key would
 * have to wait for all of them. Returns how to stop.
 */
export function warmTexts(rows: readonly Row[], textOf: (row: Row) => string): () => void {
  let at = 0
  let timer = 0
  const step = () => {
    const end = performance.now() + sliceMs
    while (at < rows.length && performance.now() < end) {
      for (const row of rows.slice(at, at + 50)) textOf(row)
      at += 50
    }
    if (at < rows.length) timer = window.setTimeout(step, pauseMs)
  }
  timer = window.setTimeout(step, pauseMs)
  return () => clearTimeout(timer)
}
