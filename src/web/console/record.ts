/** Moving pictures of a screen: recorded to a file, or shown in a small window on top of all. */
import type { ConsoleConnection } from './connection.ts'

const mostFrames = 15

/** Calls back with the canvas that is shown, again whenever a reconnection made a new one. */
function followCanvas(
  connection: ConsoleConnection,
  use: (canvas: HTMLCanvasElement) => void,
): () => void {
  let last: HTMLCanvasElement | undefined
  const look = () => {
    const { canvas } = connection
    if (!canvas || canvas === last) return
    last = canvas
    use(canvas)
  }
  look()
  return connection.subscribe(look)
}

export type Recording = { stop: () => Promise<Blob> }

/**
 * Records what is painted as WebM. It draws onto a canvas of its own, so that a reconnection or a new
 * resolution does not end it; the first size stays.
 */
export function record(connection: ConsoleConnection): Recording | undefined {
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

type PictureInPicture = {
  requestWindow(size: { width: number; height: number }): Promise<Window>
}

/** Chromium's window that stays on top; no other browser has it. */
const pictureInPicture = () =>
  (window as Window & { documentPictureInPicture?: PictureInPicture })
    .documentPictureInPicture // not in the standard types

export const canFloat = () => pictureInPicture() !== undefined

/** Shows the screen in a small window on top of all; it can be looked at, not typed into. */
export async function float(connection: ConsoleConnection, title: string): Promise<void> {
  const { size } = connection.getSnapshot()
  const ratio = size ? size.height / size.width : 0.625
  const opened = await pictureInPicture()?.requestWindow({
    width: 480,
    height: Math.round(480 * ratio),
  })
  if (!opened) return
  const { document: page } = opened
  page.title = title
  page.body.style.cssText = 'margin:0;background:#000;height:100vh'
  const video = page.createElement('video')
  video.muted = true
  video.style.cssText = 'width:100%;height:100%;object-fit:contain'
  video.setAttribute('aria-label', title)
  page.body.append(video)
  const stop = followCanvas(connection, (canvas) => {
    video.srcObject = canvas.captureStream(mostFrames)
    void video.play().catch(() => undefined)
  })
  opened.addEventListener('pagehide', stop)
}
