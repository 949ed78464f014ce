/**
 * A console on a page that the browser puts aside: kept for the way back, or frozen. Playwright turns
 * the cache of pages off; here it is on.
 */
import type { CDPSession, Page } from '@playwright/test'

import config from '../playwright.config.ts'
import { keysSaid } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'

test.use({
  launchOptions: {
    ...config.use?.launchOptions,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
})

/** Asks the page itself: Playwright loses sight of a page that comes out of the cache. */
async function ask<Value>(devtools: CDPSession, expression: string): Promise<Value> {
  const { result } = await devtools.send('Runtime.evaluate', { expression })
  return result.value as Value // as the expression says
}

const connection = `document.querySelector('[role=application]')?.dataset.connection`
const attempt = `document.querySelector('[role=application]')?.dataset.attempt`

/** Goes to another site in the same tab and back; the page must come out of the cache. */
async function awayAndBack(
  page: Page,
  meanwhile: () => Promise<void>,
): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await ask(
    devtools,
    `addEventListener('pageshow', ({ persisted }) => (window.kept = persisted))`,
  )
  await devtools.send('Page.navigate', { url: 'data:text/html,<title>elsewhere</title>' })
  await expect.poll(() => ask(devtools, 'document.title')).toBe('elsewhere')
  await meanwhile()
  await ask(devtools, 'history.back()')
  await expect.poll(() => ask(devtools, 'window.kept')).toBe(true)
  return devtools
}

/** Each Ctrl on the wire, down or up. */
const controls = (said: readonly Buffer[]) =>
  keysSaid(said)
    .filter(({ keysym }) => keysym === 0xffe3)
    .map(({ down }) => down)

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

    const devtools = await awayAndBack(page, async () => {
      await expect.poll(() => front.open).toBe(0)
      expect(controls(front.said).at(-1)).toBe(false)
    })

    await expect.poll(() => ask(devtools, connection), { timeout: 3_000 }).toBe('open')
    expect(await ask(devtools, attempt)).toBe('2')
    expect(front.asked).toHaveLength(began + 1)
    await expect.poll(() => front.open).toBe(1)
    await devtools.detach()
  })

  test('a frozen tab leaves its screen, and comes back when it runs again', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    // A headless browser freezes no tab that it shows.
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
