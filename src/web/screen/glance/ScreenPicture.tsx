import { useCallback } from 'react'

import type { Frame } from './frame.ts'

/** Shows a screenshot, and paints it only when it has changed. */
export function ScreenPicture({
  frame,
  className = '',
}: {
  frame: Frame
  className?: string
}) {
  const { picture } = frame
  const paint = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return
      canvas.width = picture.width
      canvas.height = picture.height
      canvas.getContext('2d')?.drawImage(picture, 0, 0)
    },
    [picture],
  )
  return <canvas ref={paint} aria-hidden="true" className={`object-contain ${className}`} />
}
