// The wall with 50 painted and 8 QEMU machines: twelve tiles refreshed, the main thread, ages, frames
// while scrolling; its sockets counted at the door, not by the browser. `OLD_BUILD`, the directory of another
// build, adds the time to the first full screen of 24 of 200 machines in both, here and 20 ms away.
import { launchConsole } from '../../e2e/app.ts'
import { countSockets } from '../../e2e/socket-counter.ts'
import { atMost, p95, seconds, told } from '../figures.mjs'
import { firstWall } from '../first-wall.mjs'
import { openBrowser } from '../stage.mjs'

const everySeconds = 5

/** Ages in ms of the pictures that can be seen. */
const ages = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-screen=live]')]
      .filter((tile) => {
        const { top, bottom } = tile.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      .map((tile) => {
        const at = tile.querySelector('[data-age]')?.dataset.age
        return at ? Date.now() - Number(at) : Infinity
      }),
  )

async function scroll(page) {
  await page.mouse.move(700, 600)
  await page.evaluate(() => {
    window.spans = []
    let last
    const look = (now) => {
      if (last) window.spans.push(now - last)
      last = now
      window.looking = requestAnimationFrame(look)
    }
    window.looking = requestAnimationFrame(look)
  })
  for (let step = 0; step < 240; step += 1) {
    await page.mouse.wheel(0, step % 120 < 60 ? 60 : -60)
    await seconds(0.025)
  }
  return page.evaluate(() => {
    cancelAnimationFrame(window.looking)
    return window.spans
  })
}

async function firstScreens() {
  const rows = []
  const old = process.env.OLD_BUILD
  for (const roundTripMs of [0, 20]) {
    const { now, before } = await firstWall({ old, roundTripMs })
    const what = `  24 screens, ${roundTripMs} ms away`
    rows.push(told(16, what, `${now.toFixed(0)} ms`))
    if (before)
      rows.push(atMost(16, `${what}: of the other build’s`, now / before, 0.6, '×', 2))
  }
  return rows
}

export async function measure() {
  return [...(await measureOne()), ...(await firstScreens())]
}

async function measureOne() {
  const app = await launchConsole({
    SANDBOX_MACHINES: 'qemu',
    SANDBOX_INSTANCES: process.env.WALL_INSTANCES ?? '44',
    SANDBOX_SPEED: '1',
  })
  const door = await countSockets(app.url)
  const browser = await openBrowser()
  try {
    // Machines that boot would be measured with it.
    await seconds(25)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    const busySeconds = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    }
    await page.goto(`${door.url}/wall?state=running&every=${everySeconds}`)
    await page.waitForFunction(() => document.querySelectorAll('[data-age]').length >= 12)
    await page.getByRole('button', { name: 'Pause' }).click()
    // What is older than the period is looked at again at once.
    await seconds(everySeconds + 1)
    const begun = Date.now()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.waitForFunction(
      (from) =>
        [...document.querySelectorAll('[data-age]')].filter(
          ({ dataset }) => Number(dataset.age) > from,
        ).length >= 12,
      begun,
    )
    const refreshed = Date.now() - begun

    const before = await busySeconds()
    const oldest = []
    const span = 15
    for (const end = Date.now() + span * 1_000; Date.now() < end; await seconds(0.5))
      oldest.push(Math.max(...(await ages(page))))
    const busy = (await busySeconds()) - before
    const frames = await scroll(page)
    const shown = await page.locator('[data-tile]').count()
    return [
      told(
        16,
        'machines on the wall, tiles in the page',
        `${await page.getByRole('grid').getAttribute('aria-rowcount')} rows, ${shown}`,
      ),
      atMost(16, 'twelve tiles refreshed', refreshed, 3_000),
      atMost(16, '  sockets of screens at once', door.counts.most, 4, ''),
      atMost(16, '  the main thread busy', (100 * busy) / span, 30, '%'),
      atMost(
        'S4',
        `  the oldest picture in sight, every ${everySeconds} s`,
        Math.max(...oldest),
        1_000 * (everySeconds + 3),
      ),
      atMost(
        'S4',
        `  a frame while scrolling, p95 of ${frames.length}`,
        p95(frames),
        25,
        'ms',
        1,
      ),
    ]
  } finally {
    await browser.close()
    door.close()
    await app.kill()
  }
}
