// What a measure of `bench:console` works with: one QEMU machine, made as the sandbox makes its own,
// behind a console proxy with knobs; our server, straight and as a relay; noVNC's own page; a browser.
// The sandbox is there for tickets and its list alone, so that nothing else runs on the machine.
import { existsSync } from 'node:fs'

import { chromium } from '@playwright/test'

import { launchConsole, launchSandbox, setting, settingsFor } from '../e2e/app.ts'
import { ConsoleFront } from '../e2e/console-front.ts'
import { find } from '../e2e/zone.ts'
import { startTestGuest } from '../src/sandbox/testing/test-guest.ts'
import { serveNovnc } from './novnc-page.mjs'
import { watchPage } from './watch-page.mjs'

const usual = '/usr/bin/chromium'
const own = process.env.CHROMIUM || (existsSync(usual) ? usual : undefined)

export const openBrowser = () =>
  chromium.launch({
    executablePath: own,
    args: ['--no-sandbox', '--disable-gpu'],
  })

/**
 * Calls `act` with a stage, and takes it down. `guest` is what `startTestGuest` takes, or null for none;
 * `relay` adds a second server that carries screens through itself.
 */
export async function onStage({ guest: options = {}, relay = false }, act) {
  const closing = []
  const later = (close) => closing.push(close)
  try {
    const front = new ConsoleFront()
    await front.listen()
    later(() => front.close())
    const sandbox = await launchSandbox({}, { args: ['--console-origin', front.origin] })
    later(() => sandbox.kill())
    front.target = setting(sandbox.lines, 'EXOSCALE_API_ENDPOINT')
    const app = await launchConsole(settingsFor(sandbox))
    later(() => app.kill())
    const guest = options && (await startTestGuest(options))
    if (guest) {
      front.target = guest.url
      later(() => guest.close())
      // A cursor that blinks would be a picture that changes by itself.
      await guest.inside(String.raw`printf '\033[?25lA machine\n' >/dev/tty1`)
    }
    const relayed =
      relay && (await launchConsole({ ...settingsFor(sandbox), CONSOLE_VIA: 'relay' }))
    if (relayed) later(() => relayed.kill())
    for (const one of [app, relayed]) if (one) await fetch(`${one.url}/api/inventory`)
    const at = await find(app, 'web-01')
    if (!at) throw new Error('There is no web-01.')
    const novnc = await serveNovnc(app, at)
    later(() => novnc.close())
    const browser = await openBrowser()
    later(() => browser.close())
    return await act({
      front,
      guest,
      app,
      sandbox,
      at,
      browser,
      ...pagesOf(browser, app, relayed, novnc, at),
    })
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

function pagesOf(browser, app, relayed, novnc, { zone, id }) {
  const servers = { ours: app, relay: relayed, window: app }
  /** A page in a fresh profile. */
  const newPage = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(watchPage)
    return context.newPage()
  }
  /** Goes to where the click is possible. */
  const approach = async (page, who, url) => {
    const origin = url ?? servers[who]?.url
    if (who === 'novnc') await page.goto(novnc.url)
    else if (who === 'window') {
      await page.goto(`${origin}/healthz`)
      await page.evaluate((path) => {
        const link = document.createElement('a')
        Object.assign(link, { href: path, textContent: 'Console' })
        document.body.replaceChildren(link)
      }, `/console/${zone}/${id}`)
    } else await page.goto(`${origin}/instances/${zone}/${id}`)
    const named = { name: 'Console', exact: true }
    // Builds before the link had a button.
    const control = page.getByRole('link', named).or(page.getByRole('button', named))
    await control.waitFor()
    // Whoever clicks has seen the page first.
    await page.waitForTimeout(400)
    return control
  }
  /**
   * Clicks its way to the screen: `ours` by the link of an instance's page, `relay` so too, `window`
   * by a link to the console's own page, `novnc` by a link to noVNC's. Answers what it took, with all the
   * JavaScript of the visit: what was loaded before the click was loaded too.
   */
  const openScreen = async (page, who, url) => {
    const control = await approach(page, who, url)
    await page.evaluate(() => window.bench.lookForPicture())
    const shown = page.waitForEvent('console', {
      predicate: (message) => message.text() === 'bench: picture',
    })
    await control.click()
    await shown
    return page.evaluate(() => {
      // Of the whole visit: what was loaded before the click was loaded too.
      const scripts = performance
        .getEntriesByType('resource')
        .filter(({ name }) => /\.js($|\?)/.test(name))
      return {
        ms: window.bench.pictureAfter,
        files: scripts.length,
        bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      }
    })
  }
  return { newPage, openScreen }
}
