/** An admin limits a person to labels: what the person sees, at once, and what a new instance carries. */
import type { Browser, Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test, type Running } from './app.ts'
import { accept, chooseForPerson, createFirst, invite, otherBrowser } from './people.ts'
import { instancesGrid, row } from './vocabulary.ts'

test.use({ settings: { SIGN_IN: 'local' } })

/** Ada, the first admin, invites the operator Ben; returns his page with the list, in a browser of his own. */
async function withBen(page: Page, app: Running, browser: Browser): Promise<Page> {
  await createFirst(page, app)
  const ben = await otherBrowser(browser, app)
  await accept(ben, await invite(page, 'Ben', 'Operator'))
  return ben
}

const limitBen = (page: Page) => chooseForPerson(page, 'Ben', 'Limit access…')

test('a person who is limited to a label loses the other rows, and creates with the label', async ({
  page,
  app,
  browser,
}) => {
  const ben = await withBen(page, app, browser)
  await expect(row(ben, 'web-01')).toBeVisible()
  await limitBen(page)
  const form = page.getByRole('dialog', { name: 'Limit access of Ben' })
  await form.getByRole('textbox', { name: 'Key' }).fill('env')
  await form.getByRole('textbox', { name: 'Value' }).fill('staging')
  await form.getByRole('button', { name: 'Add label' }).click()
  await expect(form.getByText('Only instances with env=staging')).toBeVisible()
  expect(await axe(page, '[role=dialog]')).toEqual([])

  await form.getByRole('button', { name: 'Save access' }).click()
  await expect(form).toBeHidden()
  await expect(row(ben, 'web-01')).toBeHidden({ timeout: 2_000 })
  await expect(row(ben, 'web-staging')).toBeVisible()
  await expect(instancesGrid(ben).getByRole('rowheader')).toHaveCount(2)
  await expect(page.getByText('Only instances with env=staging')).toBeVisible()

  await ben.getByRole('button', { name: 'Account: Ben' }).click()
  await expect(ben.getByText('Limited by an admin')).toBeVisible()
  await expect(ben.getByText('Only instances with env=staging')).toBeVisible()
  await ben.keyboard.press('Escape')

  await ben.getByRole('link', { name: 'New instance' }).first().click()
  await expect(ben.getByText(/^New instances always have env=staging/)).toBeVisible()
  await ben.getByRole('textbox', { name: /^Name/ }).fill('brave-heron-7')
  await ben.getByRole('button', { name: 'Create instance' }).click()
  await expect(ben.getByRole('heading', { level: 1, name: 'brave-heron-7' })).toBeVisible()
  // A volume that isn't attached is no one's, so he may not make one.
  await ben.getByRole('link', { name: 'Volumes' }).click()
  const create = ben.getByRole('button', { name: 'New volume' })
  await expect(create).toBeDisabled()
  await expect(create).toHaveAccessibleDescription(/limited to some zones or instances/)
  await ben.goto('/instances')
  await expect(row(ben, 'brave-heron-7')).toBeVisible()
})

test('what another admin has changed since is shown before access is saved over it', async ({
  page,
  app,
  browser,
}) => {
  const ben = await withBen(page, app, browser)
  await limitBen(page)
  const form = page.getByRole('dialog', { name: 'Limit access of Ben' })
  await form.getByRole('textbox', { name: 'Key' }).fill('env')
  await form.getByRole('textbox', { name: 'Value' }).fill('staging')
  const other = await page.context().newPage()
  await other.goto('/people')
  await limitBen(other)
  const theirs = other.getByRole('dialog', { name: 'Limit access of Ben' })
  await theirs.getByRole('checkbox', { name: 'Geneva' }).check()
  await theirs.getByRole('button', { name: 'Save access' }).click()
  await expect(theirs).toBeHidden()

  await form.getByRole('button', { name: 'Save access' }).click()

  const problem = form.getByRole('alert')
  await expect(problem).toContainText('Someone else has changed Ben')
  await expect(problem).toContainText('Only Geneva')
  await expect(form.getByRole('textbox', { name: 'Value' })).toHaveValue('staging')
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await form.getByRole('button', { name: 'Save access' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByText('Only instances with env=staging')).toBeVisible()
  await ben.context().close()
})

test('an empty list says that it is limited, and an instance outside isn’t found', async ({
  page,
  app,
  browser,
}) => {
  const ben = await withBen(page, app, browser)
  await instancesGrid(ben).getByRole('link', { name: 'web-01', exact: true }).click()
  await expect(ben.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
  const address = ben.url()
  await limitBen(page)
  const form = page.getByRole('dialog', { name: 'Limit access of Ben' })
  await form.getByRole('checkbox', { name: 'Geneva' }).check()
  await form.getByRole('textbox', { name: 'Key' }).fill('team')
  await form.getByRole('textbox', { name: 'Value' }).fill('web')
  // A label that was only typed counts as well.
  await form.getByRole('button', { name: 'Save access' }).click()
  await expect(form).toBeHidden()

  await ben.goto('/instances')
  await expect(ben.getByText('No instances yet')).toBeVisible()
  await expect(ben.getByText('Only instances with team=web in Geneva')).toBeVisible()
  await expect(
    ben.getByText('An admin limited your account, and can change that.'),
  ).toBeVisible()
  await ben.goto(address)
  await expect(ben.getByRole('heading', { level: 1, name: 'web-01' })).toBeHidden()

  await limitBen(page)
  await form.getByRole('button', { name: 'Remove team=web' }).click()
  await form.getByRole('checkbox', { name: 'Geneva' }).uncheck()
  await form.getByRole('button', { name: 'Save access' }).click()
  await expect(form).toBeHidden()
  await expect(ben.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
})
