/**
 * Starts QEMU as a child process that ends with its parent, even after kill -9 (docs/sandbox.md#processes-that-end-with-the-server). Where
 * `setpriv --pdeathsig KILL` exists, the kernel does it; elsewhere a shell holds the other end of a
 * pipe and kills the child when it closes. Every process is also recorded with its start time, and
 * the next start ends what is left.
 */
import type { ChildProcess } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { start } from '../children.ts'

/** A unix socket's path may have 107 bytes; the longest name in the folder has 20. */
const maxStatePath = 80

/** The full path of a program on PATH. */
export function programPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const watcher = '"$@" </dev/null & child=$!; read line; kill -9 $child 2>/dev/null'

/**
 * Starts a program that ends with this process. Call it on the main thread: the kernel sends the
 * signal when the spawning thread ends. `leash` is for tests of the second way.
 */
export function spawnLeashed(
  program: string,
  words: string[],
  leash: 'setpriv' | 'shell' = programPath('setpriv') ? 'setpriv' : 'shell',
): ChildProcess {
  if (leash === 'setpriv') {
    // With lower priority, because machines must not slow down the zone.
    const nice = programPath('nice') ? ['nice', '-n', '4'] : []
    const binding = ['--pdeathsig', 'KILL', '--no-new-privs', ...nice, program]
    return start('setpriv', [...binding, ...words], { stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const watching = ['-c', watcher, 'watcher', program]
  return start('/bin/sh', [...watching, ...words], { stdio: ['pipe', 'ignore', 'pipe'] })
}

/**
 * When a process started, in the kernel's ticks, to distinguish it from a later process with the same
 * number. Undefined if there is none, if it is a zombie, and without /proc.
 */
export function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may contain anything, even parentheses. State is field 3, start 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** The folder of this user's sockets, private and with a short path. */
export function defaultStateDir(): string {
  const uid = process.getuid?.() ?? 0
  return join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `vedette-${uid}`)
}

/** Creates this process's folder below `base`, after removing those of dead processes. */
export function claimStateDir(base: string): string {
  if (base.length > maxStatePath) {
    throw new Error(`the state folder's path is too long for sockets: ${base}`)
  }
  mkdirSync(base, { recursive: true, mode: 0o700 })
  sweep(base)
  const folder = mkdtempSync(join(base, 's-'))
  writeIdentity(join(folder, 'owner'), process.pid)
  return folder
}

/** Records a process by number and start time. */
export function writeIdentity(path: string, pid: number): void {
  writeFileSync(path, `${pid} ${startTimeOf(pid) ?? ''}\n`, { mode: 0o600 })
}

/** Kills the processes of dead owners and deletes their folders. */
export function sweep(base: string): void {
  for (const name of readdirSync(base)) {
    const folder = join(base, name)
    const owner = join(folder, 'owner')
    if (!name.startsWith('s-') || !existsSync(owner) || identityLives(owner)) continue
    for (const machine of readdirSync(folder)) {
      const pidFile = join(folder, machine, 'pid')
      if (existsSync(pidFile)) killLeftover(pidFile, machine)
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

const readIdentity = (path: string) => {
  const [pid, started] = readFileSync(path, 'utf8').trim().split(' ')
  return { pid: Number(pid), started }
}

function identityLives(path: string): boolean {
  const { pid, started } = readIdentity(path)
  const now = startTimeOf(pid)
  return now !== undefined && now === started
}

// A process is killed only if its number, its start time and its command line match.
function killLeftover(pidFile: string, machine: string): void {
  const { pid } = readIdentity(pidFile)
  if (!identityLives(pidFile)) return
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    if (words.includes(`guest=${machine}`)) process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended in the meantime.
  }
}
