import { MousePointer2 } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'

import type { ConsoleConnection } from '../../screen/connection.ts'
import { usePictureBox } from '../lens/use-picture-box.ts'
import { pictureUnder } from './pinch-zoom.ts'
import { Touchpad } from './touchpad.ts'

/** The touchpad and its pointer, because some instances don't draw a pointer. */
export function TouchPointer({
  connection,
  layer,
}: {
  connection: ConsoleConnection
  layer: HTMLElement
}) {
  const [pad] = useState(() => new Touchpad(connection))
  // The screen is outside React.
  useEffect(() => {
    const surface = pictureUnder(layer)
    return surface && pad.attach(surface)
  }, [pad, layer])
  const { x, y } = useSyncExternalStore(pad.subscribe, pad.getSnapshot)
  const box = usePictureBox(connection, layer)
  if (!box) return null
  const left = box.left + x * box.scaleX
  const top = box.top + y * box.scaleY
  return createPortal(
    <MousePointer2
      aria-hidden="true"
      data-part="pointer"
      size={24}
      // The tip of the arrow is four units from its corner.
      style={{ transform: `translate(${left - 4}px, ${top - 4}px)` }}
      className="absolute top-0 left-0 fill-white stroke-black"
    />,
    layer,
  )
}
