/**
 * Pinching zooms the picture here, in place of the Ctrl and wheel that noVNC would send. The
 * gesture itself is noVNC's: it is taken on its way, and everything else goes on to noVNC.
 */
import type { Stage } from '../../screen/stage.ts'

type Gesture = { type: string; magnitudeX?: number; magnitudeY?: number }

/** The picture that a layer lies over. */
export const pictureUnder = (layer: HTMLElement) =>
  layer.parentElement?.querySelector<HTMLElement>('[role=application]') ?? undefined

/** Listens until it is told to stop. */
export function zoomByPinching(surface: HTMLElement, stage: Stage): () => void {
  const off = new AbortController()
  const options = { capture: true, passive: true, signal: off.signal }
  let centre = { x: 0, y: 0 }
  let before = centre
  let apart = 0
  surface.addEventListener(
    'touchmove',
    ({ touches }) => {
      const [one, two] = touches
      if (!one || !two) return
      centre = { x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2 }
    },
    options,
  )
  const onGesture = (event: Event) => {
    // noVNC's own event, which no type tells.
    const { type, magnitudeX = 0, magnitudeY = 0 } = (event as CustomEvent<Gesture>).detail
    if (type !== 'pinch') return
    event.stopPropagation()
    const now = Math.hypot(magnitudeX, magnitudeY)
    if (event.type === 'gesturemove' && apart > 0) {
      stage.scrollBy(before.x - centre.x, before.y - centre.y)
      stage.zoomBy(now / apart, centre)
    }
    before = centre
    apart = event.type === 'gestureend' ? 0 : now
  }
  for (const name of ['gesturestart', 'gesturemove', 'gestureend'])
    surface.addEventListener(name, onGesture, options)
  return () => off.abort()
}
