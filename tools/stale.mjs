// Says whether the builds in dist are older than what they are made from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Written when the builds are complete. */
export const stamp = 'dist/.built'

const sources = [
  'src',
  'public',
  'index.html',
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

/** The time of the latest change in a file or folder; 0 for what does not exist. */
function changedAt(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  // A folder's own time shows that a file was removed.
  const inside = readdirSync(path).map((name) => changedAt(join(path, name)))
  return Math.max(stat.mtimeMs, ...inside)
}

export function isStale(root) {
  const built = changedAt(join(root, stamp))
  return built === 0 || sources.some((path) => changedAt(join(root, path)) > built)
}
