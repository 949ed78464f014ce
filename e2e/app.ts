/**
 * Starts a Vedette for each test: the built program on a free port, with its own sandbox.
 * Nothing is shared between tests and nothing is intercepted (docs/decisions/0003).
 */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { test as base } from '@playwright/test'

import { freePort } from '../src/server/testing/free-port.ts'
import { insertAsPeopleDo } from './firefox/insert-text.ts'

export type Running = {
  url: string
  /** Every line the program printed. */
  lines: string[]
  /** Sends a signal that does not end it; only to a process of its own. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Ends it; may be called twice. Only a process of its own takes a signal. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

type Environment = Record<string, string>

// Older builds, which benchmarks compare with, use other words.
const consoleAddress = /Vedette .*? at (http:\S+)/
const sandboxSecret = /EXOSCALE_API_SECRET=(\S+)/

/** The default settings of every program under test. */
const ordinary = (dataDir: string): Environment => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  LOG_LEVEL: 'warn',
  SANDBOX_MACHINES: 'painted',
  SANDBOX_SPEED: '4',
  DATA_DIR: dataDir,
})

/** The processes that tests started, so that one that fails leaves none behind. */
const launched = new Set<Running>()

/** Starts the built program and waits for the line that `ready` finds an address in. */
export async function launch(
  args: string[],
  environment: Environment,
  ready: RegExp,
  program = 'dist',
): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vedette-data-'))
  const child = spawn(process.execPath, [`${program}/server/main.js`, ...args], {
    env: { ...ordinary(dataDir), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const running: Running = {
    url: '',
    lines,
    signal: (signal) => void child.kill(signal),
    async kill(signal = 'SIGTERM') {
      launched.delete(running)
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      // A stopped process doesn't get the signal to end.
      child.kill('SIGCONT')
      child.kill(signal)
      await exited
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  launched.add(running)
  running.url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      const found = ready.exec(line)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', (code) =>
      reject(new Error(`exited with ${code}: ${lines.join('\n')}`)),
    )
  })
  return running
}

/** The value a sandbox printed for a setting. */
export function setting(lines: string[], name: string): string {
  return lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** A sandbox that is a process of its own. `port`: where an earlier one was. */
export const launchSandbox = async (
  environment: Environment = {},
  { port, args = [] }: { port?: string; args?: string[] } = {},
) =>
  launch(
    ['sandbox', '--port', port ?? String(await freePort()), ...args],
    environment,
    sandboxSecret,
  )

/** What a console needs to know about a sandbox. */
export const settingsFor = ({ lines }: Running): Environment => ({
  ...Object.fromEntries(
    ['EXOSCALE_API_ENDPOINT', 'EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'].map((name) => [
      name,
      setting(lines, name),
    ]),
  ),
  CONSOLE_HOSTS: '127.0.0.1:*',
})

/** A console that is a process of its own. With `program`, of another build than the one under test. */
export const launchConsole = async (environment: Environment = {}, program?: string) =>
  launch([], { PORT: String(await freePort()), ...environment }, consoleAddress, program)

type Reply = { id: number; command: string; lines: string[]; error?: string }

/** The process in which the programs of one worker run: see host.mjs. */
export class Host {
  #child: ChildProcess | undefined
  #last = 0

  /** Holds a folder for each program, so that none reads what another stored. */
  #dataDir = ''

  #start(): ChildProcess {
    if (this.#child) return this.#child
    const dataDir = mkdtempSync(join(tmpdir(), 'vedette-data-'))
    this.#dataDir = dataDir
    const child = fork(fileURLToPath(new URL('host.mjs', import.meta.url)), {
      // Playwright's own flags are for its workers.
      execArgv: [],
      env: ordinary(dataDir),
    })
    child.setMaxListeners(0)
    child.once('exit', () => {
      rmSync(dataDir, { recursive: true, force: true })
      this.#child = undefined
    })
    this.#child = child
    return child
  }

  #ask(id: number, command: string, details: object = {}): Promise<string[]> {
    const child = this.#start()
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error('the process of the programs under test ended'))
      const hear = (reply: Reply) => {
        if (reply.id !== id || reply.command !== command) return
        child.off('message', hear)
        child.off('exit', gone)
        if (reply.error) reject(new Error(reply.error))
        else resolve(reply.lines)
      }
      child.on('message', hear)
      child.on('exit', gone)
      child.send({ id, command, ...details })
    })
  }

  async #serve(command: string, ready: RegExp, details: object): Promise<Running> {
    const id = ++this.#last
    const lines = await this.#ask(id, command, details)
    let open = true
    return {
      url: lines.map((line) => ready.exec(line)?.[1]).find(Boolean) ?? '',
      lines,
      signal: () => {
        throw new Error('this program is no process of its own')
      },
      kill: async (signal) => {
        if (signal) throw new Error('this program is no process of its own')
        if (open) await this.#ask(id, 'close')
        open = false
      },
    }
  }

  console(environment: Environment = {}): Promise<Running> {
    this.#start()
    const all = {
      ...ordinary(mkdtempSync(join(this.#dataDir, 'console-'))),
      PORT: '0',
      ...environment,
    }
    return this.#serve('console', consoleAddress, { environment: all })
  }

  sandbox(environment: Environment = {}, args: string[] = []): Promise<Running> {
    this.#start()
    const all = { ...ordinary(this.#dataDir), ...environment }
    const rest = ['--port', '0', ...args]
    return this.#serve('sandbox', sandboxSecret, { environment: all, args: rest })
  }

  async close(): Promise<void> {
    const child = this.#child
    if (!child) return
    const exited = once(child, 'exit')
    child.disconnect()
    await exited
  }
}

type Fixtures = {
  /** The settings a test's console runs with; a test file may set its own by `test.use`. */
  settings: Environment
  /** Whether the test's console is a process of its own, which a test can stop or kill. */
  ownProcess: boolean
  app: Running
  nothingLeft: void
}

export const test = base.extend<Fixtures, { host: Host }>({
  settings: [{}, { option: true }],
  ownProcess: [false, { option: true }],
  host: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures
    async ({}, use) => {
      const host = new Host()
      await use(host)
      await host.close()
    },
    { scope: 'worker' },
  ],
  nothingLeft: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      await use()
      await Promise.all([...launched].map((one) => one.kill()))
    },
    { auto: true },
  ],
  app: async ({ settings, ownProcess, host }, use) => {
    const app = await (ownProcess ? launchConsole(settings) : host.console(settings))
    await use(app)
    await app.kill()
  },
  baseURL: async ({ app }, use) => use(app.url),
  context: async ({ context, browserName }, use) => {
    if (browserName === 'firefox') await insertAsPeopleDo(context)
    await use(context)
  },
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
