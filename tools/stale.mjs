// Says whether the builds in dist are of other sources than those that are there. Times don't tell: an archive and
// `rsync -a` bring files that are older than the build before them.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Written when the builds are complete, with what `fingerprint` returned before them. */
export const stamp = 'dist/.built'

const sources = [
  'src',
  'public',
  'index.html',
  'package.json',
  'package-lock.json',
  'lingui.config.ts',
  'vite.config.ts',
  'vite.builds.config.ts',
  'vite.first-page.config.ts',
  'vite.server.config.ts',
  'vite.texts.ts',
  'tools/build.mjs',
  'tools/bundle.mjs',
  'tools/compress.mjs',
]

/** Adds the names and contents of a file, or of all files in a folder. */
function add(hash, root, path) {
  const file = join(root, path)
  if (!existsSync(file)) return
  if (statSync(file).isDirectory()) {
    // By code units: the order of a file system is its own.
    for (const name of readdirSync(file).toSorted()) add(hash, root, `${path}/${name}`)
    return
  }
  const content = readFileSync(file)
  hash.update(`${path}\n${content.length}\n`).update(content)
}

/** A text that differs whenever a name or a content of the sources does. */
export function fingerprint(root) {
  const hash = createHash('sha256')
  for (const path of sources) add(hash, root, path)
  return hash.digest('hex')
}

export function isStale(root) {
  const file = join(root, stamp)
  return !existsSync(file) || readFileSync(file, 'utf8') !== fingerprint(root)
}
