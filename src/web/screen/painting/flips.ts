/**
 * noVNC shows what it has painted after each update. A message with a thousand small updates would be shown
 * a thousand times, and only the last of them could be seen.
 */
type Flipping = {
  _renderQ: unknown[]
  flip(fromQueue?: boolean): void
}

/**
 * Calls `handle`; what it paints is shown once, at its end. Images that are still decoded stay in order. Before
 * `isUsed`, what is shown is no image, and must not come after noVNC says that it is connected.
 */
export function showOnce(
  display: Flipping,
  handle: () => void,
  isUsed: () => boolean,
): () => void {
  const flip = display.flip.bind(display)
  let isHandling = false
  let isDue = false
  display.flip = (fromQueue) => {
    if (isHandling && !fromQueue && display._renderQ.length === 0) isDue = true
    else flip(fromQueue)
  }
  return () => {
    isHandling = isUsed()
    isDue = false
    try {
      handle()
    } finally {
      isHandling = false
    }
    // Not after a failure: part of what it painted may be no image.
    if (isDue) flip()
  }
}
