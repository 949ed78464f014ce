/** A screen during changes of its instance and its connection. */
import { randomBytes } from 'node:crypto'

import type { Page } from '@playwright/test'

import { expect, launchConsole, test } from './app.ts'
import { readScreen } from './read-screen.ts'
import { dialog, expectState, openInstance, openScreen } from './vocabulary.ts'

test('the console of a stopped instance starts it, and stays connected during a reboot', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await page.getByRole('link', { name: 'Console', exact: true }).click()
  const screen = page.getByRole('application', { name: 'Screen of old-wiki' })
  await expect(screen).toHaveAttribute('data-connection', 'waiting')
  await expect(page.getByText('old-wiki is stopped')).toBeVisible()

  await page.getByRole('button', { name: 'Start and connect' }).click()
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expectState(page, 'running')

  await page.getByRole('button', { name: 'Power' }).click()
  await page.getByRole('menuitem', { name: 'Reboot…' }).click()
  await (await dialog(page)).getByRole('button', { name: 'Reboot old-wiki' }).click()
  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('Reboot')
  await expect(screen).toHaveAttribute('data-connection', 'open')

  await page.getByRole('button', { name: 'Power' }).click()
  await page.getByRole('menuitem', { name: 'Stop…' }).click()
  await (await dialog(page)).getByRole('button', { name: 'Stop old-wiki' }).click()
  await expect(screen).toHaveAttribute('data-connection', 'waiting', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Start and connect' })).toBeVisible()
})

test('disconnecting keeps the last image, and connecting starts a new attempt', async ({
  page,
}) => {
  const screen = await openScreen(page, 'web-01')
  const first = Number(await screen.getAttribute('data-attempt'))

  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Disconnect' }).click()
  await expect(screen).toHaveAttribute('data-connection', 'closed')
  await expect(screen.locator('canvas')).toHaveCount(1)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()

  await expect(screen).toHaveAttribute('data-connection', 'open')
  await expect(screen).toHaveAttribute('data-attempt', String(first + 1))
})

test.describe('with a server that stops', () => {
  test.use({ ownProcess: true })

  test('a silent connection is noticed: the image is kept, and it reconnects automatically', async ({
    page,
    app,
  }) => {
    const screen = await openScreen(page, 'web-01')
    await expect.poll(() => readScreen(page)).toContain('web-01 login:')

    app.signal('SIGSTOP')
    await expect(page.getByText('Unstable', { exact: true })).toBeVisible({
      timeout: 20_000,
    })
    await expect(screen).toHaveAttribute('data-connection', 'reconnecting', {
      timeout: 20_000,
    })
    await expect(screen.locator('canvas')).toHaveCount(1)
    expect(await readScreen(page)).toContain('web-01 login:')
    // It is there between two attempts, each of which waits for 15 s.
    await expect(page.getByRole('button', { name: /Reconnect now/ })).toBeVisible({
      timeout: 40_000,
    })
    app.signal('SIGCONT')

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 30_000 })
  })

  test('a server killed outright and started again brings the screen back', async ({
    page,
    app,
  }) => {
    const screen = await openScreen(page, 'web-01')

    await app.kill('SIGKILL')
    await expect(screen).toHaveAttribute('data-connection', 'reconnecting')
    await expect(screen.locator('canvas')).toHaveCount(1)
    const again = await launchConsole({ PORT: new URL(app.url).port })

    await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 30_000 })
    await again.kill()
  })
})

test('Ctrl+Alt+Shift leaves the screen, and no key stays pressed', async ({ page }) => {
  const screen = await openScreen(page, 'web-01')
  await expect(screen.locator('canvas')).toBeFocused()

  await page.keyboard.down('Control')
  await page.keyboard.down('Alt')
  await page.keyboard.down('Shift')

  await expect(page.getByRole('button', { name: 'Full screen' })).toBeFocused()
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key)
  await screen.focus()
  await page.keyboard.press('Enter')
  await expect(screen.locator('canvas')).toBeFocused()
})

test('the screenshot is downloaded under the name of its instance', async ({ page }) => {
  await openScreen(page, 'web-01')
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  const downloading = page.waitForEvent('download')

  await page.getByRole('menuitem', { name: 'Download screenshot' }).click()

  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^web-01-ch-gva-2-\d{8}-\d{6}\.png$/)
})

