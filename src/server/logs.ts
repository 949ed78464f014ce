/**
 * Writes the log: JSON lines from which each secret is removed by its value, wherever it occurs.
 * Removing by path would miss secrets in messages and nested members.
 */
import { scrubberOf, type Scrub } from './scrub.ts'

const struck = '[secret]'

// A console address is a secret as a whole; of a signature, only the part after its name.
const shapes = [
  /wss?:\/\/[^\s"\\]+/g,
  /\/(?:api\/console|sandbox-console)\/[^\s"\\]+/g,
  /signature=[^\s"\\,]+/g,
]

/** Returns a function that removes these values, and whatever looks like a secret, from a text. */
function scrubber(secrets: string[]): Scrub {
  const scrub = scrubberOf(secrets)
  return (text) => {
    let clean = scrub(text)
    for (const shape of shapes) clean = clean.replace(shape, struck)
    return clean
  }
}

export type LineSink = { write(line: string): void }

/** A destination for the logger that scrubs each line on its way to `sink`. */
export function scrubbed(sink: LineSink, secrets: string[]): LineSink {
  const scrub = scrubber(secrets)
  return { write: (line) => sink.write(scrub(line)) }
}

/**
 * The line that says why the process ends: JSON as in the log, with the stack and without secrets. It
 * is written whatever the log level is.
 */
export function crashLine(what: string, error: unknown, secrets: string[]): string {
  const { name, message, stack } =
    error instanceof Error
      ? error
      : { name: typeof error, message: String(error), stack: undefined }
  const err =
    error === undefined ? {} : { err: { type: name, message, ...(stack ? { stack } : {}) } }
  const line = { level: 60, time: Date.now(), ...err, msg: what }
  return `${scrubber(secrets)(JSON.stringify(line))}\n`
}
