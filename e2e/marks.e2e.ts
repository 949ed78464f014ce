/** What only Vedette knows of an instance is seen before someone acts: protection, rescue mode, notes, trouble. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import {
  chooseAction,
  dialog,
  expectState,
  openInstance,
  openList,
  row,
} from './vocabulary.ts'

const openTab = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Instance sections' })
    .getByRole('link', { name })
    .click()

async function protect(page: Page, name: string): Promise<void> {
  await openInstance(page, name)
  await openTab(page, 'Settings')
  await page.getByRole('button', { name: 'Turn on protection', exact: true }).click()
  await expect(page.getByText(/^On since .*turned on in Vedette/)).toBeVisible({
    timeout: 20_000,
  })
}

test('the question of a deletion says that the instance is protected before anything is sent', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await protect(page, 'old-wiki')
  await chooseAction(page, 'Delete…')
  const asking = page.getByRole('alertdialog')
  await expect(asking).toContainText('Deletion protection is on')
  await expect(asking).toContainText(/Turned on in Vedette on .*\d/)
  // The title has said it.
  await expect(asking).not.toContainText('On since')

  await asking.getByRole('button', { name: 'Turn off deletion protection' }).click()

  await expect(asking).not.toContainText('Deletion protection is on', { timeout: 20_000 })
  await asking.getByRole('textbox').fill('old-wiki')
  await asking.getByRole('button', { name: 'Delete old-wiki' }).click()
  await expect(page.getByText('old-wiki was deleted')).toBeVisible({ timeout: 30_000 })
})

test('protection that someone else turned on is in the list and in the question for several', async ({
  page,
}) => {
  await openList(page)
  // Known from Exoscale's events alone.
  await expect(row(page, 'shop-db-01').getByTitle('Protected')).toBeVisible({
    timeout: 30_000,
  })
  for (const name of ['shop-db-01', 'bastion'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()
  await page.getByRole('button', { name: 'Delete…' }).click()

  const asking = await dialog(page)

  await expect(asking).toContainText('1 instance is protected')
  const entries = asking.getByRole('list', { name: 'Selected instances' })
  await expect(
    entries.getByRole('listitem').filter({ hasText: 'shop-db-01' }),
  ).toContainText('Protected')
})

test('rescue mode, a note and protection are seen in list, wall and cards, and found by the search', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await protect(page, 'old-wiki')
  await openTab(page, 'Overview')
  await page.getByRole('textbox', { name: 'Note' }).fill('Ask Eva first')
  await page.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByText(/^Last edited by Demo/)).toBeVisible()
  await chooseAction(page, 'Start in rescue mode…')
  await (
    await dialog(page)
  )
    .getByRole('button', { name: 'Start old-wiki in rescue mode' })
    .click()
  await expectState(page, 'running')
  const names = ['Rescue mode', 'Protected', 'Note: Ask Eva first']

  await openList(page)
  for (const name of names)
    await expect(row(page, 'old-wiki').getByTitle(name)).toBeVisible()
  await expect(
    row(page, 'old-wiki').getByRole('link', { name: 'old-wiki' }),
  ).toHaveAccessibleDescription(names.join(' '))

  for (const words of ['rescue', 'protected eva', 'note']) {
    await page.getByRole('combobox', { name: 'Search instances' }).fill(words)
    await expect(row(page, 'old-wiki')).toBeVisible()
    await expect(row(page, 'bastion')).toHaveCount(0)
  }

  await page.goto('/wall?q=eva')
  const tile = page.getByRole('gridcell').filter({ hasText: 'old-wiki' })
  for (const name of names) await expect(tile.getByTitle(name)).toBeVisible()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/instances?q=rescue')
  const card = page.getByRole('listitem').filter({ hasText: 'old-wiki' })
  for (const name of names) await expect(card.getByText(name)).toBeVisible()
})

test('an instance that has been starting for too long needs attention, and its page says so', async ({
  page,
}) => {
  await openList(page)
  await page.getByRole('button', { name: /^Needs attention/ }).click()

  await expect(row(page, 'stuck-starting')).toContainText('For more than 10 minutes', {
    timeout: 30_000,
  })
  await row(page, 'stuck-starting').getByRole('link').first().click()

  const notice = page.getByRole('status').filter({ hasText: 'has been starting since' })
  await expect(notice).toContainText('Last change: Start by ana@example.com')
  await expect(notice).toContainText('contact Exoscale support')

  const screen = page.getByRole('link', { name: 'Open console of stuck-starting' })
  await expect(screen).toContainText('Starting…')
  await page.goto('/wall?q=stuck-starting')
  const tile = page.getByRole('gridcell').filter({ hasText: 'stuck-starting' })
  await expect(tile.getByText('Starting…')).toHaveCount(2)
  await expect(page.getByText('No screen')).toHaveCount(0)
})

test('an instance in error says why on its page: the failed operation in Exoscale’s words', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await page.getByRole('button', { name: 'Rename…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('breaks-on-start')
  await asking.getByRole('button', { name: /^Rename/ }).click()
  await expect(
    page.getByRole('heading', { level: 1, name: 'breaks-on-start' }),
  ).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expectState(page, 'error')

  const notice = page.getByRole('alert').filter({ hasText: 'is in an error state' })

  await expect(notice).toContainText('Failed operation: Start')
  await expect(notice).toContainText('fault: The disk could not be opened')
  await page.reload()
  await expect(notice).toContainText('fault: The disk could not be opened')
})

test('an instance in error for an unknown reason says that, and what to do', async ({
  page,
}) => {
  await openInstance(page, 'broken-disk')

  const notice = page.getByRole('alert').filter({ hasText: 'is in an error state' })

  await expect(notice).toContainText('The reason is unknown')
  await expect(notice).toContainText('Contact Exoscale support')
})
