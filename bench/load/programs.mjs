// Programs that a benchmark starts, and how to end them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const places = ['/usr/bin', '/usr/sbin', '/usr/local/bin']

/** Where a Debian package has put its program. */
export function found(name) {
  const path = places.map((place) => `${place}/${name}`).find(existsSync)
  if (!path) throw new Error(`${name} is not installed.`)
  return path
}

/** Starts a program on one processor of the two, if it is to have one; `asks`: it reads what is written to it. */
export function start(command, args, { env = {}, core, cwd, asks = false } = {}) {
  const all =
    core === undefined
      ? [command, ...args]
      : ['taskset', '-c', String(core), command, ...args]
  const child = spawn(all[0], all.slice(1), {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: [asks ? 'pipe' : 'ignore', 'pipe', 'inherit'],
  })
  return {
    child,
    pid: child.pid,
    async stop() {
      if (child.exitCode !== null) return
      const over = once(child, 'exit')
      child.kill()
      await over
    },
  }
}

/** What the pattern finds in the first line that has it; later lines are dropped. */
export async function says(program, pattern) {
  const lines = createInterface({ input: program.child.stdout })
  for await (const line of lines) {
    const match = pattern.exec(line)
    if (!match) continue
    program.child.stdout.resume()
    return match[1]
  }
  throw new Error(`It ended without saying ${pattern}.`)
}

export async function listens(port) {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(500) })
      return
    } catch (error) {
      if (error.cause?.code !== 'ECONNREFUSED') return
      await sleep(50)
    }
  }
  throw new Error(`Port ${port} takes no connections.`)
}

const ticksPerSecond = 100

/** Seconds of processor time that a process and its children, which have not ended, have used. */
export function processorSeconds(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return children
    .split(' ')
    .filter(Boolean)
    .reduce((sum, child) => sum + processorSeconds(Number(child)), own)
}

export function residentMiB(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}

/** Calls `act` with a function that keeps a program, and stops those that were kept, the last one first. */
export async function withPrograms(act) {
  const kept = []
  try {
    return await act((program) => {
      kept.unshift(program)
      return program
    })
  } finally {
    for (const program of kept) await program.stop()
  }
}
