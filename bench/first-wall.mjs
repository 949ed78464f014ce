// The first full screen of the wall: 200 running machines, 24 of them in sight. With another build, both
// consoles look at the same sandbox in turn, so that one run gives the ratio.
import { launchConsole, launchSandbox, settingsFor } from '../e2e/app.ts'
import { median } from './figures.mjs'
import { slowDoor } from './slow-door.mjs'
import { openBrowser } from './stage.mjs'

const inSight = 24
const height = 880

/** Runs in the page: how many tiles are in sight, and how many of them have an image. */
function tilesInSight() {
  const tiles = [...document.querySelectorAll('[data-screen]')].filter((tile) => {
    const { top, bottom } = tile.getBoundingClientRect()
    return bottom > 0 && top < innerHeight
  })
  const shown = tiles.filter((tile) => tile.querySelector('[data-age]')?.dataset.age)
  return [tiles.length, shown.length]
}

const open = async (page, app) => {
  await page.goto(`${app.url}/wall?size=s&state=running`)
  await page.waitForSelector('[data-screen]')
}

/** A window in which this build shows as many tiles as are wanted. */
async function widthFor(app, browser) {
  const page = await browser.newPage({ viewport: { width: 1100, height } })
  await open(page, app)
  try {
    for (let width = 1100; width < 1900; width += 20) {
      await page.setViewportSize({ width, height })
      await page.waitForTimeout(200)
      const [tiles] = await page.evaluate(tilesInSight)
      if (tiles === inSight) return width
    }
  } finally {
    await page.close()
  }
  throw new Error(`No window shows ${inSight} tiles.`)
}

/** ms from the address to the last of the images in sight. */
async function timeOf({ app, width }, browser) {
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  const begun = performance.now()
  await open(page, app)
  // Screens of real zones are loaded when someone asks.
  await page.getByRole('button', { name: /^(Refresh visible|Look at all)/ }).click()
  await page.evaluate(`window.tilesInSight = ${tilesInSight}`)
  await page.waitForFunction(
    (wanted) => window.tilesInSight().every((count) => count === wanted),
    inSight,
    { polling: 50, timeout: 60_000 },
  )
  const took = performance.now() - begun
  await context.close()
  return took
}

/** Times in ms of this build and, if there is one, of the build in `old`; with their medians. */
export async function firstWall({ old, rounds = 5, roundTripMs = 0 } = {}) {
  const sandbox = await launchSandbox({ SANDBOX_INSTANCES: '216' })
  const settings = { ...settingsFor(sandbox), CONSOLE_VIA: 'relay' }
  const apps = [await launchConsole(settings)]
  if (old) apps.push(await launchConsole(settings, `${old}/dist`))
  const browser = await openBrowser()
  const doors = []
  try {
    const builds = []
    for (const app of apps) {
      const door = roundTripMs > 0 ? await slowDoor(app.url, roundTripMs) : undefined
      doors.push(door)
      builds.push({
        app: door ?? app,
        width: await widthFor(app, browser),
        times: [],
      })
    }
    for (let round = 0; round < rounds; round += 1)
      for (const build of builds) build.times.push(await timeOf(build, browser))
    const [now, before] = builds.map(({ times }) => median(times))
    return { now, before, all: builds.map(({ times }) => times.map(Math.round)) }
  } finally {
    await browser.close()
    for (const door of doors) door?.close()
    for (const app of apps) await app.kill()
    await sandbox.kill()
  }
}
