/** Every change of an instance, from the click to the changed instance. */
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
import { find, read } from './zone.ts'

const tray = (page: Page) => page.getByRole('region', { name: 'Operations' })

async function openTab(page: Page, name: string) {
  const tabs = page.getByRole('navigation', { name: 'Instance sections' })
  await tabs.getByRole('link', { name }).click()
}

test('the size of a running instance is changed: stopped, changed, and started again', async ({
  page,
}) => {
  await openInstance(page, 'web-01')
  await chooseAction(page, 'Change size…')
  const asking = await dialog(page)

  await asking.getByRole('radio', { name: /standard\.large/ }).check()
  const plan = asking.getByRole('region', { name: 'What will happen' })
  await expect(plan.getByRole('row', { name: /Memory/ })).toContainText('8 GiB')
  await expect(plan.getByText('The instance goes offline.')).toBeVisible()
  await expect(plan.getByRole('list').last().getByRole('listitem')).toHaveText([
    /Stop/,
    /Change size/,
    /Start/,
  ])
  await asking.getByRole('button', { name: 'Change size of web-01' }).click()

  await expect(tray(page)).toContainText('Change size: web-01')
  await expect(page.getByText('4 vCPUs · 8 GiB')).toBeVisible({ timeout: 20_000 })
  await expectState(page, 'running')
  await expect(tray(page).getByRole('listitem').getByLabel('Done').first()).toBeVisible({
    timeout: 20_000,
  })
})

test('a change after which the instance can’t be started is shown as partly done', async ({
  page,
}) => {
  await openInstance(page, 'never-stops')
  await chooseAction(page, 'Grow disk…')
  const asking = await dialog(page)
  await asking.getByRole('spinbutton', { name: 'New disk size' }).fill('60')
  await asking.getByRole('button', { name: 'Grow disk of never-stops' }).click()

  await expect(tray(page)).toContainText('Exoscale took too long to respond.', {
    timeout: 30_000,
  })
  await tray(page)
    .getByRole('button', { name: /^Dismiss Grow disk: never-stops$/ })
    .click()

  await expect(tray(page)).toHaveCount(0)
})

test('what can’t be undone waits ten seconds and can be canceled', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Delete…')
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('old-wiki')
  await asking.getByRole('button', { name: 'Delete old-wiki' }).click()
  await expect(asking.getByRole('timer')).toContainText(/Deleting old-wiki in \d+ seconds?/)

  const callOff = asking.getByRole('button', { name: 'Cancel (nothing sent yet)' })
  await expect(callOff).toBeFocused()
  await callOff.press('Enter')

  await expect(asking.getByRole('timer')).toHaveCount(0)
  await expect(asking.getByRole('textbox')).toHaveValue('old-wiki')
  await asking.getByRole('button', { name: 'Delete old-wiki' }).click()
  // Closing the page sends nothing.
  await openInstance(page, 'old-wiki')
  await expectState(page, 'stopped')
  await expect(tray(page)).toHaveCount(0)
})

test('a disk is made larger, and a smaller size is rejected before it is sent', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Grow disk…')
  const asking = await dialog(page)
  const size = asking.getByRole('spinbutton', { name: 'New disk size' })
  const grow = asking.getByRole('button', { name: 'Grow disk of old-wiki' })

  await size.fill('15')
  await expect(grow).toBeDisabled()
  await size.fill('60')
  await grow.click()

  await expect(page.getByText(/60\sGiB of/)).toBeVisible({ timeout: 20_000 })
})

test('an instance is reinstalled from another template after its name was typed', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Reinstall…')
  const asking = await dialog(page)
  await asking.getByRole('combobox', { name: 'Template' }).selectOption({
    label: 'Rocky Linux 9 64-bit',
  })
  const confirm = asking.getByRole('button', { name: 'Reinstall old-wiki' })
  await expect(confirm).toBeDisabled()

  await asking.getByRole('textbox').fill('old-wiki')
  await confirm.click()

  await expect(tray(page)).toContainText('Reinstall: old-wiki', { timeout: 20_000 })
  await expect(page.getByText('Rocky Linux 9 64-bit')).toBeVisible({ timeout: 20_000 })
})

