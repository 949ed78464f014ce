/**
 * A console on a page that the browser puts aside: kept for the way back, or frozen. A headless Chromium
 * does neither, and Firefox not always, so the page is told what a browser tells it then.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { Page } from '@playwright/test'

import { keysSaid } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'

/** Each Ctrl on the wire, down or up. */
const controls = (said: readonly Buffer[]) =>
  keysSaid(said)
    .filter(({ keysym }) => keysym === 0xffe3)
    .map(({ down }) => down)

/** The page goes into the cache for the way back, or comes out of it. */
const turn = (page: Page, type: 'pagehide' | 'pageshow') =>
  page.evaluate(
    (name) => window.dispatchEvent(new PageTransitionEvent(name, { persisted: true })),
    type,
  )

/** Another site, for as long as `visit` takes. */
async function withSite(visit: (url: string) => Promise<void>): Promise<void> {
  const site = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Another site</h1>'),
  ).listen(0, '127.0.0.1')
  await once(site, 'listening')
  // Listening on an address, not on a pipe.
  await visit(`http://127.0.0.1:${(site.address() as AddressInfo).port}`)
  site.closeAllConnections()
  site.close()
}

/** For each time that a document is shown, whether the browser had kept it. */
async function watchShown(page: Page): Promise<() => Promise<boolean[]>> {
  await page.addInitScript(() => {
    const shown: boolean[] = []
    Object.assign(window, { shown })
    window.addEventListener('pageshow', ({ persisted }) => shown.push(persisted))
  })
  // Put on the page by the script above.
  return () => page.evaluate(() => (window as unknown as { shown: boolean[] }).shown)
}

/**
 * Playwright’s own way back waits for a load, and a page that was kept has none. The page is left only
 * after its answer, which would otherwise be lost.
 */
const back = (page: Page) => page.evaluate(() => void setTimeout(() => history.back()))

test.describe('another site @firefox', () => {
  eachWay(() => {
    test('Back from another site shows a connected screen that takes keys', async ({
      page,
      app,
      front,
    }) => {
      const shown = await watchShown(page)
      const screen = await look(page, app)

      await withSite(async (url) => {
        await page.goto(url)
        await expect.poll(() => front.open).toBe(0)
        await back(page)
        await expect(screen).toHaveAttribute('data-connection', 'open')
      })

      const kept = (await shown()).includes(true)
      await expect(screen).toHaveAttribute('data-attempt', kept ? '2' : '1')
      expect(front.asked).toHaveLength(2)
      await screen.locator('canvas').click()
      await page.keyboard.type('here', { delay: 15 })
      await expect.poll(() => readScreen(page)).toContain('web-01 login: here')
      await page.keyboard.press('Control+u')
      await expect.poll(() => front.open).toBe(1)
    })

    test('a key that is down when someone leaves for another site is released', async ({
      page,
      app,
      front,
    }) => {
      const screen = await look(page, app)
      await screen.locator('canvas').click()
      await page.keyboard.down('Control')
      await expect.poll(() => controls(front.said)).toEqual([true])

      await withSite(async (url) => {
        await page.goto(url)
        await expect.poll(() => front.open).toBe(0)
        expect(controls(front.said).at(-1)).toBe(false)
        await page.keyboard.up('Control')
        await back(page)
        await expect(screen).toHaveAttribute('data-connection', 'open')
      })
    })
  })
})

eachWay(() => {
  test('a page that comes back from the cache connects again at once, and no key stays down', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await screen.locator('canvas').click()
    await page.keyboard.down('Control')
    await expect.poll(() => controls(front.said)).toEqual([true])
    const began = front.asked.length

    await turn(page, 'pagehide')
    await expect.poll(() => front.open).toBe(0)
    expect(controls(front.said).at(-1)).toBe(false)
    await page.keyboard.up('Control')
    await turn(page, 'pageshow')

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 3_000 })
    await expect(screen).toHaveAttribute('data-attempt', '2')
    expect(front.asked).toHaveLength(began + 1)
    await expect.poll(() => front.open).toBe(1)
  })

  test('a frozen tab leaves its screen, and comes back when it runs again', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    const tell = (name: string) =>
      page.evaluate((type) => document.dispatchEvent(new Event(type)), name)
    await tell('freeze')
    await expect.poll(() => front.open).toBe(0)
    await tell('resume')

    await expect(screen).toHaveAttribute('data-attempt', '2')
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect.poll(() => front.open).toBe(1)
    expect(front.asked).toHaveLength(2)
  })
})
