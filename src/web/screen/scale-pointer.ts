/**
 * Draws the instance's pointer as large as its picture: noVNC draws it pixel by pixel, so on a screen at
 * twice the size it was half as large as it should be. `_cursor` is a private name of noVNC 1.7.0, which is
 * pinned exactly; if it is missing, the pointer keeps its size.
 */
import type RFB from '@novnc/novnc'

type Cursor = {
  change(rgba: ArrayLike<number>, x: number, y: number, width: number, height: number): void
}
type Shape = Parameters<Cursor['change']>

/** Browsers show no larger picture as a pointer. */
const mostPixels = 128
const leastScale = 0.25
const littleChange = 0.05

/** The scale at which a pointer of this size is drawn; whole pixels keep their edges. */
export function pointerScale(scale: number, width: number, height: number): number {
  const most = mostPixels / Math.max(width, height, 1)
  const wanted = Math.min(Math.max(scale, leastScale), Math.max(most, leastScale))
  return Math.abs(wanted - 1) < littleChange ? 1 : wanted
}

function scaled([rgba, x, y, width, height]: Shape, scale: number): Shape {
  const source = document.createElement('canvas')
  source.width = width
  source.height = height
  source
    .getContext('2d')
    ?.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0)
  const wide = Math.max(1, Math.round(width * scale))
  const high = Math.max(1, Math.round(height * scale))
  const target = document.createElement('canvas')
  target.width = wide
  target.height = high
  const context = target.getContext('2d')
  if (!context) return [rgba, x, y, width, height]
  context.imageSmoothingEnabled = !Number.isInteger(scale)
  context.drawImage(source, 0, 0, wide, high)
  const spot = (at: number, most: number) => Math.min(most - 1, Math.round(at * scale))
  const { data } = context.getImageData(0, 0, wide, high)
  return [data, spot(x, wide), spot(y, high), wide, high]
}

/** Scales the pointer of a connection from now on; call what it answers when the scale changes. */
export function scalePointer(rfb: RFB): (scale: number) => void {
  const cursor = (rfb as unknown as { _cursor?: Cursor })._cursor // a private name; see above
  if (typeof cursor?.change !== 'function') return () => {}
  const change = cursor.change.bind(cursor)
  let scale = 1
  let last: Shape | undefined
  const draw = () => {
    if (!last) return
    const [, , , width, height] = last
    const drawn = pointerScale(scale, width, height)
    change(...(drawn === 1 || width * height === 0 ? last : scaled(last, drawn)))
  }
  cursor.change = (...shape) => {
    last = shape
    draw()
  }
  // The pointer that is shown by now came before this.
  ;(rfb as unknown as { _refreshCursor?: () => void })._refreshCursor?.() // private, as above
  return (next) => {
    if (Math.abs(next - scale) < 0.01) return
    scale = next
    draw()
  }
}
