/**
 * Downloads Debian's graphical installer when an instance first needs it: about 130 MB, of which
 * 80 MB are kept.
 */
import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { run } from '../children.ts'
import { cacheDir, fromPackages, walk } from './packages.ts'

export type Installer = { kernel: string; initrd: string }

/** The installer, downloaded if it is missing. Rejects with a sentence that says why. */
export async function installerPieces(cache = cacheDir()): Promise<Installer> {
  const home = await fromPackages(cache, {
    edition: 'installer-1',
    what: 'installer',
    names: packageNames,
    keep,
    // Enough for 300 KB a second.
    fetchMs: 480_000,
  })
  return { kernel: join(home, 'linux'), initrd: join(home, 'initrd.gz') }
}

/** The package has the release in its name; apt usually knows only the host's release. */
async function packageNames(): Promise<string[]> {
  const { stdout } = await run('apt-cache', ['pkgnames', 'debian-installer-'])
  const releases = [...stdout.matchAll(/^debian-installer-(\d+)-netboot-amd64$/gm)]
  if (releases.length === 0)
    throw new Error('apt cannot find debian-installer-12-netboot-amd64 or a newer version')
  const newest = Math.max(...releases.map(([, release]) => Number(release)))
  return [`debian-installer-${newest}-netboot-amd64`]
}

async function keep(root: string, to: string): Promise<void> {
  const initrd = walk(root).find((path) => /\/gtk\/.*\/initrd\.gz$/.test(path))
  if (!initrd) throw new Error("Debian's package holds no graphical installer")
  mkdirSync(to)
  renameSync(initrd, join(to, 'initrd.gz'))
  renameSync(join(dirname(initrd), 'linux'), join(to, 'linux'))
}