test('a snapshot is taken, reverted to, and deleted', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await openTab(page, 'Snapshots')
  const actions = page.getByRole('button', { name: /^Actions for snapshot/ })
  await expect(actions.first()).toBeVisible()
  const before = await actions.count()
  await page.getByRole('button', { name: 'Take snapshot…' }).click()
  await (
    await dialog(page)
  )
    .getByRole('button', { name: 'Take snapshot of old-wiki' })
    .click()
  await expect(page.getByText('Creating…')).toBeVisible()
  await expect(page.getByText('Ready')).toHaveCount(before + 1, { timeout: 20_000 })

  await actions.first().click()
  await page.getByRole('menuitem', { name: 'Revert to snapshot…' }).click()
  const back = await dialog(page)
  await back.getByRole('textbox').fill('old-wiki')
  await back.getByRole('button', { name: 'Revert old-wiki' }).click()
  await expect(tray(page)).toContainText('Revert to snapshot: old-wiki', {
    timeout: 20_000,
  })
  await expect(tray(page).getByLabel('Done')).toHaveCount(2, { timeout: 20_000 })

  await actions.first().click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Delete snapshot/ }).click()
  // One was taken by hand, and one before the revert, because only that can undo it.
  await expect(actions).toHaveCount(before + 1, { timeout: 20_000 })
})

