/** A browser that blocks its storage: reading `localStorage` throws then, before anything is read from it. */
import { pages, tabs } from './all-pages.ts'
import { expect, test as base } from './app.ts'
import { find } from './zone.ts'

/** Ends with the errors that no page has caught. */
const test = base.extend<{ uncaught: string[] }>({
  uncaught: [
    async ({ page }, use) => {
      const uncaught: string[] = []
      page.on('pageerror', (error) => uncaught.push(String(error)))
      await page.addInitScript(() => {
        const blocked = {
          get: () => {
            throw new DOMException('blocked', 'SecurityError')
          },
        }
        Object.defineProperty(window, 'localStorage', blocked)
        Object.defineProperty(window, 'sessionStorage', blocked)
      })
      await use(uncaught)
      expect(uncaught).toEqual([])
    },
    { auto: true },
  ],
})

test('every page is shown', async ({ page, app }) => {
  test.setTimeout(120_000)
  const found = await find(app, 'web-01')
  const own = `/instances/${found?.zone}/${found?.id}`
  for (const path of [...pages, ...tabs.map((tab) => own + tab)]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    // Longer than the parts take that come after the heading.
    await page.waitForTimeout(1_000)
    await expect(page.getByText('Can’t show this page')).toHaveCount(0)
  }
})

test('an instance is created', async ({ page }) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('calm-otter-2')
  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'calm-otter-2' })).toBeVisible()
})

test('the panel of keys opens, and keeps a combination until the page is closed', async ({
  page,
  app,
}) => {
  const found = await find(app, 'web-01')
  await page.goto(`/instances/${found?.zone}/${found?.id}/console`)
  await expect(page.locator('[data-connection=open]')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Keys', exact: true }).click()
  await page.getByText('Custom key combinations').click()
  await page.getByRole('checkbox', { name: 'Alt', exact: true }).check()
  await page.getByLabel('Key', { exact: true }).fill('f7')
  await page.getByRole('button', { name: 'Add', exact: true }).click()

  await expect(page.getByRole('button', { name: 'Ctrl+Alt+F7', exact: true })).toBeVisible()
  await expect(page.locator('[data-connection=open]')).toBeVisible()
})
