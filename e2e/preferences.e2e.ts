/** Theme and density follow a person who signs in, and no one else. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { accept, createFirst, invite, otherBrowser, passphrase, signIn } from './people.ts'

test.use({ settings: { SIGN_IN: 'local' } })

const html = (page: Page) => page.locator('html')

async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Account: ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
}

/** Resolves when a choice is stored; one is also read by the page when it begins. */
const isStored = (page: Page) =>
  page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/kept/preferences') &&
      response.request().method() === 'PUT',
  )

async function choose(page: Page, ...names: string[]): Promise<void> {
  await page.goto('/settings')
  for (const name of names) {
    const stored = isStored(page)
    await page.getByRole('radio', { name }).check()
    await stored
  }
}

test('a choice is there in the next browser, and not for the next person', async ({
  page,
  app,
  browser,
}) => {
  await createFirst(page, app)
  await choose(page, 'Dark', 'Comfortable')
  await expect(page.getByText('Saved to your account, for every browser.')).toBeVisible()

  const second = await otherBrowser(browser, app)
  await second.goto('/sign-in')
  await signIn(second, 'Ada', passphrase)
  await expect(html(second)).toHaveAttribute('data-theme', 'dark')
  await expect(html(second)).toHaveAttribute('data-density', 'comfortable')
  // The first paint of the next visit has it, too.
  await second.goto('/settings', { waitUntil: 'commit' })
  await expect(html(second)).toHaveAttribute('data-theme', 'dark')

  const link = await invite(page, 'Ben', 'Viewer')
  await signOut(second, 'Ada')
  await accept(second, link)
  await expect(html(second)).not.toHaveAttribute('data-theme')
  await choose(second, 'Light')
  await signOut(second, 'Ben')
  await signIn(second, 'Ada', passphrase)
  await expect(html(second)).toHaveAttribute('data-theme', 'dark')
  await second.context().close()
})

test('what was chosen before the first sign-in is taken over', async ({
  page,
  app,
  browser,
}) => {
  await page.goto('/sign-in')
  await page.evaluate(() => localStorage.setItem('vedette:theme', 'dark'))
  const stored = isStored(page)
  await createFirst(page, app)
  await stored

  const second = await otherBrowser(browser, app)
  await second.goto('/sign-in')
  await signIn(second, 'Ada', passphrase)
  await expect(html(second)).toHaveAttribute('data-theme', 'dark')
  await second.context().close()
})

test('a choice that can’t be stored is said, and stored with the next one', async ({
  page,
  app,
}) => {
  await createFirst(page, app)
  // The page that is left may still receive an answer of its own.
  const known = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/kept/preferences') && page.url().endsWith('/settings'),
  )
  await page.goto('/settings')
  await known
  await expect(page.getByText('Saved to your account, for every browser.')).toBeVisible()
  await page.context().setOffline(true)
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect(page.getByText('Couldn’t be saved to your account.')).toBeVisible()
  await expect(html(page)).toHaveAttribute('data-theme', 'dark')
  await page.context().setOffline(false)
  await page.getByRole('radio', { name: 'Light' }).check()
  await expect(page.getByText('Saved to your account, for every browser.')).toBeVisible()
})
