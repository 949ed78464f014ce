/**
 * Takes files out of Debian packages and keeps them in a cache that all sandboxes of a user share.
 * Nothing is installed and no root is needed. When several processes need the same files, one
 * downloads them and the others wait.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { run } from '../children.ts'
import { programPath, startTimeOf } from '../qemu/process.ts'

type Packed = {
  /** The name of its folder in the cache. */
  edition: string
  /** Its name in sentences. */
  what: string
  /** The packages; rejects if apt doesn't know them. */
  names(): Promise<string[]>
  /** Moves the needed files from the unpacked packages to a new folder. */
  keep(root: string, to: string): Promise<void>
  /** How long the download may take. */
  fetchMs: number
}

/** The cache of all sandboxes of this user. */
export const cacheDir = () =>
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'vedette')

/** Its folder, filled if it is missing. Rejects with a sentence that says why. */
export async function fromPackages(cache: string, packed: Packed): Promise<string> {
  const home = join(cache, packed.edition)
  mkdirSync(cache, { recursive: true })
  const lock = `${home}.lock`
  const deadline = performance.now() + packed.fetchMs
  while (!existsSync(home)) {
    if (takeLock(lock)) {
      try {
        if (!existsSync(home)) await fetchInto(home, cache, packed)
      } finally {
        rmSync(lock, { force: true })
      }
    } else if (performance.now() > deadline) {
      const { what } = packed
      throw new Error(
        `another process is still downloading the ${what} (lock file: ${lock})`,
      )
    } else {
      await wait(200)
    }
  }
  return home
}

/** A lock file that only one process can create; that of a dead process is deleted. */
function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid} ${startTimeOf(process.pid) ?? ''}`, { flag: 'wx' })
    return true
  } catch {
    const [pid, started] = readOr(lock).split(' ')
    // A new, still empty file belongs to another process, too.
    if (pid && startTimeOf(Number(pid)) !== started) rmSync(lock, { force: true })
    return false
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

async function fetchInto(home: string, cache: string, packed: Packed): Promise<void> {
  if (!programPath('apt-get') || !programPath('dpkg-deb')) {
    const { what } = packed
    throw new Error(
      `the ${what} is built from Debian packages, but apt-get is not installed`,
    )
  }
  const work = mkdtempSync(join(cache, 'fetching-'))
  try {
    const root = join(work, 'root')
    await download(work, await packed.names(), packed)
    for (const name of readdirSync(work).filter((one) => one.endsWith('.deb')))
      await run('dpkg-deb', ['-x', join(work, name), root])
    const done = join(work, 'done')
    await packed.keep(root, done)
    renameSync(done, home)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function download(cwd: string, names: string[], { what, fetchMs }: Packed) {
  try {
    await run('apt-get', ['download', '-q', ...names], { cwd, timeout: fetchMs })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const reason = /^E: .*$/m.exec(said)?.[0] ?? said.split('\n')[0]
    throw new Error(`cannot download the packages for the ${what}: ${reason}`, {
      cause: error,
    })
  }
}

/** The files below a folder, however deep. */
export function walk(root: string): string[] {
  return readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    const path = join(root, entry.name)
    if (entry.isDirectory()) return walk(path)
    // A link's target must be inside the folder.
    return existsSync(path) && statSync(path).isFile() ? [path] : []
  })
}
