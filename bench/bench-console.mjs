// What every measure of `bench:console` works with: a sandbox with QEMU machines, our server, a console
// proxy with knobs between, a bare page with noVNC's own class, and a browser.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

import { chromium } from '@playwright/test'

import { ConsoleFront } from '../e2e/console-front.ts'
import { launchBehind } from '../e2e/front-app.ts'
import { find } from '../e2e/zone.ts'
import { root } from '../tools/install.mjs'

const machine = process.env.MACHINE ?? 'web-01'
const novnc = join(root, 'node_modules', '@novnc', 'novnc')

/** noVNC as its documents say: its modules as they are, its class on an element, a URL. */
const barePage = `<!doctype html><title>bare</title>
<style>html,body,#screen{margin:0;height:100%}</style><div id="screen"></div>
<script type="module">
  import RFB from '/novnc/core/rfb.js'
  const { url } = await (await fetch('/ticket', { method: 'POST' })).json()
  const rfb = new RFB(document.getElementById('screen'), url)
  rfb.scaleViewport = true
  rfb.addEventListener('connect', () => rfb.focus())
</script>`

async function serveBare(app, at) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bare')
    if (pathname === '/ticket') {
      const answer = await fetch(`${app.url}/api/zones/${at.zone}/console/${at.id}`, {
        method: 'POST',
        headers: { origin: app.url },
      })
      response.setHeader('content-type', 'application/json')
      return response.end(await answer.text())
    }
    if (pathname.startsWith('/novnc/')) {
      const type = extname(pathname) === '.js' ? 'text/javascript' : 'text/plain'
      response.setHeader('content-type', type)
      response.setHeader('cache-control', 'max-age=600')
      return response.end(readFileSync(join(novnc, normalize(pathname.slice(7)))))
    }
    response.setHeader('content-type', 'text/html')
    return response.end(pathname === '/vnc' ? barePage : '<a href="/vnc">Console</a>')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

/** In the page: when it was clicked, when a picture was there, and what keys changed. */
function watchPage() {
  addEventListener('click', () => (sessionStorage.clickedAt = String(Date.now())), true)
  const pixels = () => {
    const canvas = document.querySelector('canvas')
    if (!canvas?.isConnected || canvas.width < 200) return undefined
    return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
  }
  const look = () => {
    const data = pixels()
    if (data?.some((value, index) => index % 4 !== 3 && value > 60)) {
      window.pictureAfter = Date.now() - Number(sessionStorage.clickedAt)
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  window.keyToPixel = []
  addEventListener(
    'keydown',
    () => {
      const before = pixels()
      const began = performance.now()
      const wait = () => {
        const now = pixels()
        let changed = 0
        for (let at = 0; at < now.length; at += 4) if (now[at] !== before[at]) changed += 1
        // More than a cursor that blinks.
        if (changed > 20) window.keyToPixel.push(performance.now() - began)
        else if (performance.now() - began < 2_000) setTimeout(wait)
      }
      setTimeout(wait)
    },
    true,
  )
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
}

export async function openBench() {
  const front = new ConsoleFront()
  await front.listen()
  const settings = { SANDBOX_MACHINES: process.env.SANDBOX_MACHINES ?? 'qemu' }
  const { app, sandbox } = await launchBehind(front, settings)
  await fetch(`${app.url}/api/inventory`)
  const at = await find(app, machine)
  if (!at) throw new Error(`There is no ${machine}.`)
  const bare = await serveBare(app, at)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const newContext = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(watchPage)
    return context
  }
  /** Clicks its way to the screen; `who` is `ours` or `bare`. */
  const openScreen = async (page, who) => {
    await page.goto(
      who === 'ours' ? `${app.url}/instances/${at.zone}/${at.id}` : `${bare.url}/`,
    )
    const button =
      who === 'ours' ? page.getByRole('button', { name: 'Console' }) : page.locator('a')
    await button.waitFor()
    await page.evaluate(() => delete window.pictureAfter)
    await button.click()
    const handle = await page.waitForFunction(() => window.pictureAfter, null, {
      timeout: 30_000,
    })
    return handle.jsonValue()
  }
  return {
    machines: settings.SANDBOX_MACHINES,
    app,
    front,
    at,
    newContext,
    openScreen,
    async close() {
      await browser.close()
      bare.close()
      await app.kill()
      await front.close()
      await sandbox.kill()
    },
  }
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

export function p95(values) {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN
}
