/**
 * A console on a page that the browser puts aside: kept for the way back, or frozen. A headless browser
 * does neither, so the page is told what a browser tells it then.
 */
import type { Page } from '@playwright/test'

import { keysSaid } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'

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
