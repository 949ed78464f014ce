/**
 * Starts the program: passes arguments and environment to `serve.ts`, which joins the parts, and sets
 * the exit code. Read these two files first.
 *
 * `main.js` serves the console; `main.js sandbox [--port N] [--key EXO…] [--console-origin ws://…]`
 * serves only a sandbox zone; `main.js audit verify [--file F]` checks the audit log, and `main.js backup FILE`
 * copies the database. Only this file uses `process`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'

import closeWithGrace from 'close-with-grace'

import { secretsIn, SettingsError, StartLater } from '#server/env.ts'
import { crashLine } from '#server/logs.ts'

import { runAudit, runBackup, serveConsole, serveSandbox, type Serving } from './serve.ts'

// Otherwise V8 lets garbage grow to four times what is in use, and every new list leaves some.
setFlagsFromString('--heap-growing-percent=25')

const closingMs = 10_000
const secrets = secretsIn(process.env)
let serving: Serving | undefined
let ends = false

/** Says in one line why the process ends, closes what still works, and ends it with code 1. */
async function crash(what: string, error: unknown): Promise<void> {
  process.stderr.write(crashLine(what, error, secrets))
  if (ends) process.exit(1)
  ends = true
  const closed = Promise.resolve(serving?.close()).catch(() => {})
  await Promise.race([closed, wait(closingMs)])
  process.exit(1)
}

// Before anything is started. They are ours, because close-with-grace takes a rejection without a
// reason for an ordinary end, and prints nothing without a logger.
process.on('uncaughtException', (error) => void crash('uncaught exception', error))
process.on('unhandledRejection', (error) => void crash('unhandled rejection', error))
closeWithGrace(
  {
    delay: closingMs,
    logger: false,
    skip: ['uncaughtException', 'unhandledRejection'],
    onTimeout: () =>
      process.stderr.write(crashLine(`not closed after ${closingMs} ms`, undefined, [])),
  },
  async () => {
    ends = true
    await serving?.close().catch((error: unknown) => {
      process.stderr.write(crashLine('could not close', error, secrets))
      throw error
    })
  },
)

const [command, ...rest] = process.argv.slice(2)
try {
  if (command === 'audit') {
    const { lines, isWhole } = await runAudit(process.env, rest)
    for (const line of lines) console.log(line)
    process.exit(isWhole ? 0 : 1)
  }
  if (command === 'backup') {
    console.log(await runBackup(process.env, rest))
    process.exit(0)
  }
  serving =
    command === 'sandbox'
      ? await serveSandbox(process.env, rest)
      : await serveConsole(process.env, process.stdout.isTTY)
  for (const line of serving.lines) console.log(line)
} catch (error) {
  if (error instanceof SettingsError) {
    console.error(error.message)
    process.exit(2)
  }
  // A service manager tries again, because it may have become right by then.
  if (error instanceof StartLater) {
    console.error(error.message)
    process.exit(1)
  }
  await crash('could not start', error)
}
