// Says which packages of package-lock.json are needed and which are in node_modules. Running needs
// the `dependencies` alone; tests, linters and types need all.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const read = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** Whether an entry of the lock file is left out when nothing is tested. */
const isForTests = ({ dev, devOptional }) => Boolean(dev || devOptional)

/** What npm has noted about the packages it installed. */
function installed(root) {
  const file = 'node_modules/.package-lock.json'
  return existsSync(join(root, file)) ? read(root, file).packages : {}
}

/**
 * What has to be installed: `run` or `test`, or nothing. Whoever has tested keeps the tests' packages
 * when the lock file changes.
 */
export function missingPackages(root, purpose) {
  const found = installed(root)
  // npm's own `--omit=dev` installs what is `devOptional`, so only `dev` shows that tests were meant.
  const everything = purpose === 'test' || Object.values(found).some(({ dev }) => dev)
  const isMissing = ([path, entry]) =>
    path !== '' &&
    !entry.optional &&
    (everything || !isForTests(entry)) &&
    found[path]?.version !== entry.version
  if (!Object.entries(read(root, 'package-lock.json').packages).some(isMissing))
    return undefined
  return everything ? 'test' : 'run'
}

/**
 * Native packages for other platforms that do not say so themselves, so that npm installs them too.
 * Each is several megabytes.
 */
const platforms = [
  [/-musl$/, { libc: ['musl'] }],
  [/-wasm32-wasi$/, { cpu: ['wasm32'] }],
]

function entryFor(path, entry, registry) {
  const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 13)
  const [, platform] = platforms.find(([pattern]) => pattern.test(name)) ?? []
  const file = `${name.split('/').pop()}-${entry.version}.tgz`
  return {
    ...entry,
    ...platform,
    ...(registry && !entry.inBundle ? { resolved: `${registry}/${name}/-/${file}` } : {}),
  }
}

/**
 * The entries of the lock file that running needs. What tests and a package for other platforms need is marked as what
 * tests and a package could use, so it is kept if what is kept depends on it.
 */
function entriesToRun(entries) {
  const kept = entries.filter(([, entry]) => !isForTests(entry))
  // It grows while it is read: what is kept may depend on something itself.
  for (const [path, { dependencies, optionalDependencies }] of kept)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
      const [found, { devOptional, ...entry } = {}] =
        entries.find(([place]) => places.includes(place)) ?? []
      if (devOptional && !kept.some(([place]) => place === found))
        kept.push([found, { ...entry, optional: true }])
    }
  return kept
}

/**
 * The two files that npm installs from. For running they lack what only tests need: npm's own
 * `--omit=dev` keeps what a package at run time could use but does not need, such as TypeScript.
 * With `registry`, each entry has its address, so that npm does not ask for the list of all versions
 * of every package first; those lists are larger than the packages.
 */
export function manifests(root, purpose, registry) {
  const { devDependencies, ...manifest } = read(root, 'package.json')
  const { packages, ...lock } = read(root, 'package-lock.json')
  const { '': top, ...entries } = packages
  const all = purpose === 'test'
  const development = all ? { devDependencies } : {}
  const { devDependencies: _left, ...own } = top
  const wanted = all ? Object.entries(entries) : entriesToRun(Object.entries(entries))
  const kept = wanted.map(([path, entry]) => [path, entryFor(path, entry, registry)])
  return {
    'package.json': { ...manifest, ...development },
    'package-lock.json': {
      ...lock,
      packages: { '': { ...own, ...development }, ...Object.fromEntries(kept) },
    },
  }
}
