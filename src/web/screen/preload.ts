import { mayHaveScreen } from '#contract/lifecycle.ts'

import type { Row } from '../api/inventory.ts'
import type { openAhead } from './ahead.ts'

let open: typeof openAhead | undefined
let loadPage: () => Promise<unknown> = async () => undefined

/** `main.tsx` sets how the console page is loaded, because this layer can't import pages. */
export function setConsolePage(load: () => Promise<unknown>): void {
  loadPage = load
}

async function loadAhead() {
  open = (await import('./ahead.ts')).openAhead
}

/** Loads what a screen needs in advance, so that a click only has to connect. */
export function preloadConsole(): void {
  const loads = [
    loadPage(),
    loadAhead(),
    import('./load-novnc.ts').then(({ loadNovnc }) => loadNovnc()),
  ]
  // The failure is shown when the screen is opened.
  for (const load of loads) load.catch(() => undefined)
}

/** Calls in a moment in which the browser has nothing to do; returns a function that cancels it. */
export function whenIdle(call: () => void): () => void {
  // Not in Safari, nor in the standard types of all browsers.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(call, 1_000)
    return () => clearTimeout(timer)
  }
  const wish = requestIdleCallback(call, { timeout: 2_000 })
  return () => cancelIdleCallback(wish)
}

/** Call this when an instance's screen is opened. It connects, after loading what is missing. */
export function aboutToOpen(row: Row): void {
  if (mayHaveScreen(row.state)) open?.(row)
}
