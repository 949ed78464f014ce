/**
 * The wall with 50 painted and 8 QEMU machines (8 of the first ones, where QEMU is installed):
 * twelve tiles refreshed, sockets at once, the main thread, ages, and frames while scrolling.
 * Prints target, figure and verdict; `node bench/console/wall.mjs`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { chromium } from '@playwright/test'

import { build, install, root } from '../../tools/install.mjs'

const seconds = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

function report(what, value, most, unit) {
  const verdict = value <= most ? 'within' : 'OVER'
  console.log(
    `${what.padEnd(52)} ${value.toFixed(0)}${unit}  (target ${most}${unit}) ${verdict}`,
  )
}

function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  )
}

/** The main thread's busy seconds so far. */
async function busySeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

/** Ages in ms of the pictures that can be seen. */
const ages = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('[data-screen=live]')]
      .filter((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      .map((one) => {
        const at = one.querySelector('[data-age]')?.dataset.age
        return at ? Date.now() - Number(at) : Infinity
      }),
  )

install()
build()
const data = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
const child = spawn(process.execPath, ['dist/server/main.js'], {
  cwd: root,
  env: {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: '0',
    LOG_LEVEL: 'warn',
    DATA_DIR: data,
    SANDBOX_MACHINES: process.env.SANDBOX_MACHINES ?? 'auto',
    SANDBOX_INSTANCES: '44',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise((resolve, reject) => {
  createInterface({ input: child.stdout }).on('line', (line) => {
    const found = /is at (http:\S+)/.exec(line)?.[1]
    if (found) resolve(found)
  })
  child.once('exit', () => reject(new Error('the server did not start')))
})
const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({
  args: ['--no-sandbox', '--disable-gpu'],
  ...(existsSync(chromiumPath) ? { executablePath: chromiumPath } : {}),
})
try {
  // Machines that boot would be measured with it.
  await seconds(Number(process.env.SETTLE_MS ?? 20_000))
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const sockets = { open: 0, most: 0 }
  page.on('websocket', (socket) => {
    if (!/\/(sandbox-console|api\/console)\//.test(socket.url())) return
    sockets.open += 1
    sockets.most = Math.max(sockets.most, sockets.open)
    socket.on('close', () => (sockets.open -= 1))
  })
  await page.goto(`${url}/wall?state=running&every=5`)
  await page.waitForFunction(() => document.querySelectorAll('[data-age]').length >= 12)
  await page.getByRole('button', { name: 'Pause' }).click()
  // What is older than the period is looked at again at once.
  await seconds(6_000)
  const begun = Date.now()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForFunction(
    (from) =>
      [...document.querySelectorAll('[data-age]')].filter(
        (one) => Number(one.dataset.age) > from,
      ).length >= 12,
    begun,
  )
  report('twelve tiles refreshed', Date.now() - begun, 3_000, ' ms')

  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const before = await busySeconds(session)
  const oldest = []
  const span = 15_000
  for (const end = Date.now() + span; Date.now() < end; await seconds(500))
    oldest.push(Math.max(...(await ages(page))))
  const busy = ((await busySeconds(session)) - before) / (span / 1_000)
  report('main thread busy while it lives', busy * 100, 30, ' %')
  report('the oldest visible picture, period 5 s', Math.max(...oldest), 8_000, ' ms')

  await page.mouse.move(700, 600)
  await page.evaluate(() => {
    window.frames_ = []
    let last = performance.now()
    const look = (now) => {
      window.frames_.push(now - last)
      last = now
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  for (let step = 0; step < 120; step += 1) {
    await page.mouse.wheel(0, step < 60 ? 60 : -60)
    await seconds(25)
  }
  const frames = await page.evaluate(() => window.frames_.slice(1))
  report('a frame while scrolling, p95', percentile(frames, 0.95), 25, ' ms')
  report('sockets of screens at once', sockets.most, 4, '')
} finally {
  await browser.close()
  const ended = once(child, 'exit')
  child.kill()
  await ended
  rmSync(data, { recursive: true, force: true })
}
