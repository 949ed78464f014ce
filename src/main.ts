/**
 * Starts the program: passes arguments and environment to `serve.ts`, which joins the parts, and sets
 * the exit code. Read these two files first.
 *
 * `main.js` serves the console; `main.js sandbox [--port N] [--key EXO…] [--console-origin ws://…]`
 * serves only a sandbox zone. Only this file uses `process`.
 */
import closeWithGrace from 'close-with-grace'

import { SettingsError } from '#server/env.ts'

import { serveConsole, serveSandbox } from './serve.ts'

const [command, ...rest] = process.argv.slice(2)
try {
  const serving =
    command === 'sandbox'
      ? await serveSandbox(process.env, rest)
      : await serveConsole(process.env, process.stdout.isTTY)
  for (const line of serving.lines) console.log(line)
  closeWithGrace({ delay: 10_000, logger: false }, () => serving.close())
} catch (error) {
  if (error instanceof SettingsError) {
    console.error(error.message)
    process.exit(2)
  }
  // A used port is the most common error at the start, and needs no stack.
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error(`${error.message}. Set PORT to a free port.`)
    process.exit(2)
  }
  throw error
}
