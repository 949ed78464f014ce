import { useEffect, useState } from 'react'

import type { ConsoleConnection } from '../../screen/connection.ts'

/** The position of the screen within the layer over it, in CSS pixels, and its scale. */
export type PictureBox = { left: number; top: number; scaleX: number; scaleY: number }

const measure = (canvas: HTMLCanvasElement, layer: HTMLElement): PictureBox => {
  const picture = canvas.getBoundingClientRect()
  const frame = layer.getBoundingClientRect()
  return {
    left: picture.left - frame.left,
    top: picture.top - frame.top,
    scaleX: picture.width / canvas.width,
    scaleY: picture.height / canvas.height,
  }
}

const same = (a: PictureBox | undefined, b: PictureBox) =>
  a?.left === b.left && a.top === b.top && a.scaleX === b.scaleX && a.scaleY === b.scaleY

/** Follows the screen's zoom, its scrolling, and its new canvas after a reconnection. */
export function usePictureBox(
  connection: ConsoleConnection,
  layer: HTMLElement | null,
): PictureBox | undefined {
  const [box, setBox] = useState<PictureBox>()
  // Where things are on the page is outside React.
  useEffect(() => {
    if (!layer) return
    let watched: HTMLCanvasElement | undefined
    const sizes = new ResizeObserver(() => update())
    const update = () => {
      const { canvas } = connection
      if (!canvas || canvas.width === 0) return
      if (canvas !== watched) {
        if (watched) sizes.unobserve(watched)
        sizes.observe(canvas)
        watched = canvas
      }
      const next = measure(canvas, layer)
      setBox((now) => (same(now, next) ? now : next))
    }
    sizes.observe(layer)
    const frame = layer.parentElement
    frame?.addEventListener('scroll', update, { capture: true })
    const stops = [connection.taps.painted.on(update), connection.subscribe(update)]
    update()
    return () => {
      sizes.disconnect()
      frame?.removeEventListener('scroll', update, { capture: true })
      stops.forEach((stop) => stop())
    }
  }, [connection, layer])
  return box
}
