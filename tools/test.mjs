// `npm test`: types, lint, format, unit, server and browser tests; one exit code, and a last line
// that counts. `--fast` leaves out the browser and the tests that boot guests (`*.guest.test.ts`),
// `--e2e` runs the browser tests alone.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { bin, build, install, root } from './install.mjs'

const only = process.argv[2]
/** Browser tests that may pass at their second try only (docs/decisions/0012). */
const mostFlaky = 2
let passed = 0
let failed = 0

function step(name, command, args) {
  const started = Date.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (status === 0) passed += 1
  else failed += 1
  return status === 0
}

/** Runs a test runner and counts its tests from the report it writes. */
function suite(name, command, args, report, count) {
  const ok = step(name, command, args)
  const file = join(root, report)
  if (!existsSync(file)) return
  const counted = count(JSON.parse(readFileSync(file, 'utf8')))
  // The step itself was counted as one; its tests stand in for it.
  passed += counted.passed - (ok ? 1 : 0)
  failed += counted.failed - (!ok && counted.failed > 0 ? 1 : 0)
}

const wholeBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/**
 * A Chromium for the browser tests: the system's, else Debian's as root, else Playwright's. The headless
 * shell comes first: the whole browser also runs pages of its own, which doubles the work of a test.
 */
function findChromium() {
  const known = ['/usr/bin/chromium-headless-shell', ...wholeBrowsers]
  const found = () => process.env.CHROMIUM ?? known.find((path) => existsSync(path))
  if (!found() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore' })
    const packages = ['install', '-y', '-q', '--no-install-recommends']
    spawnSync('apt-get', [...packages, 'chromium', 'chromium-headless-shell'], {
      stdio: 'inherit',
    })
  }
  if (!found()) spawnSync(bin('playwright'), ['install', 'chromium'], { stdio: 'inherit' })
  return found()
}

const firefoxes = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** A Firefox for the tests that also run in one; without one they are left out, but not in CI. */
function findFirefox() {
  const firefox = process.env.FIREFOX ?? firefoxes.find((path) => existsSync(path))
  if (firefox) return firefox
  if (process.env.CI) failed += 1
  const sign = process.env.CI ? '✗' : '–'
  console.log(`${sign} tests in Firefox are left out: there is none, and FIREFOX isn’t set`)
  return undefined
}

await install('test')
mkdirSync(join(root, 'test-results'), { recursive: true })

if (only !== '--e2e') {
  step('generated files match openapi.yaml', process.execPath, [
    'tools/generate.mjs',
    '--check',
  ])
  step('types', bin('tsc'), ['-b'])
  step('lint', bin('oxlint'), ['--deny-warnings'])
  step('format', bin('oxfmt'), ['--check', '.'])
}
await build()
if (only !== '--e2e') {
  const output = 'test-results/unit.json'
  suite(
    'unit and server tests',
    bin('vitest'),
    [
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile=${output}`,
      ...(only === '--fast' ? ['--exclude', '**/*.guest.test.ts'] : []),
    ],
    output,
    (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
  )
}
if (only !== '--fast') {
  process.env.CHROMIUM = findChromium() ?? ''
  process.env.CHROMIUM_WHOLE ??= wholeBrowsers.find((path) => existsSync(path)) ?? ''
  process.env.FIREFOX = findFirefox() ?? ''
  suite(
    'browser tests',
    bin('playwright'),
    ['test'],
    'test-results/browser.json',
    ({ stats: { expected, flaky, unexpected } }) => {
      if (flaky > 0) console.log(`${flaky} passed on the second attempt (see above)`)
      const fine = flaky <= mostFlaky
      return {
        passed: expected + (fine ? flaky : 0),
        failed: unexpected + (fine ? 0 : flaky),
      }
    },
  )
}

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
