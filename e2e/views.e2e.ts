/** Saved views are renamed and moved where they are listed, and nothing typed is lost. */
import type { Locator, Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { openList } from './vocabulary.ts'

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Views' })
const lines = (panel: Locator) => panel.getByRole('listitem').getByRole('link')
const stored = ['Asleep', 'Broken', 'Old']

async function openViews(page: Page): Promise<Locator> {
  await openList(page)
  await page.getByRole('button', { name: 'Views' }).click()
  const panel = panelOf(page)
  await expect(lines(panel)).toHaveText(['All instances', ...stored])
  return panel
}

test.beforeEach(async ({ app }) => {
  const views = stored.map((name) => ({ id: name, name, search: `q=${name}` }))
  await ask(app, '/kept/views', 'PUT', { views })
})

test('a view is renamed by keys, and undo gives it back its name @firefox', async ({
  page,
}) => {
  const panel = await openViews(page)
  const pencil = panel.getByRole('button', { name: 'Rename or move Broken' })
  await pencil.focus()
  await page.keyboard.press('Enter')
  const name = panel.getByRole('textbox', { name: 'Name of the view', exact: true })
  await expect(name).toBeFocused()
  await expect(name).toHaveValue('Broken')

  // The name is selected. One that exists is refused, and what was typed stays.
  await page.keyboard.type('Asleep')
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('Another view has this name. Choose another name.')
  await expect(name).toHaveValue('Asleep')
  await page.keyboard.type(' 2')
  await page.keyboard.press('Enter')

  await expect(lines(panel)).toHaveText(['All instances', 'Asleep', 'Asleep 2', 'Old'])
  await expect(panel.getByRole('button', { name: 'Rename or move Asleep 2' })).toBeFocused()
  await expect(lines(panel).nth(2)).toHaveAttribute('href', '/instances?q=Broken')

  await expect(page.getByText('Broken renamed to Asleep 2')).toBeVisible()
  // A press beside the panel closes it.
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(panel).toHaveCount(0)
  await page.getByRole('button', { name: 'Views' }).click()
  await expect(lines(panel)).toHaveText(['All instances', ...stored])
})

test('Escape gives up a new name and leaves the panel open', async ({ page }) => {
  const panel = await openViews(page)
  await panel.getByRole('button', { name: 'Rename or move Old' }).click()
  await page.keyboard.type('New')

  await page.keyboard.press('Escape')

  await expect(panel).toBeVisible()
  await expect(lines(panel)).toHaveText(['All instances', ...stored])
  await expect(panel.getByRole('button', { name: 'Rename or move Old' })).toBeFocused()
})

test('a view is moved by buttons, which keep the focus, and its place is stored', async ({
  page,
  app,
}) => {
  const panel = await openViews(page)
  await panel.getByRole('button', { name: 'Rename or move Old' }).click()
  const up = panel.getByRole('button', { name: 'Move Old up' })
  await up.focus()
  await page.keyboard.press('Enter')
  await expect(lines(panel)).toHaveText(['All instances', 'Asleep', 'Broken'])
  const order = async () => {
    const { value } = (await ask(app, '/kept/views')) as {
      value: { views: { name: string }[] }
    } // as stored above
    return value.views.map(({ name }) => name)
  }
  await expect.poll(order).toEqual(['Asleep', 'Old', 'Broken'])
  await expect(up).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(order).toEqual(['Old', 'Asleep', 'Broken'])
  await expect(up).toBeFocused()
  await expect(up).toHaveAttribute('aria-disabled', 'true')

  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(lines(panel)).toHaveText(['All instances', 'Old', 'Asleep', 'Broken'])
})

test('a name that another tab has taken is not taken away', async ({ page, app }) => {
  const panel = await openViews(page)
  await panel.getByRole('button', { name: 'Rename or move Old' }).click()
  await page.keyboard.type('Taken')
  const views = ['Taken', 'Old'].map((name) => ({ id: name, name, search: '' }))
  await ask(app, '/kept/views', 'PUT', { views })

  await page.keyboard.press('Enter')

  await expect(page.getByRole('alert').getByText('Couldn’t rename view')).toBeVisible()
  await expect(
    panel.getByRole('textbox', { name: 'Name of the view', exact: true }),
  ).toHaveValue('Taken')
})

test('a new view doesn’t take the name of one that another tab has saved', async ({
  page,
  app,
}) => {
  const panel = await openViews(page)
  const name = panel.getByRole('textbox', { name: 'Name of the current view' })
  await name.fill('Taken')
  const views = [{ id: 'Taken', name: 'Taken', search: '' }]
  await ask(app, '/kept/views', 'PUT', { views })

  await page.keyboard.press('Enter')

  await expect(panel).toContainText('Another view has this name. Choose another name.')
  await expect(name).toHaveValue('Taken')
  await name.fill('Mine')
  await page.keyboard.press('Enter')
  await expect(lines(panel)).toHaveText(['All instances', 'Taken', 'Mine'])
})

test('the default view opens wherever the list is opened without a query @firefox', async ({
  page,
  app,
}) => {
  const views = stored.map((name) => ({ id: name, name, search: `q=${name}` }))
  await ask(app, '/kept/views', 'PUT', { views, defaultId: 'Broken' })
  const isDefault = () => expect(page).toHaveURL(/\/instances\?q=Broken$/)
  const openOverview = async () => {
    await page.getByRole('link', { name: 'Overview' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  }
  const toList = page.getByRole('link', { name: 'Instances', exact: true }).first()

  await page.goto('/')
  await toList.click()
  await isDefault()
  await openOverview()
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await isDefault()
  await openOverview()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('instances')
  await page
    .getByRole('option', { name: /^Instances/ })
    .first()
    .click()
  await isDefault()

  // What someone asks for wins: a link with a query, all instances, and cleared filters.
  await openOverview()
  await page.getByRole('link', { name: /^Stopped in Geneva/ }).click()
  await expect(page).toHaveURL(/\/instances\?state=stopped&zone=ch-gva-2$/)
  await toList.click()
  await isDefault()
  await page.getByRole('button', { name: 'Views' }).click()
  await panelOf(page).getByRole('link', { name: 'All instances' }).click()
  await expect(page).toHaveURL(/\/instances$/)
  await openOverview()
  await page.evaluate(() => history.back())
  await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
  await expect(page).toHaveURL(/\/instances$/)
})

test('the default view opens when the list is the start page', async ({ page, app }) => {
  const views = [{ id: 'a', name: 'Mine', search: 'q=web' }]
  await ask(app, '/kept/views', 'PUT', { views, defaultId: 'a' })
  await page.goto('/settings')
  await page.evaluate(() => localStorage.setItem('vedette:start', 'instances'))

  await page.goto('/')

  await expect(page).toHaveURL(/\/instances\?q=web$/)
})
