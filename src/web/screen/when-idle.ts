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
