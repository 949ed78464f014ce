/** Two people in two browsers: one asks to delete an instance, the other one confirms, declines, or is too late. */
import type { Browser, Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test, type Running } from './app.ts'
import { accept, createFirst, invite, otherBrowser } from './people.ts'
import { instancesGrid, row } from './vocabulary.ts'

test.use({ settings: { SIGN_IN: 'local' } })

/** Ada, who asks, and Ben in a browser of his own; deletions need a second person. */
async function begin(page: Page, app: Running, browser: Browser): Promise<Page> {
  await createFirst(page, app)
  const ben = await otherBrowser(browser, app)
  await accept(ben, await invite(page, 'Ben', 'Admin'))
  // A list of one row, which is always rendered.
  await ben.goto('/instances?q=web-staging')
  await page.goto('/people/roles')
  const choice = page.getByRole('checkbox', { name: 'Delete an instance' })
  await choice.check()
  await expect(page.getByText('Saved who has to confirm')).toBeVisible()
  return ben
}

const tray = (page: Page) => page.getByRole('region', { name: 'Operations' })

/** Asks to delete an instance on its page. */
async function asks(page: Page, name: string): Promise<void> {
  await page.goto(`/instances?q=${name}`)
  await instancesGrid(page).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog', { name: `Delete ${name}` })
  await expect(question.getByText(/^Nothing is sent now/)).toBeVisible()
  await question.getByRole('textbox').fill(name)
  await question.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(question).toBeHidden()
}

test('who asks waits until another person confirms, and then the instance is deleted', async ({
  page,
  app,
  browser,
}) => {
  const ben = await begin(page, app, browser)
  await asks(page, 'web-staging')
  await expect(tray(page).getByText(/^Waiting for a second person until/)).toBeVisible()
  await expect(row(ben, 'web-staging')).toBeVisible()

  await expect(tray(ben).getByText('Ada asks:')).toBeVisible()
  await tray(ben).getByRole('link', { name: 'Delete: web-staging' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Delete: web-staging' })
  await expect(dialog.getByText(/Ada asks you to confirm this by/)).toBeVisible()
  await expect(
    dialog.getByText(/disk and all data on it are permanently deleted/),
  ).toBeVisible()
  expect(await axe(ben, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText('Ben confirmed it. Vedette sent it.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await expect(row(ben, 'web-staging')).toBeHidden({ timeout: 20_000 })
  await page.goto('/instances?q=web')
  await expect(row(page, 'web-01')).toBeVisible()
  await expect(row(page, 'web-staging')).toBeHidden()
})

test('who declines says why, and who asked can withdraw', async ({
  page,
  app,
  browser,
}) => {
  const ben = await begin(page, app, browser)
  await asks(page, 'web-staging')
  await tray(ben).getByRole('link', { name: 'Delete: web-staging' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Delete: web-staging' })
  await dialog.getByRole('button', { name: 'Decline…' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The demo is tomorrow.')
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click()
  await expect(dialog.getByText('Ben declined it: The demo is tomorrow.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(tray(page).getByText('Ben declined it: The demo is tomorrow.')).toBeVisible()
  await tray(page).getByRole('button', { name: 'Dismiss Delete: web-staging' }).click()
  await expect(tray(page)).toBeHidden()

  await asks(page, 'web-staging')
  await tray(page).getByRole('link', { name: 'Delete: web-staging' }).click()
  const own = page.getByRole('dialog', { name: 'Delete: web-staging' })
  await expect(own.getByRole('button', { name: 'Confirm' })).toBeHidden()
  await own.getByRole('button', { name: 'Withdraw' }).click()
  await expect(own.getByText('Withdrawn. Nothing was sent.')).toBeVisible()
  await expect(row(ben, 'web-staging')).toBeVisible()
})

test('a bulk action shows the second person each instance', async ({
  page,
  app,
  browser,
}) => {
  const ben = await begin(page, app, browser)
  await page.goto('/instances')
  for (const name of ['web-01', 'web-staging'])
    await row(page, name).getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete 2 instances' })
  await question.getByRole('textbox', { name: /2/ }).fill('2')
  await question.getByRole('button', { name: 'Ask a second person' }).click()
  await expect(question).toBeHidden()

  await tray(ben).getByRole('link', { name: 'Delete 2 instances' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Delete 2 instances' })
  for (const name of ['web-01', 'web-staging'])
    await expect(dialog.getByText(name, { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText('Ben confirmed it. Vedette sent it.')).toBeVisible()
  await expect(row(ben, 'web-staging')).toBeHidden({ timeout: 20_000 })
})

test('an action that was chosen stays chosen while it is saved', async ({ page, app }) => {
  await createFirst(page, app)
  await page.goto('/people/roles')
  const choice = page.getByRole('checkbox', { name: 'Delete an instance' })
  await choice.evaluate((input) => {
    const seen = new Set<boolean>()
    Object.assign(window, { seen })
    // Between any two tasks of the page.
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      if (input instanceof HTMLInputElement) seen.add(input.checked)
      port2.postMessage(null)
    })
    port1.start()
    if (input instanceof HTMLElement) input.click()
    port2.postMessage(null)
  })
  await expect(page.getByText('Saved who has to confirm')).toBeVisible()
  await expect(choice).toBeChecked()
  const seen = await page.evaluate(() => [...(Reflect.get(window, 'seen') as Set<boolean>)]) // as set above
  expect(seen).toEqual([true])
})
