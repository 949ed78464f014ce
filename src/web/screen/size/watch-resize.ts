/**
 * Hears when a server refuses the size that was asked for, which noVNC only logs. A private method of
 * version 1.7.0, which is pinned exactly; if it is missing, a refusal is silent as before.
 */
import type RFB from '@novnc/novnc'

type Inside = {
  /** The rectangle that is read; of a size, `x` says who wanted it and `y` how it went. */
  _FBU: { x: number; y: number }
  _handleExtendedDesktopSize(): boolean
}

const byThisViewer = 1

/** Calls back with RFB's status of each refusal: 1 prohibited, 2 out of resources, 3 invalid. */
export function watchResize(rfb: RFB, onRefused: (status: number) => void): void {
  const inside = rfb as unknown as Inside // private names; the reason is above
  const former = inside._handleExtendedDesktopSize
  if (typeof former !== 'function') return
  inside._handleExtendedDesktopSize = () => {
    const { x, y } = inside._FBU
    const isRead = former.call(rfb)
    if (isRead && x === byThisViewer && y !== 0) onRefused(y)
    return isRead
  }
}
