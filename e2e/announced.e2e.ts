/** What is said and shown beyond the picture: titles, failures, forced colors, instances of one name. */
import type { Locator, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { inZone } from './ask.ts'
import { chooseAction, dialog, openInstance, openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

test('each page and each tab has a title of its own', async ({ page, app }) => {
  test.setTimeout(240_000)
  const web = await find(app, 'web-01')
  const own = `/instances/${web?.zone}/${web?.id}`
  const titles: [path: string, title: string][] = [
    ['/instances', 'Instances · Vedette'],
    ['/instances/new', 'New instance · Vedette'],
    [own, 'web-01 · Vedette'],
    [`${own}/snapshots`, 'web-01 · Snapshots · Vedette'],
    [`${own}/volumes`, 'web-01 · Volumes · Vedette'],
    [`${own}/network`, 'web-01 · Network · Vedette'],
    [`${own}/activity`, 'web-01 · Activity · Vedette'],
    [`${own}/settings`, 'web-01 · Settings · Vedette'],
    [`${own}/data`, 'web-01 · JSON · Vedette'],
    [`${own}/console`, 'web-01 · Console · Vedette'],
    [own.replace('/instances', '/console'), 'web-01 · Console · Vedette'],
    ['/wall', 'Wall · Vedette'],
    ['/activity', 'Activity · Vedette'],
    ['/activity/audit', 'Audit log · Activity · Vedette'],
    ['/activity/events', 'Exoscale events · Activity · Vedette'],
    ['/limits', 'Limits · Vedette'],
    ['/settings', 'Settings · Vedette'],
    ['/help', 'Help · Vedette'],
    ['/replay', 'Replay · Vedette'],
    ['/nowhere', 'Page not found · Vedette'],
  ]
  for (const [path, title] of titles) {
    await page.goto(path)
    await expect(page, path).toHaveTitle(title)
  }
  // Also without loading the page, and on the way back.
  await page.goto(own)
  const sections = page.getByRole('navigation', { name: 'Instance sections' })
  await sections.getByRole('link', { name: 'Network' }).click()
  await expect(page).toHaveTitle('web-01 · Network · Vedette')
  await expect(page.locator('[aria-live=polite]').first()).toContainText('web-01 · Network')
  await page.goBack()
  await expect(page).toHaveTitle('web-01 · Vedette')
})

test('a failure is announced at once with its reason, with the tray open and collapsed', async ({
  page,
}) => {
  const why = 'Not enough capacity in this zone for the instance'
  await openInstance(page, 'fails-on-start')
  const start = page.getByRole('button', { name: 'Start', exact: true })
  await start.click()
  await expect(page.locator('[aria-live=assertive]')).toHaveText(
    `Start: fails-on-start (failed): ${why}`,
    { timeout: 30_000 },
  )

  await page.getByRole('button', { name: 'Collapse operations' }).click()
  await start.click()
  const alert = page
    .getByRole('alert')
    .filter({ hasText: 'Start: fails-on-start (failed)' })
  await expect(alert.first()).toContainText(why, { timeout: 30_000 })
})

test('instances of one name show what tells them apart in every question', async ({
  page,
  app,
}) => {
  test.setTimeout(240_000)
  const ids: string[] = []
  for (const name of ['web-01', 'web-02']) ids.push((await find(app, name))?.id ?? '')
  await openInstance(page, 'web-01')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(
    (await dialog(page)).getByText('Another instance has the same name'),
  ).toHaveCount(0)
  await page.keyboard.press('Escape')
  await inZone(app, `/instance/${ids[1]}`, 'PUT', { name: 'WEB-01' })
  await expect(page.getByRole('alertdialog')).toHaveCount(0)

  for (const name of ['Stop…', 'Reboot…'])
    await test.step(name, async () => {
      await page.getByRole('button', { name: name.replace('…', ''), exact: true }).click()
      await expectApart(page, ids[0])
    })
  for (const name of [
    'Rename…',
    'Change size…',
    'Grow disk…',
    'Take snapshot…',
    'Start in rescue mode…',
    'Reinstall…',
    'Delete…',
  ])
    await test.step(name, async () => {
      await chooseAction(page, name)
      await expectApart(page, ids[0])
    })

  await openList(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('web-01')
  await expect(page.getByRole('rowheader')).toHaveCount(2)
  await page.getByRole('checkbox', { name: 'Select web-01', exact: true }).check()
  await page.getByRole('button', { name: 'Reboot…' }).click()
  await expectApart(page, ids[0])
})

/** The open question says zone, id, address and creation; then it is closed. */
async function expectApart(page: Page, id = ''): Promise<void> {
  const asking = await dialog(page)
  const apart = asking.locator('[data-part=tell-apart]')
  await expect(apart).toContainText('Another instance has the same name', {
    timeout: 20_000,
  })
  for (const part of [
    'ch-',
    `ID ${id.slice(0, 8)}`,
    /\d+\.\d+\.\d+\.\d+/,
    /Created .*20\d\d/,
  ])
    await expect(apart).toContainText(part)
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(asking).toHaveCount(0)
}

/** How many colors there are where a text is: one is a text that can't be seen. */
async function colorsOfText(page: Page, text: Locator): Promise<number> {
  const clip = await text.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    const { x, y, width, height } = range.getBoundingClientRect()
    return { x: x + 1, y: y + 1, width: width - 2, height: height - 2 }
  })
  const picture = (await page.screenshot({ clip })).toString('base64')
  return page.evaluate(async (bytes) => {
    const blob = new Blob([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))])
    const image = await createImageBitmap(blob)
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context?.drawImage(image, 0, 0)
    const pixels = context?.getImageData(0, 0, image.width, image.height).data.buffer
    return new Set(pixels && new Uint32Array(pixels)).size
  }, picture)
}

