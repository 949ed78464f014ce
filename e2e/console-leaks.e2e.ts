/**
 * Tests that a screen leaves nothing behind, however often it is lost or left
 * (docs/performance.md#the-console, 4).
 */
import type { CDPSession, Page } from '@playwright/test'

import { eachWay, expect, knock, screenPath, test } from './front-app.ts'

type Footprint = { nodes: number; elements: number; heapMegabytes: number }

/** The count once it no longer changes. */
const elementsOf = (page: Page) =>
  page.evaluate(async () => {
    const count = () => document.querySelectorAll('*').length
    let last = count()
    for (let same = 0; same < 10;) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      same = count() === last ? same + 1 : 0
      last = count()
    }
    return last
  })

/** What the page holds after a garbage collection. */
async function footprint(page: Page, devtools: CDPSession): Promise<Footprint> {
  // A clock that jumps makes the page believe that the server is silent.
  await expect(page.getByText('Reconnecting to Vedette…')).toBeHidden()
  const elements = await elementsOf(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
  return {
    nodes: of('Nodes'),
    elements,
    heapMegabytes: of('JSHeapUsedSize') / 1e6,
  }
}

/** Counts noVNC's disconnect events; call it before the page is opened. */
async function countEndings(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    let endings = 0
    window.CustomEvent = new Proxy(CustomEvent, {
      construct(Made, [type, init]: ConstructorParameters<typeof CustomEvent>) {
        if (type === 'disconnect') endings += 1
        return new Made(type, init)
      },
    })
    Object.assign(window, { endings: () => endings })
  })
  return () =>
    // Put on the page by the script above.
    page.evaluate(() => (window as unknown as { endings: () => number }).endings())
}

eachWay(() => {
  test('a hundred reconnections leave one socket, one canvas and no more of the page', async ({
    page,
    app,
    front,
  }) => {
    test.setTimeout(180_000)
    const endings = await countEndings(page)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    await page.clock.install()
    const screen = await knock(page, app)
    const lose = async (round: number) => {
      front.terminate()
      await page
        .locator(`[data-attempt="${round + 1}"][data-connection=open]`)
        .waitFor({ timeout: 20_000 })
      // Connected for so long that the next loss counts as the first, without a pause.
      await page.clock.fastForward(10_100)
    }
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await page.clock.fastForward(10_100)
    for (let round = 1; round <= 5; round += 1) await lose(round)
    const before = await footprint(page, devtools)

    for (let round = 6; round <= 105; round += 1) await lose(round)

    const after = await footprint(page, devtools)
    await expect.poll(() => front.open).toBe(1)
    // Each is a separate connection, whose end is reported once.
    expect(front.asked).toHaveLength(106)
    expect(new Set(front.asked).size).toBe(106)
    expect(await endings()).toBe(105)
    expect(after.elements).toBe(before.elements)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 5)
    expect(after.heapMegabytes - before.heapMegabytes).toBeLessThan(5)
  })

  test('fifty times opened and left, no socket, canvas or memory stays', async ({
    page,
    app,
    front,
  }) => {
    test.setTimeout(180_000)
    const endings = await countEndings(page)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    const path = await screenPath(app, 'web-01')
    await page.goto(path.replace(/\/console$/, ''))
    await page.getByRole('link', { name: 'Console', exact: true }).click()
    const visit = async () => {
      await page.locator('[data-connection=open]').waitFor()
      await page.goBack()
      await page.locator('[role=application]').waitFor({ state: 'detached' })
    }
    for (let round = 0; round < 5; round += 1) {
      await visit()
      await page.goForward()
    }
    await visit()
    await expect.poll(() => front.open).toBe(0)
    const before = await footprint(page, devtools)

    for (let round = 0; round < 50; round += 1) {
      await page.goForward()
      await visit()
    }

    await expect.poll(() => front.open).toBe(0)
    const after = await footprint(page, devtools)
    expect(front.asked).toHaveLength(56)
    await expect.poll(endings).toBe(56)
    expect(after.elements).toBe(before.elements)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 5)
    expect(after.heapMegabytes - before.heapMegabytes).toBeLessThan(5)
  })
})
