/** Loads what a screen needs before somebody asks for it, so that the click has only to connect. */
export function preloadConsole(): void {
  const loads = [
    import('../pages/instances/InstanceConsolePage.tsx'),
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
