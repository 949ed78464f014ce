import { mayHaveScreen } from '#contract/lifecycle.ts'

import { rowKey, useInventory, type Row } from '../api/inventory.ts'
import type { openAhead } from './ahead.ts'

let open: typeof openAhead | undefined
let loadPage: () => Promise<unknown> = async () => undefined

/** `main.tsx` sets how the console page is loaded, because this layer can't import pages. */
export function setConsolePage(load: () => Promise<unknown>): void {
  loadPage = load
}

async function loadAhead() {
  const ahead = await import('./ahead.ts')
  open = ahead.openAhead
  return ahead
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

/** The instance whose screen an address is, and whether the screen is all there is on its page. */
function screenAt(
  path: string,
): { zone: string; id: string; isAlone: boolean } | undefined {
  const alone = /^\/console\/([^/]+)\/([^/]+)\/?$/.exec(path)
  const [, zone, id] =
    alone ?? /^\/instances\/([^/]+)\/([^/]+)\/console\/?$/.exec(path) ?? []
  return zone && id ? { zone, id, isAlone: alone !== null } : undefined
}

/** Where the screen is shown until its page is drawn: below the bar that comes. */
function firstPlace(): HTMLElement {
  const place = document.createElement('div')
  place.className =
    'fixed inset-x-0 top-10 bottom-0 flex overflow-hidden bg-black pointer-coarse:top-12'
  document.body.append(place)
  return place
}

/**
 * Call this with the address that a page was opened by. If it is a screen's, it is connected once `told`, the
 * inventory, has the instance. Resolves when the page should be drawn; call what it resolves to after that.
 */
export async function openByAddress(
  path: string,
  told: Promise<void>,
): Promise<() => void> {
  const at = screenAt(path)
  if (!at) return () => {}
  preloadConsole()
  // Without it, the page says what failed.
  const ahead = await loadAhead().catch(() => undefined)
  await told
  const row = useInventory.getState().rows.get(rowKey(at.zone, at.id))
  if (!ahead || !row || !mayHaveScreen(row.state)) return () => {}
  const place = at.isAlone ? firstPlace() : undefined
  await ahead.openFirst(row, place)
  return () => place?.remove()
}
