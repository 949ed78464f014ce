/**
 * Connects to a screen as soon as its link is clicked, while its page is still being rendered. The page
 * then takes over the connection.
 */
import { ConsoleConnection } from './connection.ts'
import { record } from './recording/recorder.ts'

type Target = { zone: string; id: string }

/** After this time, the page is no longer expected. */
const patienceMs = 5_000

let ahead:
  | (Target & { connection: ConsoleConnection; close: () => void; timer: number })
  | undefined

/** Each connection costs a ticket; what it shows is recorded from its very first byte. */
function start(connection: ConsoleConnection): () => void {
  const stop = record(connection)
  connection.start()
  return () => {
    stop()
    connection.close()
  }
}

/** Whether a page with a screen was rendered; it connects on its own. */
let isDrawn = false

/** After this time, the page is drawn without an image. */
const imageMs = 300

/**
 * Connects for an address that was just opened, unless its page was quicker. Resolves when that page should be
 * drawn: drawing takes the time in which the screen would answer.
 */
export async function openFirst(
  target: Target & { state: string },
  place?: HTMLElement,
): Promise<void> {
  if (isDrawn) return
  const connection = openAhead(target)
  if (place) connection.attach(place, () => {})
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(done, imageMs)
    const stop = connection.subscribe(() => {
      const { status } = connection.getSnapshot()
      // An image is painted in the next frame, and drawing the page would come before it.
      if (status === 'open') requestAnimationFrame(() => setTimeout(done))
      else if (status !== 'connecting') done()
    })
  })
}

/** Starts to connect to an instance in this state. */
export function openAhead({
  zone,
  id,
  state,
}: Target & { state: string }): ConsoleConnection {
  const connection = new ConsoleConnection({ zone, id })
  const close = start(connection)
  connection.setMachine(state)
  clearTimeout(ahead?.timer)
  ahead?.close()
  const timer = window.setTimeout(() => {
    ahead = undefined
    close()
  }, patienceMs)
  ahead = { zone, id, connection, close, timer }
  return connection
}

/** For a page that is being drawn, as often as that takes. */
export function connectionFor({ zone, id }: Target): ConsoleConnection {
  isDrawn = true
  const isIts = ahead?.zone === zone && ahead.id === id
  return isIts && ahead ? ahead.connection : new ConsoleConnection({ zone, id })
}

/** The page is there, and has the connection until it calls what this answers. */
export function takeOver(connection: ConsoleConnection): () => void {
  if (ahead?.connection !== connection) return start(connection)
  const { timer, close } = ahead
  clearTimeout(timer)
  ahead = undefined
  return close
}
