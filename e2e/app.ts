/**
 * A Vedette of one's own for every test: the built program as a child process on a free
 * port, with its own sandbox. Nothing is shared between tests and nothing is intercepted.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { test as base } from '@playwright/test'

export type Running = {
  url: string
  /** Every line the program printed. */
  lines: string[]
  /** Sends a signal that does not end it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** Starts the built program and waits for the line that `ready` finds an address in. */
export async function launch(
  args: string[],
  environment: Record<string, string>,
  ready: RegExp,
  program = 'dist',
): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vedette-data-'))
  const child = spawn(process.execPath, [`${program}/server/main.js`, ...args], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LOG_LEVEL: 'warn',
      SANDBOX_MACHINES: 'painted',
      SANDBOX_SPEED: '4',
      DATA_DIR: dataDir,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const found = ready.exec(line)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) =>
      reject(new Error(`exited with ${code}: ${lines.join('\n')}`)),
    )
  })
  return {
    url,
    lines,
    signal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      // One that was stopped would never hear the signal to end.
      child.kill('SIGCONT')
      child.kill(signal)
      await exited
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The value a sandbox printed for a setting. */
export function setting(lines: string[], name: string): string {
  return lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** A sandbox that is a process of its own. */
export const launchSandbox = (port = '0', environment: Record<string, string> = {}) =>
  launch(['sandbox', '--port', port], environment, /EXOSCALE_API_SECRET=(\S+)/)

/** What a console needs to be told of it. */
export const settingsFor = ({ lines }: Running): Record<string, string> => ({
  ...Object.fromEntries(
    ['EXOSCALE_API_ENDPOINT', 'EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'].map((name) => [
      name,
      setting(lines, name),
    ]),
  ),
  CONSOLE_HOSTS: '127.0.0.1:*',
})

/** With `program`, of another build than the one under test. */
export const launchConsole = (environment: Record<string, string> = {}, program?: string) =>
  launch([], { PORT: '0', ...environment }, /running at (http:\S+)/, program)

/** The settings a test's console runs with; a test file may set its own by `test.use`. */
export const test = base.extend<{ settings: Record<string, string>; app: Running }>({
  settings: [{}, { option: true }],
  app: async ({ settings }, use) => {
    const app = await launchConsole(settings)
    await use(app)
    await app.kill()
  },
  baseURL: async ({ app }, use) => use(app.url),
})

/** Runs the tests of a file with screens opened by the browser itself, and through the server. */
export function eachWay(tests: (via: 'direct' | 'relay') => void): void {
  for (const via of ['direct', 'relay'] as const)
    test.describe(`via ${via}`, () => {
      test.use({ settings: { CONSOLE_VIA: via } })
      tests(via)
    })
}

export { expect } from '@playwright/test'