test('an exported snapshot can still be used, and a failed one can be deleted', async ({
  page,
}) => {
  await openInstance(page, 'web-02')
  await openTab(page, 'Snapshots')
  await page.getByRole('button', { name: 'Take snapshot…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Take snapshot of/ }).click()
  await expect(page.getByText('Ready', { exact: true })).toBeVisible({ timeout: 20_000 })
  const menu = page.getByRole('button', { name: /^Actions for snapshot/ })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  await expect(page.getByText('Ready, exported')).toBeVisible({ timeout: 20_000 })
  await menu.click()
  await expect(page.getByRole('menuitem', { name: 'Download export' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Revert to snapshot…' })).toBeEnabled()

  await openInstance(page, 'fails-on-snapshot')
  await openTab(page, 'Snapshots')
  await page.getByRole('button', { name: 'Take snapshot…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Take snapshot of/ }).click()
  await expect(page.getByText('Failed', { exact: true })).toBeVisible({ timeout: 20_000 })
  await menu.click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await (await dialog(page)).getByRole('button', { name: /^Delete snapshot/ }).click()
  await expect(page.getByText('fails-on-snapshot has no snapshots yet')).toBeVisible({
    timeout: 20_000,
  })
})

test('an instance is started in rescue mode, which both its pages show, and restarted normally from there', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Start in rescue mode…')
  await (
    await dialog(page)
  )
    .getByRole('button', { name: 'Start old-wiki in rescue mode' })
    .click()

  const screen = page.getByRole('application', { name: 'Screen of old-wiki' })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await expectState(page, 'running')
  await expect(page.getByText('old-wiki is running in rescue mode')).toBeVisible()

  await openInstance(page, 'old-wiki')
  await expect(page.getByText('old-wiki is running in rescue mode')).toBeVisible()
  await page.getByRole('button', { name: 'Restart normally…' }).click()
  const asking = await dialog(page)
  await expect(
    asking.getByText('The instance starts from its own disk again.'),
  ).toBeVisible()
  await asking.getByRole('button', { name: 'Restart old-wiki normally' }).click()
  await expectState(page, 'stopping')
  await expectState(page, 'running')
  await expect(page.getByText('old-wiki is running in rescue mode')).toHaveCount(0)
})

test('a new name and new labels are seen on every page', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await page.getByRole('button', { name: 'Rename…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('new "wiki" 🦊')
  await asking.getByRole('button', { name: 'Rename old-wiki' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'new "wiki" 🦊' })).toBeVisible()

  await openTab(page, 'Settings')
  await page.getByRole('button', { name: 'Add label' }).click()
  await page.getByRole('textbox', { name: 'Key for label 1' }).fill('team')
  await page.getByRole('textbox', { name: 'Value for label 1' }).fill('docs')
  await expect(page.getByRole('list', { name: 'Pending changes' })).toHaveText(
    '+ team=docs',
  )
  await page.getByRole('button', { name: 'Save labels' }).click()

  await openList(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('team=docs')
  await expect(row(page, 'new "wiki" 🦊')).toBeVisible()
})

test('IPv6, which can’t be removed, is added only after a question', async ({
  page,
  app,
}) => {
  const found = (await find(app, 'old-wiki')) ?? { zone: '', id: '' }
  const assigned = async () => (await read(app, found))?.['public-ip-assignment']
  await openInstance(page, 'old-wiki')
  await openTab(page, 'Settings')
  const add = page.getByRole('button', { name: 'Add IPv6…' })
  await add.click()
  const asking = await dialog(page)
  await expect(asking).toContainText('You can’t remove IPv6 from the instance later.')
  await asking.getByRole('button', { name: 'Cancel' }).click()
  await expect(asking).toBeHidden()
  expect(await assigned()).toBe('inet4')

  await add.click()
  await asking.getByRole('button', { name: 'Add IPv6 to old-wiki' }).click()
  await expect(asking).toBeHidden()
  await expect(page.getByText('IPv4 and IPv6. You can’t change this.')).toBeVisible({
    timeout: 20_000,
  })
  await expect(add).toHaveCount(0)
  expect(await assigned()).toBe('dual')
  // A link may open the question again.
  await page.goto(`${page.url()}?do=ipv6`)
  await expect(
    (await dialog(page)).getByRole('button', { name: 'Add IPv6 to old-wiki' }),
  ).toHaveAttribute('aria-disabled', 'true')
})

test('a protected instance can’t be deleted until its protection is turned off', async ({
  page,
}) => {
  await openInstance(page, 'old-wiki')
  await openTab(page, 'Settings')
  await page.getByRole('button', { name: 'Turn on protection', exact: true }).click()
  await expect(page.getByText(/^On since .*turned on in Vedette/)).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByRole('link', { name: 'Protected', exact: true })).toBeVisible()

  await chooseAction(page, 'Delete…')
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('old-wiki')
  await asking.getByRole('button', { name: 'Delete old-wiki' }).click()
  await expect(asking).toContainText('instance protection', { timeout: 20_000 })
  await expect(asking.getByRole('textbox')).toHaveValue('old-wiki')
  await asking.getByRole('button', { name: 'Turn off deletion protection' }).click()
  await expect(
    page.getByText('Deletion protection is off. You can delete the instance now.'),
  ).toBeVisible()
  await asking.getByRole('button', { name: 'Delete old-wiki' }).click()

  await expect(page.getByText('old-wiki was deleted')).toBeVisible({ timeout: 30_000 })
})

test('a password is shown on demand, covered at first, and replaced by a new one', async ({
  page,
}) => {
  await openInstance(page, 'win-accounting-01')
  const card = page.getByRole('region', { name: 'Password' })
  await card.getByRole('button', { name: 'Reset password' }).click()
  await expect(tray(page)).toContainText('Reset password: win-accounting-01')
  await expect(tray(page).getByLabel('Done')).toHaveCount(1, { timeout: 20_000 })

  await card.getByRole('button', { name: 'Show password' }).click()
  await expect(card.locator('code')).toHaveText(/^•+$/)
  await card.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(card.locator('code')).toHaveText(/^[\w!-~]{8,}$/)
  await card.getByRole('button', { name: 'Clear' }).click()
  await expect(card.locator('code')).toHaveCount(0)
})

test('a question has an address: a link opens it and Back closes it', async ({ page }) => {
  await openInstance(page, 'web-01')
  await chooseAction(page, 'Change size…')
  await expect(page).toHaveURL(/do=scale/)
  await dialog(page)

  await page.goBack()

  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await page.goto(`${page.url()}?do=stop`)
  await expect(
    (await dialog(page)).getByRole('button', { name: 'Stop web-01' }),
  ).toBeVisible()
})

test('an id of another zone is found there and offered', async ({ page }) => {
  await openInstance(page, 'web-01')
  await page.goto(page.url().replace('ch-gva-2', 'de-fra-1').replace(/\?.*/, ''))

  await page.getByRole('link', { name: 'Go to instance in Geneva' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
})

test('the timeline lists what happened, and a note is kept', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await expect(page.getByRole('link', { name: 'Protection unknown' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Note' }).fill('Ask Eva before you touch it 🦊')
  await page.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByText(/^Last edited by Demo now\./)).toBeVisible()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expectState(page, 'running')

  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue(
    'Ask Eva before you touch it 🦊',
  )
  await openTab(page, 'Activity')

  const entries = page.getByRole('list', { name: 'Activity' }).getByRole('listitem')
  await expect(entries.first()).toContainText('Start')
  await expect(entries.filter({ hasText: 'Snapshot taken' }).first()).toBeVisible()
  await expect(entries.last()).toContainText('old-wiki was created')
})
