// Makes a fresh clone runnable: packages and the builds, each only when stale. Uses nothing but Node
// itself, because it runs before anything is installed.
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { manifests, missingPackages } from './packages.mjs'
import { fail, root, runQuietly, show } from './progress.mjs'
import { fingerprint, isStale, stamp } from './stale.mjs'

export { root }

/** Runs a package's own command by its file, which is quicker than npx and asks nothing. */
export function bin(name) {
  return join(root, 'node_modules', '.bin', name)
}

/** The environment without what `npm start` says about this package: npm runs elsewhere here. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local_prefix)/.test(name),
  ),
)

const npm = (args, cwd) =>
  runQuietly('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: environment,
  })

/** Installs in a folder of its own, so that node_modules is replaced only by what is complete. */
async function installAside(purpose) {
  const { status, output } = await npm(['config', 'get', 'registry'], root)
  if (status !== 0) return { status, output }
  const folder = join(root, '.cache/install')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const registry = output.trim().replace(/\/$/, '')
  for (const [name, content] of Object.entries(manifests(root, purpose, registry)))
    writeFileSync(join(folder, name), JSON.stringify(content, null, 2))
  copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'))
  const result = await npm(['ci'], folder)
  if (result.status === 0) {
    rmSync(join(root, 'node_modules'), { recursive: true, force: true })
    renameSync(join(folder, 'node_modules'), join(root, 'node_modules'))
  }
  rmSync(folder, { recursive: true, force: true })
  return result
}

/**
 * Some registries keep packages at other addresses, or list other platforms' optional packages
 * without versions, which `npm ci` calls out of sync. This takes the same versions more slowly.
 */
function installInPlace(purpose) {
  const omit = purpose === 'run' ? ['--omit=dev'] : []
  return npm(['install', '--no-save', ...omit], root)
}

const noNetwork = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH/

/** Installs what is needed to run (`run`) or also what tests and checks need (`test`). */
export async function install(purpose) {
  const missing = missingPackages(root, purpose)
  if (!missing) return
  const done = show('Installing packages…')
  let result = await installAside(missing)
  if (result.status !== 0 && !noNetwork.test(result.output))
    result = await installInPlace(missing)
  done()
  if (result.status !== 0)
    fail(
      'Couldn’t install the packages. npm printed:',
      result.output,
      'Check the network and npm’s settings, then try again.',
    )
}

export async function build({ force = false } = {}) {
  if (!force && !isStale(root)) return
  const done = show('Building…')
  // Changes made while it builds belong to the next build.
  const built = fingerprint(root)
  rmSync(join(root, stamp), { force: true })
  const { status, output } = await runQuietly(process.execPath, ['tools/bundle.mjs'])
  done()
  if (status !== 0)
    fail(
      'Couldn’t build Vedette. Vite printed:',
      output,
      'Correct the error, then try again.',
    )
  if (output.trim()) console.log(output.trim())
  writeFileSync(join(root, stamp), built)
}
