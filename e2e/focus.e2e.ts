/** Where the focus goes when a menu, a dialog or a bar goes away, and what opens by a link. */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { close, confirm, jobDialog, select, tray } from './bulk.ts'
import {
  chooseAction,
  dialog,
  instancesGrid,
  openInstance,
  openList,
  row,
  searchFor,
} from './vocabulary.ts'
import { inventoryOf } from './zone.ts'

const menuButton = (page: Page) => page.getByRole('button', { name: /^More actions/ })

/** Opens the menu of a button, by a key or with the mouse, and closes it with Escape. */
async function openAndEscape(page: Page, name: string | RegExp, by: 'mouse' | 'keyboard') {
  const button = page.getByRole('button', { name }).first()
  if (by === 'mouse') await button.click()
  else {
    await button.focus()
    await page.keyboard.press('Enter')
  }
  const menu = page.getByRole('menu')
  await expect(menu).toBeVisible()
  // The menu takes the focus a frame after it is shown.
  await expect(menu.locator(':focus').or(page.locator('[role=menu]:focus'))).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await expect(button).toBeFocused()
}

/** Waits until the rows of all zones have come: until then others move. */
async function allShown(page: Page, app: Running): Promise<void> {
  await expect(async () => {
    const { zones } = await inventoryOf(app)
    expect(zones.every(({ at }) => at !== undefined)).toBe(true)
    const total = zones.reduce((sum, { instances }) => sum + instances.length, 0)
    await expect(page.getByRole('button', { name: `All ${total}` })).toBeVisible({
      timeout: 2_000,
    })
  }).toPass()
}

