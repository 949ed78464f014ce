// The list with 1,000, 10,000 and 100,000 rows. With `OLD_BUILD`, the directory of another build, both look at the
// same zones in turns, and the ratios are of one run; medians of seven. `SIZES` and `ROUNDS` shorten it.
import { launchConsole } from '../e2e/app.ts'
import { median, seconds } from './figures.mjs'
import { changeShown, firstRows, heapOf, inventoryBytes, keystroke } from './list-page.mjs'
import { servePlainList } from './plain-list.mjs'
import { startStillZones } from './still-zones.mjs'

const old = process.env.OLD_BUILD
const rounds = Number(process.env.ROUNDS ?? 7)
const sizes = (process.env.SIZES ?? '1000,10000,100000').split(',').map(Number)
const most = 10_000

/** Waits until the server has all instances. */
async function whole(url, count) {
  for (const end = Date.now() + 120_000; Date.now() < end; await seconds(0.5)) {
    const { zones } = await (await fetch(`${url}/api/inventory`)).json()
    if (zones.reduce((sum, { instances }) => sum + instances.length, 0) === count) return
  }
  throw new Error(`The server didn’t read ${count} instances.`)
}

/** Calls `act` with the builds and their zones, and takes them down. */
async function withBuilds(instances, act) {
  const zones = await startStillZones(instances)
  const builds = { now: await launchConsole(zones.settings) }
  if (old) builds.before = await launchConsole(zones.settings, `${old}/dist`)
  try {
    for (const { url } of Object.values(builds)) await whole(url, instances)
    return await act(builds, zones)
  } finally {
    for (const build of Object.values(builds)) await build.kill()
    zones.close()
  }
}

/** What `measure` returns for each build, medians of `count` turns. */
async function inTurns(builds, count, measure) {
  const values = Object.fromEntries(Object.keys(builds).map((name) => [name, []]))
  for (let round = 0; round < count; round += 1)
    for (const [name, { url }] of Object.entries(builds))
      values[name].push(await measure(url))
  return Object.fromEntries(
    Object.entries(values).map(([name, all]) => [name, median(all)]),
  )
}

function tell(what, { now, before }, unit, { share, limit, digits = 0 } = {}) {
  const shown = (value) => `${value.toFixed(digits)} ${unit}`
  const ratio =
    before === undefined ? '' : `${(now / before).toFixed(2)}× of ${shown(before)}`
  const isOver =
    (share && before !== undefined && now / before > share) || (limit && now > limit)
  const bar = [share && `≤ ${share}×`, limit && `≤ ${shown(limit)}`].filter(Boolean)
  const verdict = bar.length === 0 ? '' : isOver ? 'OVER' : 'within'
  console.log(
    `  ${what.padEnd(40)} ${shown(now).padStart(12)}  ${ratio.padEnd(24)} ${bar.join(', ').padEnd(16)} ${verdict}`.trimEnd(),
  )
}

/**
 * Heap in MB, medians of three: what the page's own code takes differs by half a megabyte from one reading to the next,
 * as much as a thousand rows take.
 */
const heaps = (browser, builds) =>
  inTurns(builds, 3, async (url) => (await heapOf(browser, url)) / 1e6)

/** Of a list with few rows, which isn't the rows' own. */
const emptyHeaps = (browser) => withBuilds(20, (builds) => heaps(browser, builds))

/** A typed key, beside the other build and beside what is the least for a browser. */
async function measureKeys(browser, builds, zones, { isBig, share }) {
  // Old pages with a hundred thousand rows need seconds for a key.
  const keys = { rounds: isBig ? 3 : rounds, restMs: isBig ? 2_000 : 400 }
  const plain = await servePlainList(zones.names)
  for (const slowdown of [1, 4]) {
    const limit = isBig && slowdown === 1 ? 100 : undefined
    const { plain: least, ...key } = await inTurns({ ...builds, plain }, 1, async (url) => {
      const { ms } = await keystroke(browser, url, { ...keys, slowdown })
      return ms
    })
    tell(`key in the search → rows, ${slowdown}×`, key, 'ms', { share, limit })
    tell('the same on a plain page', { ...key, now: least }, 'ms')
  }
  plain.end()
}

async function measureSize(browser, size, empty) {
  const isBig = size > most
  await withBuilds(size, async (builds, zones) => {
    console.log(`${size.toLocaleString('en')} rows`)
    const bytes = async (encoding) => {
      const all = await inTurns(builds, 1, async (url) => inventoryBytes(url, encoding))
      return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one / 1e3]))
    }
    tell('inventory', await bytes(), 'kB', { share: 0.35 })
    tell('inventory, gzip', await bytes('gzip'), 'kB', { share: 0.6 })
    const shifts = []
    const first = await inTurns(builds, isBig ? 3 : rounds, async (url) => {
      const { ms, shifted } = await firstRows(browser, url, 1)
      if (url === builds.now.url) shifts.push(shifted)
      return ms
    })
    tell('first rows', first, 'ms', { share: size === most ? 1 : undefined })
    tell('layout shift', { now: Math.max(...shifts) }, '', { digits: 3 })
    const heap = await heaps(browser, builds)
    const ofRows = Object.fromEntries(
      Object.entries(heap).map(([name, all]) => [name, all - empty[name]]),
    )
    tell('heap', heap, 'MB', { digits: 1 })
    tell('heap of the rows', ofRows, 'MB', { share: 0.7, digits: 1 })
    await measureKeys(browser, builds, zones, {
      isBig,
      share: size === most ? 0.5 : undefined,
    })
    const change = await inTurns(builds, 3, (url) => changeShown(browser, url, zones))
    tell('a look at the zone → its change shown', change, 'ms', { limit: 100 })
  })
}

/** Prints all figures. */
export async function manyRows(browser) {
  const empty = await emptyHeaps(browser)
  for (const size of sizes) await measureSize(browser, size, empty)
}
