/** Colors of labels: a person gives them, and sees them wherever a label is. */
import type { Page } from '@playwright/test'

import { hues } from '../src/web/stores/label-colors.ts'
import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { openInstance, openList, row } from './vocabulary.ts'

const label = (page: Page, instance: string, text: string) =>
  row(page, instance).getByRole('link', { name: text, exact: true })
const color = (page: Page, name: string) =>
  page.getByRole('menuitemradio', { name, exact: true })

test('a label gets a color from its menu, by pointer and by keys, and loses it again', async ({
  page,
  app,
}) => {
  await openList(page)
  const one = label(page, 'web-01', 'env=production')
  // The code that listens is loaded after the rows.
  await expect(async () => {
    await one.click({ button: 'right' })
    await expect(color(page, 'Red')).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await color(page, 'Red').click()
  for (const name of ['web-01', 'web-02'])
    await expect(label(page, name, 'env=production')).toHaveAttribute('data-hue', 'red')
  await expect(label(page, 'web-01', 'app=shop')).not.toHaveAttribute('data-hue')
  await expect
    .poll(async () => (await ask<{ value: unknown }>(app, '/kept/label-colors')).value)
    .toEqual({ 'env=production': 'red' })

  // Filtered by it, its chip has the color, too.
  await page.goto('/instances?q=label%3Aenv%3Dproduction')
  const chips = page.getByRole('group', { name: 'Filters' })
  await expect(chips.locator('[data-hue=red]')).toHaveText('label:env=production')
  await expect(one).toHaveAttribute('data-hue', 'red')

  await one.focus()
  await page.keyboard.press('Shift+F10')
  await expect(color(page, 'Red')).toHaveAttribute('aria-checked', 'true')
  await color(page, 'No color').focus()
  await page.keyboard.press('Enter')
  await expect(one).not.toHaveAttribute('data-hue')
  await expect(one).toBeFocused()
})

test('an instance’s page and a group’s menu give a color, too @firefox', async ({
  page,
}) => {
  await openInstance(page, 'web-01')
  const header = page.locator('#main [data-hue]')
  await page
    .getByRole('navigation', { name: 'Instance sections' })
    .getByRole('link', { name: 'Settings' })
    .click()
  await page.getByRole('button', { name: 'Color of env=production' }).click()
  await color(page, 'Green').click()
  await expect(header.getByText('env=production')).toHaveCount(1)
  await expect(header.first()).toHaveAttribute('data-hue', 'green')
  expect(await axe(page, '#main')).toEqual([])

  await page.goto('/instances?group=label%3Aenv')
  const group = page.getByRole('rowheader', { name: /^env=production/ })
  await expect(group.locator('[data-hue]')).toHaveAttribute('data-hue', 'green')
  await page.getByRole('button', { name: 'Actions for group env=production' }).click()
  await color(page, 'Violet').click()
  await expect(group.locator('[data-hue]')).toHaveAttribute('data-hue', 'violet')
  expect(await axe(page, '#main')).toEqual([])
})

test('a phone shows the labels that have a color', async ({ page, app }) => {
  await ask(app, '/kept/label-colors', 'PUT', { 'env=staging': 'blue', 'x=y': 'mauve' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?q=web-')

  const list = page.getByRole('list', { name: 'Instances' })
  await expect(list.getByRole('link', { name: 'env=staging' })).toBeVisible()
  await expect(list.getByRole('link', { name: 'env=production' })).toHaveCount(0)
})

test('a label more than can have a color is told, and no other color is lost', async ({
  page,
  app,
}) => {
  const full = Object.fromEntries(
    Array.from({ length: 200 }, (_, at) => [`rack=${at}`, 'blue']),
  )
  await ask(app, '/kept/label-colors', 'PUT', full)
  await page.goto('/instances?group=label%3Aenv')
  const production = page.getByRole('rowheader', { name: /^env=production/ })
  await page.getByRole('button', { name: 'Actions for group env=production' }).click()
  await color(page, 'Red').click()

  await expect(page.getByRole('alert')).toContainText('Can’t color more labels')
  await expect(production.locator('[data-hue]')).toHaveCount(0)
  expect((await ask<{ value: unknown }>(app, '/kept/label-colors')).value).toEqual(full)
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`all colors can be read in the ${colorScheme} theme, and without any color`, async ({
    page,
    app,
  }) => {
    await page.emulateMedia({ colorScheme })
    const seen = ['env=production', 'env=staging', 'app=shop', 'app=batch']
    for (const half of [hues.slice(0, 4), hues.slice(4)]) {
      const colors = Object.fromEntries(seen.map((one, at) => [one, half[at]]))
      await ask(app, '/kept/label-colors', 'PUT', colors)
      await openList(page)
      await expect(page.locator('[data-hue]').first()).toBeVisible()
      expect(await axe(page, '#main')).toEqual([])
    }

    // The person's own colors replace them, and the text still tells which label it is.
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    await expect(label(page, 'web-01', 'env=production')).toBeVisible()
  })
