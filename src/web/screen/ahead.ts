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

/** Starts to connect to an instance in this state. */
export function openAhead({ zone, id, state }: Target & { state: string }): void {
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
}

/** For a page that is being drawn, as often as that takes. */
export function connectionFor({ zone, id }: Target): ConsoleConnection {
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
