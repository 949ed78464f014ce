/** Screenshots outside the console: on the instance's page, and with its snapshots. */
import type { Locator } from '@playwright/test'

import { expect, launchConsole, launchSandbox, settingsFor, test } from './app.ts'
import { dialog, openInstance, openList, row, searchFor } from './vocabulary.ts'

/** Whether an image has arrived and is one. */
const isShown = (image: Locator) =>
  image.evaluate((element) => {
    const { complete, naturalWidth } = element as HTMLImageElement // the role is img
    return complete && naturalWidth > 100
  })

test('an instance’s page shows its screenshot, which links to the console', async ({
  page,
}) => {
  await openInstance(page, 'web-01')
  const screen = page.getByRole('region', { name: 'Screen' })

  await expect(screen.getByText(/^\d+\ssec\. ago$/)).toBeVisible()
  await expect(screen.locator('canvas')).toBeVisible()
  await screen.getByRole('link', { name: 'Open console of web-01' }).click()

  await expect(page.getByRole('application', { name: 'Screen of web-01' })).toBeVisible()
})

test('a snapshot is taken with a screenshot, which is shown and deleted with it', async ({
  page,
}) => {
  await openInstance(page, 'web-03')
  await page.getByRole('link', { name: 'Snapshots' }).click()
  await page.getByRole('button', { name: 'Take snapshot…' }).first().click()
  const kept = page.waitForResponse((one) => one.url().includes('/pictures/'))
  await (await dialog(page)).getByRole('button', { name: /^Take snapshot of/ }).click()
  expect((await kept).status()).toBe(200)

  const picture = page.getByRole('img', { name: 'Screen when the snapshot was taken' })
  await expect(picture).toHaveCount(1, { timeout: 20_000 })
  await expect.poll(() => isShown(picture)).toBe(true)
  await expect(page.getByText('Saved in Vedette only')).toBeVisible()

  const menu = page.getByRole('button', { name: /^Actions for snapshot/ })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Revert to snapshot…' }).click()
  await expect.poll(async () => isShown((await dialog(page)).getByRole('img'))).toBe(true)
  await page.keyboard.press('Escape')

  const address = await picture.getAttribute('src')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Delete snapshot/ }).click()
  await expect
    .poll(async () => (await page.request.get(address ?? '')).status(), { timeout: 20_000 })
    .toBe(404)
})

test('on real zones, an instance’s page takes a screenshot only on request', async ({
  browser,
}) => {
  const sandbox = await launchSandbox()
  const app = await launchConsole(settingsFor(sandbox))
  const page = await browser.newPage({ baseURL: app.url })
  const screens: string[] = []
  page.on('websocket', (socket) => screens.push(socket.url()))
  await openInstance(page, 'web-01')
  const screen = page.getByRole('region', { name: 'Screen' })
  await expect(screen.getByText('a second viewer may disturb')).toBeVisible()
  expect(screens).toEqual([])

  await screen.getByRole('button', { name: 'Take screenshot' }).click()

  await expect(screen.getByText(/^\d+\ssec\. ago$/)).toBeVisible()
  expect(screens).toHaveLength(1)
  await page.close()
  await app.kill()
  await sandbox.kill()
})

test('hovering over a name in the list shows the instance’s screenshot, as does Space', async ({
  page,
}) => {
  await openList(page)
  await searchFor(page, 'web-0')
  const glance = page.getByRole('region', { name: 'Screen of web-01' })
  await row(page, 'web-01').getByRole('rowheader').hover()
  await expect(glance.locator('canvas')).toBeVisible()
  await expect(glance.getByText(/^\d+\ssec\. ago$/)).toBeVisible()

  await row(page, 'web-02').getByRole('rowheader').hover()
  await expect(page.getByRole('region', { name: 'Screen of web-02' })).toBeVisible()
  await expect(glance).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Search instances' }).hover()
  await expect(page.getByRole('region', { name: /^Screen of/ })).toHaveCount(0)

  await row(page, 'web-01').getByRole('rowheader').getByRole('link').focus()
  await page.keyboard.press('Space')
  await expect(glance.locator('canvas')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(glance).toHaveCount(0)
  await expect(row(page, 'web-01').getByRole('rowheader').getByRole('link')).toBeFocused()
})

test('on real zones, the list takes a screenshot only on request, and says why', async ({
  browser,
}) => {
  const sandbox = await launchSandbox()
  const app = await launchConsole(settingsFor(sandbox))
  const page = await browser.newPage({ baseURL: app.url })
  const screens: string[] = []
  page.on('websocket', (socket) => screens.push(socket.url()))
  await openList(page)
  await searchFor(page, 'web-01')
  await row(page, 'web-01').getByRole('rowheader').hover()
  const glance = page.getByRole('region', { name: 'Screen of web-01' })
  await expect(glance.getByText('a second viewer may disturb')).toBeVisible()
  await glance.hover()
  expect(screens).toEqual([])

  await glance.getByRole('button', { name: 'Take screenshot' }).click()
  await expect(glance.locator('canvas')).toBeVisible()
  expect(screens).toHaveLength(1)

  await page.getByRole('combobox', { name: 'Search instances' }).hover()
  await expect(glance).toHaveCount(0)
  await row(page, 'web-01').getByRole('rowheader').getByRole('link').focus()
  await page.keyboard.press('Space')
  await expect(
    glance.getByRole('button', { name: /^(Take screenshot|Refresh)$/ }),
  ).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(row(page, 'web-01').getByRole('rowheader').getByRole('link')).toBeFocused()
  await page.close()
  await app.kill()
  await sandbox.kill()
})
