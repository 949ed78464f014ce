/**
 * Zooms the screen by pinching, instead of the Ctrl and wheel that noVNC would send. noVNC recognizes
 * the gesture; this intercepts its event and passes all others on.
 */
import type { Stage } from '../../screen/stage.ts'

type Gesture = { type: string; magnitudeX?: number; magnitudeY?: number }

/** The screen below a layer. */
export const pictureUnder = (layer: HTMLElement) =>
  layer.parentElement?.querySelector<HTMLElement>('[role=application]') ?? undefined

/** Listens until the returned function is called. */
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
    // noVNC's own event, which has no type.
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