test('the screen in a window of its own takes the keys', async ({ page, context }) => {
  await openScreen(page, 'web-01')
  await page.getByRole('button', { name: 'Screen', exact: true }).click()
  const opening = context.waitForEvent('page')

  await page.getByRole('menuitem', { name: 'Open in new window' }).click()

  const own = await opening
  const screen = own.getByRole('application', { name: 'Screen of web-01' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await own.keyboard.type(randomBytes(4).toString('hex'))
  await expect(own.getByRole('navigation')).toHaveCount(0)
})

test('in full screen the bar still has its menus and questions', async ({ page }) => {
  await openScreen(page, 'web-01')
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect(page.getByRole('button', { name: 'Exit full screen' })).toBeVisible()

  await page.getByRole('button', { name: 'Power' }).click()
  await page.getByRole('menuitem', { name: 'Stop…' }).click()

  await expect(
    (await dialog(page)).getByRole('button', { name: 'Stop web-01' }),
  ).toBeVisible()
})

/** How far the bar is below the upper edge of the window. */
const barTop = (page: Page) => async () => {
  const tools = page.getByRole('button', { name: 'Tools' })
  return (await page.locator('header', { has: tools }).boundingBox())?.y ?? 0
}

test('in full screen the bar hides, and comes back for a pointer and the keyboard', async ({
  page,
}) => {
  const screen = await openScreen(page, 'web-01')
  await page.getByRole('button', { name: 'Full screen' }).click()
  const top = barTop(page)
  await page.mouse.move(700, 500)
  await screen.locator('canvas').click()
  await expect.poll(top).toBeLessThan(-30)
  expect((await screen.boundingBox())?.y).toBe(0)

  await page.mouse.move(700, 1)
  await expect.poll(top).toBe(0)
  await page.mouse.move(700, 500)
  await expect.poll(top).toBeLessThan(-30)

  for (const key of ['Control', 'Alt', 'Shift']) await page.keyboard.down(key)
  for (const key of ['Shift', 'Alt', 'Control']) await page.keyboard.up(key)
  await expect.poll(top).toBe(0)
  await screen.locator('canvas').click()
  await expect.poll(top).toBeLessThan(-30)
})

test.describe('with a finger', () => {
  test.use({ hasTouch: true })

  test('in full screen the bar comes back by its handle', async ({ page }) => {
    const screen = await openScreen(page, 'web-01')
    await page.getByRole('button', { name: 'Full screen' }).tap()
    await screen.locator('canvas').tap()
    const top = barTop(page)
    await expect.poll(top).toBeLessThan(-30)

    await page.touchscreen.tap(700, 8)
    await expect.poll(top).toBe(0)
    await page.getByRole('button', { name: 'Tools' }).tap()
    await page.getByRole('menuitemcheckbox', { name: 'Connection details' }).tap()
    await expect(page.getByRole('region', { name: 'Connection details' })).toBeVisible()
    await page.getByRole('button', { name: 'Touchpad' }).tap()
    await screen.locator('canvas').tap()
    await expect.poll(top).toBeLessThan(-30)
  })
})

for (const deviceScaleFactor of [1, 2])
  test.describe(`at ${deviceScaleFactor} pixels of the display for one of the page`, () => {
    test.use({ deviceScaleFactor })

    test('1:1 shows a pixel of the screen on a pixel of the display', async ({ page }) => {
      const screen = await openScreen(page, 'web-01')
      await page.getByRole('button', { name: 'Screen', exact: true }).click()
      await page.getByRole('menuitemcheckbox', { name: 'Actual size (1:1)' }).click()
      const canvas = screen.locator('canvas')
      const shown = () =>
        canvas.evaluate((element: HTMLCanvasElement) => {
          const { width, height } = element.getBoundingClientRect()
          const [own, dpr] = [element, devicePixelRatio]
          return [(width * dpr) / own.width, (height * dpr) / own.height]
        })
      await expect.poll(shown).toEqual([1, 1])
      await expect(canvas).toHaveCSS('image-rendering', 'pixelated')

      await page.getByRole('button', { name: 'Screen', exact: true }).click()
      await page.getByRole('menuitemcheckbox', { name: 'Double size (200%)' }).click()
      await expect.poll(shown).toEqual([2, 2])
    })
  })

test('going to another page leaves full screen', async ({ page }) => {
  await openScreen(page, 'web-01')
  await page.getByRole('button', { name: 'Full screen' }).click()
  await expect(page.getByRole('button', { name: 'Exit full screen' })).toBeVisible()

  await page.goBack()

  await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement === null))
    .toBe(true)
})