for (const by of ['mouse', 'keyboard'] as const) {
  test(`menus give the focus back on Escape, opened by the ${by}`, async ({ page }) => {
    test.setTimeout(180_000)
    await openList(page)
    await openAndEscape(page, 'More actions for web-01', by)
    await openInstance(page, 'web-01')
    await openAndEscape(page, 'More actions', by)
    await page.goto(`${page.url()}/activity`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.goto(page.url().replace(/activity$/, 'console'))
    await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
    for (const name of ['Tools', 'Screen', 'Power']) await openAndEscape(page, name, by)
  })

  test(`menus of cards give the focus back on Escape, opened by the ${by}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/instances')
    await page.getByRole('combobox', { name: 'Search instances' }).fill('web-01')
    await openAndEscape(page, 'More actions for web-01', by)
  })
}

test('panels give the focus back on Escape', async ({ page }) => {
  await openList(page)
  const columns = page.getByRole('button', { name: 'Columns' })
  await columns.click()
  await page.getByRole('checkbox', { name: 'Template' }).focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('checkbox', { name: 'Template' })).toHaveCount(0)
  await expect(columns).toBeFocused()
})

test('a question gives the focus back to the button or the menu that it came from', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await openInstance(page, 'web-01')
  for (const name of ['Stop', 'Reboot']) {
    await page.getByRole('button', { name, exact: true }).click()
    await dialog(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused()
  }
  for (const name of [
    'Rename…',
    'Change size…',
    'Take snapshot…',
    'Reinstall…',
    'Delete…',
  ]) {
    await chooseAction(page, name)
    await dialog(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await expect(menuButton(page)).toBeFocused()
  }

  await openList(page)
  const button = page.getByRole('button', { name: 'More actions for web-01' })
  await button.click()
  await page.getByRole('menuitem', { name: 'Stop…' }).click()
  await dialog(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(button).toBeFocused()
})

test('after the row itself is deleted, the focus is in the list', async ({ page }) => {
  await openList(page)
  await page.getByRole('button', { name: 'More actions for bastion' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('bastion')
  await asking.getByRole('button', { name: 'Delete bastion' }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0, { timeout: 30_000 })
  await expect(instancesGrid(page).locator(':focus')).toHaveCount(1)
  await expect(row(page, 'bastion')).toHaveCount(0, { timeout: 30_000 })
  await expect(instancesGrid(page).locator(':focus')).toHaveCount(1)
})

test('the bar of a selection moves no row, and clearing it leaves the focus in the list', async ({
  page,
  app,
}) => {
  test.setTimeout(180_000)
  for (const width of [1_920, 1_440, 1_024, 700]) {
    await page.setViewportSize({ width, height: 900 })
    await openList(page)
    const name = instancesGrid(page).getByRole('link', { name: 'web-01', exact: true })
    await allShown(page, app)
    // In sight, so that selecting it scrolls nothing.
    await searchFor(page, 'web-0')
    const before = await name.boundingBox()
    await select(page, 'web-01', 'web-02')
    await expect(page.getByRole('toolbar', { name: 'Selected instances' })).toBeVisible()
    expect(await name.boundingBox(), `${width} px wide`).toEqual(before)

    await page.getByRole('button', { name: 'Clear selection' }).click()
    await expect(page.getByRole('toolbar', { name: 'Selected instances' })).toHaveCount(0)
    expect(await name.boundingBox(), `${width} px wide`).toEqual(before)
    await expect(instancesGrid(page).locator(':focus')).toHaveCount(1)
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances')
  const cards = page.getByRole('list', { name: 'Instances' })
  const last = cards.getByRole('checkbox').nth(4)
  await last.scrollIntoViewIfNeeded()
  await allShown(page, app)
  const before = await last.boundingBox()
  await last.check()
  const bar = page.getByRole('toolbar', { name: 'Selected instances' })
  await expect(bar).toBeInViewport()
  expect(await last.boundingBox()).toEqual(before)
  await bar.getByRole('button', { name: 'Clear selection' }).click()
  await expect(bar).toHaveCount(0)
  expect(await last.boundingBox()).toEqual(before)
  await expect(cards.locator(':focus')).toHaveCount(1)
})

test('after an action for several instances, the focus is in the list', async ({
  page,
}) => {
  await openList(page)
  await select(page, 'web-01', 'web-02')
  await page.getByRole('button', { name: 'Reboot…' }).click()
  await confirm(page, 'Reboot 2 instances')
  const job = jobDialog(page, 'Reboot 2 instances')
  await close(job)
  await expect(job).toHaveCount(0)
  await expect(instancesGrid(page).locator(':focus')).toHaveCount(1)

  await select(page, 'web-01')
  const stop = page.getByRole('button', { name: 'Stop…' })
  await stop.click()
  await page.keyboard.press('Escape')
  await expect(stop).toBeFocused()
})

test('a button that goes away with what it did leaves the focus beside it, or in the list', async ({
  page,
}) => {
  await openList(page)
  const search = page.getByRole('combobox', { name: 'Search instances' })
  await search.fill('fails-on-start')
  const operations = tray(page)
  for (const count of [1, 2]) {
    await page.getByRole('button', { name: 'More actions for fails-on-start' }).click()
    await page.getByRole('menuitem', { name: 'Start' }).click()
    await expect(operations).toContainText(`${count} failed`, { timeout: 20_000 })
  }
  await operations
    .getByRole('button', { name: /^Dismiss/ })
    .first()
    .press('Enter')
  await expect(operations).toContainText('1 failed')
  await expect(operations).toBeFocused()

  await operations.getByRole('button', { name: /^Dismiss/ }).press('Enter')
  await expect(operations).toHaveCount(0)
  await expect(instancesGrid(page).locator(':focus')).toHaveCount(1)
})

test('what leads to a page is a link, which opens in a new tab', async ({
  page,
  context,
}) => {
  await openList(page)
  const opened = async (press: () => Promise<void>) => {
    const [tab] = await Promise.all([context.waitForEvent('page'), press()])
    await tab.waitForURL(/instances/)
    const { pathname } = new URL(tab.url())
    await tab.close()
    return pathname
  }
  const create = page.getByRole('link', { name: 'New instance' })
  expect(await opened(() => create.click({ button: 'middle' }))).toBe('/instances/new')
  expect(await opened(() => create.click({ modifiers: ['ControlOrMeta'] }))).toBe(
    '/instances/new',
  )
  await page.getByRole('button', { name: 'More actions for web-01' }).click()
  const entry = page.getByRole('menuitem', { name: 'Console' })
  expect(await opened(() => entry.click({ button: 'middle' }))).toMatch(/\/console$/)
  await expect(page).toHaveURL(/\/instances$/)

  await openInstance(page, 'web-01')
  const console = page.getByRole('link', { name: 'Console', exact: true })
  expect(await opened(() => console.click({ button: 'middle' }))).toMatch(/\/console$/)
  await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
})