test('in forced colors, the text of what is chosen can be seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openList(page)
  const chosen = page.getByRole('button', { name: /^All/ })
  await expect(chosen).toHaveAttribute('aria-pressed', 'true')
  expect(await colorsOfText(page, chosen)).toBeGreaterThan(2)
  const main = page.getByRole('navigation', { name: 'Main' })
  const current = main.getByRole('link', { name: 'Instances' }).getByText('Instances')
  expect(await colorsOfText(page, current)).toBeGreaterThan(2)
})

test('in forced colors, the current page and what is disabled can be told', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openInstance(page, 'web-01')
  const look = (
    name: string,
    property: 'color' | 'backgroundColor',
    role: 'link' | 'button' | 'menuitem' = 'link',
  ) =>
    page
      .getByRole(role, { name, exact: true })
      .first()
      .evaluate((element, wanted) => getComputedStyle(element)[wanted], property)
  const main = page.getByRole('navigation', { name: 'Main' })
  const ground = (name: string) =>
    main
      .getByRole('link', { name })
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await ground('Instances')).not.toBe(await ground('Wall'))
  const tab = (name: string) =>
    page
      .getByRole('navigation', { name: 'Instance sections' })
      .getByRole('link', { name, exact: true })
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await tab('Overview')).not.toBe(await tab('Network'))
  // A running instance can't be started.
  expect(await look('Start', 'color', 'button')).not.toBe(
    await look('Stop', 'color', 'button'),
  )

  await openList(page)
  await page.getByRole('button', { name: /^Running/ }).click()
  const pressed = (name: RegExp) =>
    page
      .getByRole('button', { name })
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await pressed(/^Running/)).not.toBe(await pressed(/^Stopped/))
  await row(page, 'web-01').getByRole('button', { name: /^More/ }).click()
  const entry = (name: string) =>
    page
      .getByRole('menuitem', { name, exact: true })
      .evaluate((element) => getComputedStyle(element).color)
  expect(await entry('Start Stop the instance first.')).not.toBe(await entry('Stop…'))
})
