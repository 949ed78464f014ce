/** A console in a hidden tab, on a computer that sleeps, and without a network. */
import type { Page } from '@playwright/test'

import { keysSaid } from './console-front.ts'
import { eachWay, expect, look, test } from './front-app.ts'
import { readScreen } from './read-screen.ts'

const hour = 3_600_000

/** Makes the page hidden, because a headless browser reports all pages as visible. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

/** The processes that run the browser's pages. */
async function renderers(page: Page): Promise<number[]> {
  const browser = page.context().browser()
  const devtools = await browser?.newBrowserCDPSession()
  const { processInfo = [] } = (await devtools?.send('SystemInfo.getProcessInfo')) ?? {}
  await devtools?.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** Stops the pages like a closed lid, for longer than any timer could be late otherwise. */
async function sleep(page: Page, meanwhile: () => void): Promise<void> {
  const pages = await renderers(page)
  for (const id of pages) process.kill(id, 'SIGSTOP')
  try {
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    meanwhile()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
  } finally {
    for (const id of pages) process.kill(id, 'SIGCONT')
  }
}

/** Every state that the screen had from now on; the last one is the present. */
async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const screen = document.querySelector('[role=application]')
    const states: string[] = []
    Object.assign(window, { states })
    const note = () => states.push(screen?.getAttribute('data-connection') ?? '')
    if (screen) new MutationObserver(note).observe(screen, { attributes: true })
  })
  // Put on the page by the script above.
  return () => page.evaluate(() => (window as unknown as { states: string[] }).states)
}

eachWay(() => {
  test('a tab hidden for an hour continues where it was', async ({ page, app, front }) => {
    await page.clock.install()
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    const states = await watchStates(page)
    await setHidden(page, true)
    await page.clock.fastForward(hour / 2)
    await page.clock.fastForward(hour / 2)
    await setHidden(page, false)

    await screen.locator('canvas').click()
    await page.keyboard.type('somebody', { delay: 15 })
    await expect.poll(() => readScreen(page)).toContain('web-01 login: somebody')
    await page.keyboard.press('Control+u')
    await expect(screen).toHaveAttribute('data-attempt', '1')
    expect(await states()).not.toContain('reconnecting')
    await expect.poll(() => front.open).toBe(1)
  })

  test('a tab hidden for an hour after its connection was lost stops reconnecting, and reconnects when it is shown', async ({
    page,
    app,
    front,
  }) => {
    await page.clock.install()
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    await setHidden(page, true)
    front.manner = { kind: 'refuse' }
    front.terminate()
    await expect(screen).toHaveAttribute('data-connection', 'reconnecting')
    // An hour at a time, until there are no more attempts.
    let before = 0
    do {
      before = front.asked.length
      await page.clock.fastForward(hour / 12)
      // An attempt takes real time, which the page's clock doesn't change.
      await page.waitForTimeout(300)
    } while (front.asked.length > before)
    expect(front.asked.length).toBeLessThan(10)
    await page.clock.fastForward(hour)
    expect(front.asked).toHaveLength(before)
    expect(await readScreen(page)).toContain('web-01 login:')
    front.manner = { kind: 'carry' }
    await setHidden(page, false)

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 5_000 })
    expect(front.asked).toHaveLength(before + 1)
    await expect.poll(() => front.open).toBe(1)
  })

  test('after the computer slept, the screen is as it was', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    const states = await watchStates(page)

    await sleep(page, () => {})

    await screen.locator('canvas').click()
    await page.keyboard.type('awake', { delay: 15 })
    await expect.poll(() => readScreen(page)).toContain('web-01 login: awake')
    await page.keyboard.press('Control+u')
    expect(await states()).not.toContain('reconnecting')
    await expect.poll(() => front.open).toBe(1)
  })

  test('if the connection ended while the computer slept, the screen reconnects with no key down', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await screen.locator('canvas').click()
    await page.keyboard.down('Control')
    const heard = () =>
      keysSaid(front.said)
        .filter(({ keysym }) => keysym === 0xffe3)
        .map(({ down }) => down)
    await expect.poll(heard).toEqual([true])

    await sleep(page, () => front.terminate())

    await expect(screen).toHaveAttribute('data-attempt', '2')
    await expect(screen).toHaveAttribute('data-connection', 'open')
    await expect.poll(() => heard().at(-1)).toBe(false)
    await page.keyboard.up('Control')
    await expect.poll(() => front.open).toBe(1)
  })

  test('without a network it says so and waits, and continues as soon as there is one', async ({
    page,
    app,
    front,
  }) => {
    const screen = await look(page, app)
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')
    await page.context().setOffline(true)
    front.terminate()

    await expect(page.getByText('Your computer is offline.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Stop reconnecting' })).toBeVisible()
    expect(await readScreen(page)).toContain('web-01 login:')
    const before = front.asked.length
    await page.context().setOffline(false)

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 5_000 })
    expect(front.asked).toHaveLength(before + 1)
    await expect.poll(() => front.open).toBe(1)
  })
})
