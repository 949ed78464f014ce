/** Favorites: instances that a person marks with a star, finds again, and has first. */
import { readFile } from 'node:fs/promises'

import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { accept, createFirst, invite, otherBrowser } from './people.ts'
import { instancesGrid, openInstance, openList } from './vocabulary.ts'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search instances' })
const names = (page: Page) => instancesGrid(page).getByRole('rowheader')
const star = (page: Page, name: string) =>
  page.locator('#root').getByRole('button', { name: `Favorite ${name}`, exact: true })

/** Marks an instance, and waits until that is stored. */
async function mark(page: Page, name: string): Promise<void> {
  const stored = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/kept/favorites') &&
      response.request().method() === 'PUT',
  )
  await star(page, name).click()
  await expect(star(page, name)).toHaveAttribute('aria-pressed', 'true')
  await stored
}

test('a star is pressed by keys in the row, found by a query, and taken back by a second press @firefox', async ({
  page,
  browser,
  app,
}) => {
  await openList(page)
  await mark(page, 'web-03')
  const box = page.getByRole('checkbox', { name: 'Select old-wiki' })
  await box.focus()
  await page.keyboard.press('ArrowRight')
  await expect(star(page, 'old-wiki')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(star(page, 'old-wiki')).toHaveAttribute('aria-pressed', 'true')

  await search(page).click()
  await page.keyboard.type('is:fav')
  await page
    .getByRole('listbox', { name: 'Suggestions' })
    .getByRole('option', { name: /is:favorite One of your favorites 2/ })
    .click()
  await expect(names(page)).toHaveText(['old-wiki', 'web-03'])
  await expect(page).toHaveURL(/is%3Afavorite/)

  // They are the person's, in every browser.
  const context = await browser.newContext()
  const elsewhere = await context.newPage()
  await elsewhere.goto(`${app.url}/wall?q=is%3Afavorite`)
  await expect(elsewhere.getByRole('button', { name: /^All 2/ })).toBeVisible()
  await context.close()

  await page.getByRole('heading', { level: 1 }).click()
  await star(page, 'web-03').click()
  await expect(names(page)).toHaveText(['old-wiki'])
  await star(page, 'old-wiki').click()
  await expect(page.getByText('No instances match your search and filters')).toBeVisible()
  await expect
    .poll(async () => (await ask<{ value: string[] }>(app, '/kept/favorites')).value)
    .toEqual([])
})

test('favorites come first, in the order of the list, in the address and in exports', async ({
  page,
}) => {
  await openList(page)
  await mark(page, 'web-03')
  await mark(page, 'bastion')
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await page.getByRole('button', { name: 'Arrange' }).click()
  const first = page.getByRole('checkbox', { name: 'Show favorites first' })
  // The address changes it, a moment later.
  await first.click()
  await expect(first).toBeChecked()

  await expect(names(page).nth(0)).toHaveText('bastion')
  await expect(names(page).nth(1)).toHaveText('web-03')
  await expect(page).toHaveURL(/first=favorites/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  const exported = csv.split('\r\n').map((line) => line.split(',')[0])
  expect(exported.slice(1, 3)).toEqual(['"bastion"', '"web-03"'])

  await page.reload()
  await expect(names(page).nth(0)).toHaveText('bastion')
  await expect(names(page).nth(1)).toHaveText('web-03')
})

test('the instance’s page and the palette mark it, too', async ({ page }) => {
  await openInstance(page, 'web-01')
  await mark(page, 'web-01')
  expect(await axe(page, '#main')).toEqual([])

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await palette.getByRole('combobox').fill('favorite web-01')
  await palette.getByRole('option', { name: /Remove from favorites/ }).click()
  await expect(star(page, 'web-01')).toHaveAttribute('aria-pressed', 'false')

  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('favorite web-01')
  await page.keyboard.press('Enter')
  await expect(star(page, 'web-01')).toHaveAttribute('aria-pressed', 'true')
})

test('a phone has the star on each card', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?q=name%3Aweb-0*')
  await mark(page, 'web-02')

  await search(page).fill('is:favorite ')

  await expect(page.getByRole('list', { name: 'Instances' }).getByRole('link')).toHaveText([
    'web-02',
  ])
})

test('a phone sorts its cards', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?q=name%3Aweb-0*')
  const cards = page.getByRole('list', { name: 'Instances' }).getByRole('listitem')
  await expect(cards.first()).toContainText('web-01')
  await page.getByRole('button', { name: 'Arrange' }).click()
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name')
  await page.getByRole('checkbox', { name: 'Descending' }).click()

  await expect(page).toHaveURL(/sort=-name/)
  await expect(cards.first()).toContainText('web-04')
})

test('what two browsers mark is both stored, and what can’t be stored is taken back', async ({
  page,
  browser,
  app,
}) => {
  await openList(page)
  const context = await browser.newContext()
  const elsewhere = await context.newPage()
  await elsewhere.goto(`${app.url}/instances`)
  await mark(page, 'web-01')
  await mark(elsewhere, 'web-02')
  await context.close()
  await page.reload()
  for (const name of ['web-01', 'web-02'])
    await expect(star(page, name)).toHaveAttribute('aria-pressed', 'true')

  // What tells the failure comes after the first paint.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('Toast')),
  )
  await page.context().setOffline(true)
  await star(page, 'web-03').click()
  await expect(page.getByRole('alert')).toContainText('Couldn’t save favorites')
  await expect(star(page, 'web-03')).toHaveAttribute('aria-pressed', 'false')
  await expect(star(page, 'web-02')).toHaveAttribute('aria-pressed', 'true')
})

test.describe('with accounts', () => {
  test.use({ settings: { SIGN_IN: 'local' } })

  test('favorites are those of one person', async ({ page, app, browser }) => {
    await createFirst(page, app)
    await openList(page)
    await mark(page, 'web-01')
    const link = await invite(page, 'Ben', 'Viewer')
    const second = await otherBrowser(browser, app)
    await accept(second, link)
    await openList(second)
    await expect(star(second, 'web-01')).toHaveAttribute('aria-pressed', 'false')

    await mark(second, 'web-02')

    await openList(page)
    await expect(star(page, 'web-01')).toHaveAttribute('aria-pressed', 'true')
    await expect(star(page, 'web-02')).toHaveAttribute('aria-pressed', 'false')
    await second.context().close()
  })
})
