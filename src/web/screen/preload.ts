import { mayHaveScreen } from '#contract/lifecycle.ts'

import type { Row } from '../api/inventory.ts'
import type { openAhead } from './ahead.ts'

let open: typeof openAhead | undefined
let loadPage: () => Promise<unknown> = async () => undefined

/** The page that shows a screen is not the engine's to know: `main.tsx` says how to load it. */
export function setConsolePage(load: () => Promise<unknown>): void {
  loadPage = load
}

async function loadAhead() {
  open = (await import('./ahead.ts')).openAhead
}

/** Loads what a screen needs before somebody asks for it, so that the click has only to connect. */
export function preloadConsole(): void {
  const loads = [
    loadPage(),
    loadAhead(),
    import('./load-novnc.ts').then(({ loadNovnc }) => loadNovnc()),
  ]
  // Whoever then opens the screen is told.
  for (const load of loads) load.catch(() => undefined)
}

/** The same in a moment in which the browser has nothing to do; answers how to call it off. */
export function preloadWhenIdle(): () => void {
  // Not in Safari, nor in the standard types of all browsers.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(preloadConsole, 1_000)
    return () => clearTimeout(timer)
  }
  const wish = requestIdleCallback(preloadConsole, { timeout: 2_000 })
  return () => cancelIdleCallback(wish)
}

/** Somebody goes to this machine's screen now. What is not loaded yet connects once it is. */
export function aboutToOpen(row: Row): void {
  if (mayHaveScreen(row.state)) open?.(row)
}
