/** What a viewer sees: everything that can't be done says which role it needs. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { openInstance, openList, row } from './vocabulary.ts'

const needsOperator = 'You need the operator role. An admin can change your role.'
const noScreens = 'Your role can’t see screens. An admin can change this.'
const needsAdmin = 'You need the admin role. An admin can change your role.'

/** Chooses a role in the account menu, as a person does in the sandbox. */
async function seeAs(page: Page, role: 'Viewer' | 'Operator' | 'Admin'): Promise<void> {
  await page.getByRole('button', { name: 'Account: Demo' }).click()
  await page.getByRole('menuitemradio', { name: new RegExp(`^${role}`) }).click()
  await expect(page.getByRole('menu')).toBeHidden()
}

/** The addresses of requests that were refused. */
function refusedRequests(page: Page): string[] {
  const refused: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`)
  })
  return refused
}

test('the account menu says who is signed in and in which role', async ({ page }) => {
  await openList(page)

  await page.getByRole('button', { name: 'Account: Demo' }).click()

  const menu = page.getByRole('menu')
  await expect(menu).toContainText('Demo')
  const group = menu.getByRole('group', { name: 'See Vedette as' })
  await expect(group.getByRole('menuitemradio')).toHaveCount(3)
  await expect(menu.getByRole('menuitemradio', { name: /^Admin/ })).toBeChecked()
  expect(await axe(page, '[role=menu]')).toEqual([])
})

test('a viewer is told which role each change needs', async ({ page }) => {
  await openInstance(page, 'web-01')
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  await expect(stop).toBeEnabled()

  await seeAs(page, 'Viewer')

  await expect(stop).toBeDisabled()
  await expect(stop).toHaveAccessibleDescription(needsOperator)
  await expect(page.getByRole('button', { name: 'Console', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'More actions' }).click()
  const remove = page.getByRole('menuitem', { name: 'Delete…' })
  await expect(remove).toContainText(needsAdmin)
  await expect(page.getByRole('menuitem', { name: 'Duplicate…' })).toContainText(
    needsOperator,
  )
  await page.keyboard.press('Escape')

  await openList(page)
  await expect(page.getByRole('button', { name: 'New instance' })).toBeDisabled()
  await row(page, 'web-01').getByRole('checkbox').check()
  const bulkStop = page
    .getByRole('toolbar', { name: 'Selected instances' })
    .getByRole('button', { name: 'Stop…' })
  await expect(bulkStop).toBeDisabled()
})

test('an operator may stop an instance, but not delete it', async ({ page }) => {
  await openInstance(page, 'web-01')

  await seeAs(page, 'Operator')

  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled()
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toContainText(needsAdmin)
  await expect(page.getByRole('menuitem', { name: 'Change size…' })).toBeEnabled()
})

test('screens say that the role doesn’t see them, and nothing is asked for in vain', async ({
  page,
}) => {
  await openList(page)
  await seeAs(page, 'Viewer')
  const refused = refusedRequests(page)

  await page.getByRole('link', { name: 'Wall' }).click()
  await expect(page.getByText('Your role doesn’t include screens')).toBeVisible()
  await expect(page.getByText(noScreens)).toBeVisible()

  await openInstance(page, 'web-01')
  const screen = page.getByRole('region', { name: 'Screen' })
  await expect(screen).toContainText(noScreens)
  await expect(screen.getByRole('link')).toHaveCount(0)
  expect(refused).toEqual([])
})

test('a link to a question or a form is no way around the role', async ({ page }) => {
  await openInstance(page, 'web-01')
  await seeAs(page, 'Viewer')
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeDisabled()

  await page.goto(`${page.url()}?do=stop`)
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: 'Stop web-01' })
  await expect(confirm).toBeDisabled()
  await expect(confirm).toHaveAccessibleDescription(needsOperator)

  await page.goto('/instances/new')
  await expect(page.getByText('Your role doesn’t include new instances')).toBeVisible()
})

test('a reload keeps the role, and one can be an admin again', async ({ page }) => {
  await openInstance(page, 'web-01')
  await seeAs(page, 'Viewer')
  const stop = page.getByRole('button', { name: 'Stop', exact: true })
  await expect(stop).toBeDisabled()

  await page.reload()
  await expect(stop).toBeDisabled()

  await seeAs(page, 'Admin')
  await expect(stop).toBeEnabled()
})
