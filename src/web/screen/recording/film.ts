/** Films a screen as a WebM video; loaded when a person first records one. */
import type { ConsoleConnection } from '../connection.ts'

const mostFrames = 15

export type Film = { stop: () => Promise<Blob> }

/**
 * Draws onto a canvas of its own, so that neither a reconnection nor a new resolution ends the film;
 * it keeps the size that the screen had first.
 */
export function startFilm(connection: ConsoleConnection): Film | undefined {
  const first = connection.canvas
  if (!first || typeof MediaRecorder === 'undefined') return undefined
  const copy = document.createElement('canvas')
  copy.width = first.width
  copy.height = first.height
  const context = copy.getContext('2d')
  const draw = () => {
    const { canvas } = connection
    if (!context || !canvas?.width) return
    const scale = Math.min(copy.width / canvas.width, copy.height / canvas.height)
    context.clearRect(0, 0, copy.width, copy.height)
    context.drawImage(canvas, 0, 0, canvas.width * scale, canvas.height * scale)
  }
  const stopDrawing = connection.taps.painted.on(draw)
  const stream = copy.captureStream(mostFrames)
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  recorder.start(1_000)
  draw()
  return {
    stop: () =>
      new Promise((resolve) => {
        stopDrawing()
        recorder.addEventListener('stop', () => {
          for (const track of stream.getTracks()) track.stop()
          resolve(new Blob(parts, { type: recorder.mimeType }))
        })
        draw()
        recorder.stop()
      }),
  }
}
