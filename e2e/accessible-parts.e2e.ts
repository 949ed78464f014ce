/** What opens above a page, and the tools of a console, in both themes. The pages are in accessibility.e2e.ts. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { chooseAction, dialog, openInstance, openList, openScreen } from './vocabulary.ts'

const asks = [
  'Rename…',
  'Change size…',
  'Grow disk…',
  'Take snapshot…',
  'Reinstall…',
  'Delete…',
  'Start in rescue mode…',
]

/** What axe finds in a part, with its name. */
const within = async (page: Page, what: string, selector: string) =>
  (await axe(page, selector)).map((fault) => `${what}: ${fault}`)

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, bypassCSP: true })

    test(`axe finds nothing in the menus and panels of the list in ${colorScheme}`, async ({
      page,
    }) => {
      await openList(page)
      const found: string[] = []
      const open = async (name: string | RegExp, selector: string) => {
        await page.getByRole('button', { name }).first().click()
        await expect(page.locator(selector).first()).toBeVisible()
        found.push(...(await within(page, String(name), selector)))
        await page.keyboard.press('Escape')
        await expect(page.locator(selector)).toHaveCount(0)
      }
      await open('More actions for web-01', '[role=menu]')
      for (const name of ['Views', 'Arrange', 'Columns', /^Export/])
        await open(name, '[role=dialog]')
      await page.getByRole('checkbox', { name: 'Select web-01' }).check()
      await expect(page.getByText(/^1 (instance )?selected/).first()).toBeVisible()
      found.push(...(await within(page, 'selection', 'main')))
      expect(found).toEqual([])
    })

    test(`axe finds nothing in the dialogs of an instance in ${colorScheme}`, async ({
      page,
    }) => {
      test.setTimeout(180_000)
      await openInstance(page, 'old-wiki')
      const found: string[] = []
      await page.getByRole('button', { name: 'More actions' }).first().click()
      await expect(page.getByRole('menu')).toBeVisible()
      found.push(...(await within(page, 'actions', '[role=menu]')))
      await page.keyboard.press('Escape')
      for (const ask of asks) {
        await chooseAction(page, ask)
        const asking = await dialog(page)
        found.push(...(await within(page, ask, '[role=dialog],[role=alertdialog]')))
        await asking.getByRole('button', { name: 'Cancel' }).click()
        await expect(asking).toHaveCount(0)
      }
      expect(found).toEqual([])
    })

    test(`axe finds nothing in the tools of a console in ${colorScheme}`, async ({
      page,
    }) => {
      test.setTimeout(180_000)
      await openScreen(page, 'web-01')
      const found: string[] = []
      const tools = page.getByRole('button', { name: 'Tools' })
      await tools.click()
      const items = page.getByRole('menuitemcheckbox')
      await expect(items.first()).toBeVisible()
      found.push(...(await within(page, 'menu', '[role=menu]')))
      const names = await items.evaluateAll((all) =>
        all.map((one) => one.getAttribute('aria-label') ?? one.textContent ?? ''),
      )
      expect(names.length).toBeGreaterThan(3)
      await page.keyboard.press('Escape')
      let panels = 0
      for (const index of names.keys()) {
        await tools.click()
        await items.nth(index).click()
        await expect(page.getByRole('menu')).toHaveCount(0)
        const panel = page.locator('[data-tool]')
        // Some of them are an option of the screen and have no panel.
        if (!(await panel.first().isVisible())) continue
        panels += 1
        found.push(...(await within(page, names[index] ?? '', '[data-tool]')))
      }
      expect(panels).toBeGreaterThanOrEqual(5)
      expect(found).toEqual([])
    })
  })
