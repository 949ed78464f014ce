/** The screen in a small window on top of all. */
import type { ConsoleConnection } from '../screen/connection.ts'

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
