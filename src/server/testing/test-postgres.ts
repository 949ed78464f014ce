/** Starts a PostgreSQL for tests, reached through a socket in its own folder. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Client } from 'pg'

const debian = '/usr/lib/postgresql'

/** Where PostgreSQL's programs are, newest first; undefined if there are none. */
export function findPostgres(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : []
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
}

/** PostgreSQL doesn't run as root, so root uses the user that Debian created for it. */
function otherUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString())
  return { uid: id('-u'), gid: id('-g') }
}

export type TestPostgres = {
  url: string
  /** Kills it as a crash would. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops it and its connections without closing them, as a host that hangs. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) =>
  exitCode !== null || signalCode !== null

/** The processes that PostgreSQL has started, each a connection or a task of its own. */
function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)]).toString()
  return listed.split('\n').map(Number).filter(Boolean)
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

/** Creates a database in a new folder and starts it. */
export async function startPostgres(programs: string): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-pg-'))
  const user = otherUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' }
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'vedette', '-A', 'trust', '-E', 'UTF8', '--no-instructions', '-N'],
    { ...user, env, cwd: folder, stdio: 'ignore' },
  )
  const url = `postgres://vedette@localhost/postgres?host=${encodeURIComponent(folder)}`
  let server: ChildProcess | undefined
  const start = async () => {
    do {
      // After a kill, its child processes take a moment to end before another may start.
      if (!server || hasEnded(server))
        server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-h', ''], {
          ...user,
          env,
          cwd: folder,
          stdio: 'ignore',
        })
      await new Promise((resolve) => setTimeout(resolve, 50))
    } while (!(await answers(url)))
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!server || hasEnded(server)) return
    const exited = once(server, 'exit')
    server.kill(signal)
    await exited
  }
  const signalAll = (signal: NodeJS.Signals) => {
    const { pid } = server ?? {}
    if (pid === undefined) return
    for (const one of [pid, ...childrenOf(pid)]) {
      try {
        process.kill(one, signal)
      } catch {
        // A connection's process may just have ended.
      }
    }
  }
  await start()
  return {
    url,
    start,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    kill: () => end('SIGKILL'),
    async close() {
      signalAll('SIGCONT')
      // "Immediate", because its data is no longer needed.
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
