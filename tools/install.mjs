// Makes a fresh clone runnable: packages and the two builds, each only when stale. Uses
// nothing but Node itself, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command with our terminal; ends the process with its code when it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs a package's own command by its file, which is quicker than npx and asks nothing. */
export function bin(name) {
  return join(root, 'node_modules', '.bin', name)
}

function changedAt(path) {
  const full = join(root, path)
  if (!existsSync(full)) return 0
  const stat = statSync(full)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(full).map((name) => changedAt(join(path, name)))
  return Math.max(0, ...inside)
}

export function install() {
  const stamp = 'node_modules/.installed'
  if (changedAt(stamp) >= changedAt('package-lock.json') && changedAt(stamp) > 0) return
  console.log('Installing packages…')
  // Some registries list other platforms' optional packages without versions, which `npm ci`
  // calls out of sync; an install that keeps the lock file as it is takes the same versions.
  const flags = ['--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', ['ci', ...flags], { cwd: root, stdio: 'ignore' })
  if (status !== 0) run('npm', ['install', '--no-save', ...flags])
  writeFileSync(join(root, stamp), '')
}

export function build({ force = false } = {}) {
  const stamp = 'dist/.built'
  const sources = ['src', 'public', 'index.html', 'package-lock.json', 'vite.config.ts']
  const newest = Math.max(...sources.map(changedAt))
  if (!force && changedAt(stamp) >= newest) return
  console.log('Building…')
  const quiet = ['--logLevel', 'warn']
  run(bin('vite'), ['build', ...quiet])
  run(bin('vite'), ['build', '--config', 'vite.server.config.ts', ...quiet])
  run(bin('vite'), ['build', '--config', 'vite.first-page.config.ts', ...quiet])
  run(process.execPath, ['tools/compress.mjs'])
  writeFileSync(join(root, stamp), '')
}
