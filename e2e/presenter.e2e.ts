/** Presenter mode: addresses are masked wherever they stand, keys are shown unless they may be a password. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { openInstance, openList } from './vocabulary.ts'

const address = /\b\d{1,3}(\.\d{1,3}){3}\b/

/** Turns it on in the settings, and goes back to the list by a link: a reload would be another test. */
async function present(page: Page): Promise<void> {
  const pages = page.getByRole('navigation', { name: 'Main' })
  await pages.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('switch', { name: 'Presenter mode' }).check()
  await expect(page.getByRole('button', { name: 'Leave presenter mode' })).toBeVisible()
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await expect(page.getByRole('grid').getByRole('rowheader').first()).toBeVisible()
}

/** What is shown, said and hinted on the page. */
const allTexts = (page: Page) =>
  page.evaluate(() =>
    [
      document.title,
      document.body.innerText,
      ...Array.from(document.querySelectorAll('*'), (one) =>
        ['aria-label', 'title', 'placeholder', 'alt']
          .map((name) => one.getAttribute(name) ?? '')
          .join('\n'),
      ),
    ].join('\n'),
  )

test('no IP address is on the page, not even in labels, also after a reload', async ({
  page,
}) => {
  await openList(page)
  expect(await allTexts(page)).toMatch(address)
  await present(page)
  await expect.poll(() => allTexts(page)).not.toMatch(address)
  await page.reload()
  await expect(page.getByRole('grid').getByRole('rowheader').first()).toBeVisible()
  expect(await allTexts(page)).not.toMatch(address)
  await openInstance(page, 'web-01')
  await expect(page.getByText('•••.•••.•••.•••').first()).toBeVisible()
  expect(await allTexts(page)).not.toMatch(address)
  await page.getByRole('button', { name: 'Leave presenter mode' }).click()
  await expect.poll(() => allTexts(page)).toMatch(address)
})

test('a copied address is masked, and copying says so', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openList(page)
  await present(page)
  await page
    .getByRole('button', { name: /^Copy •/ })
    .first()
    .click()
  await expect(page.getByText('Copied with masked IP addresses')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toMatch(address)
})

test('keys are shown, but not what is typed as a password', async ({ page }) => {
  await openList(page)
  await present(page)
  const pressed = page.locator('[data-pressed]')
  await page.keyboard.press('Escape')
  await expect(pressed).toHaveText('Esc')
  await openInstance(page, 'web-01')
  await page.getByRole('link', { name: 'Console', exact: true }).click()
  const screen = page.getByRole('application', { name: 'Screen of web-01' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expect(pressed).toHaveCount(0)
  await screen.focus()
  await page.keyboard.type('secret')
  await expect(pressed).toHaveCount(0)
})
