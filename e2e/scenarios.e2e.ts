/** Each scenario of the sandbox from its first click to its goal; the long waits between go through the API. */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { expectClosed, openInstance, openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '20' } })

type Types = { 'instance-types': { id: string; family: string; size: string }[] }

const bar = (page: Page) => page.getByRole('region', { name: 'Scenario' })

async function startScenario(page: Page, title: string): Promise<void> {
  await page.goto('/scenarios')
  await page.getByRole('button', { name: `Start: ${title}` }).click()
  await expect(bar(page)).toContainText(title)
}

const reached = (page: Page, title: string) =>
  expect(bar(page)).toContainText(`Goal reached: ${title}`, { timeout: 30_000 })

/** Sends one change of an instance and waits until its operation has ended. */
async function change(
  app: Running,
  name: string,
  method: string,
  path = '',
  body?: object,
): Promise<void> {
  const found = await expect
    .poll(() => find(app, name))
    .toBeTruthy()
    .then(() => find(app, name))
  const { zone, id } = found ?? { zone: '', id: '' }
  const answer = await fetch(`${app.url}/api/zones/${zone}/instance/${id}${path}`, {
    method,
    headers: {
      'x-vedette': '1',
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(
    answer.ok,
    `${method} ${path}: ${answer.status} ${await answer.clone().text()}`,
  ).toBe(true)
  // The contract's operation.
  const { id: operation } = (await answer.json()) as { id: string }
  await expect
    .poll(async () => {
      const now = await fetch(`${app.url}/api/zones/${zone}/operation/${operation}`)
      return ((await now.json()) as { state: string }).state // as above
    })
    .toBe('success')
}

/** Opens a screen and waits until it can be typed on. */
async function screenOf(page: Page, name: string) {
  await openInstance(page, name)
  await page.getByRole('link', { name: 'Console', exact: true }).click()
  const screen = page.getByRole('application', { name: `Screen of ${name}` })
  await expect(screen).toHaveAttribute('data-connection', 'open', { timeout: 20_000 })
  await screen.focus()
  return screen
}

test('the first server', async ({ page }) => {
  await startScenario(page, 'Your first instance')
  await page.getByRole('link', { name: 'New instance' }).click()
  await page.getByRole('button', { name: 'Create instance' }).click()
  await reached(page, 'Your first instance')
  await expect(
    bar(page).getByRole('button', { name: 'Next: Larger for an hour' }),
  ).toBeVisible()
})

test('larger for an hour and back', async ({ page, app }) => {
  await startScenario(page, 'Larger for an hour')
  await row(page, 'web-01').getByRole('link', { name: 'web-01' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'web-01' })).toBeVisible()
  const answer = await fetch(`${app.url}/api/zones/ch-gva-2/instance-type`)
  // The contract's answer of this endpoint.
  const { 'instance-types': types } = (await answer.json()) as Types
  const idOf = (size: string) =>
    types.find((one) => one.family === 'standard' && one.size === size)?.id
  await change(app, 'web-01', 'PUT', ':stop')
  await change(app, 'web-01', 'PUT', ':scale', { 'instance-type': { id: idOf('large') } })
  await change(app, 'web-01', 'PUT', ':scale', { 'instance-type': { id: idOf('medium') } })
  await expect(bar(page)).not.toContainText('Goal reached')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await reached(page, 'Larger for an hour')
})

test('an update breaks web-01, and a snapshot from before it helps', async ({ page }) => {
  test.setTimeout(120_000)
  await startScenario(page, 'An update breaks web-01')
  await bar(page).getByRole('button', { name: 'Hint' }).click()
  await expect(bar(page)).toContainText('Revert to snapshot…')
  await row(page, 'web-01').getByRole('link', { name: 'web-01' }).click()
  await page.getByRole('link', { name: /^Snapshots/ }).click()
  await page
    .getByRole('button', { name: /^Actions for snapshot/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Revert to snapshot…' }).click()
  const question = page.locator('[role=dialog],[role=alertdialog]')
  await question.getByRole('textbox').fill('web-01')
  await question.getByRole('button', { name: /^Revert/ }).click()
  await reached(page, 'An update breaks web-01')
})

test('web-02 doesn’t boot, and is repaired in rescue mode', async ({ page, app }) => {
  test.setTimeout(120_000)
  await startScenario(page, 'web-02 doesn’t boot')
  await change(app, 'web-02', 'PUT', ':stop')
  await change(app, 'web-02', 'PUT', ':start', { 'rescue-profile': 'netboot' })
  await screenOf(page, 'web-02')
  // The menu starts the recovery shell; keys before that go nowhere.
  await expect(async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.type('repair-boot')
    await page.keyboard.press('Enter')
    await page.keyboard.type('reboot')
    await page.keyboard.press('Enter')
    await reached(page, 'web-02 doesn’t boot')
  }).toPass({ timeout: 60_000 })
})

test('someone deleted web-03, and it is created again', async ({ page, app }) => {
  await startScenario(page, 'Someone deleted web-03')
  const events = page.getByRole('main').getByRole('listitem')
  await expect(events.filter({ hasText: 'Delete:' }).first()).toContainText(
    'ben@example.com',
  )
  await expect.poll(() => find(app, 'web-03')).toBeUndefined()
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Zurich/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('web-03')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await reached(page, 'Someone deleted web-03')
})

test('while Zurich doesn’t respond, Frankfurt takes over', async ({ page }) => {
  await startScenario(page, 'Zurich stops responding')
  await expect(page.getByRole('main')).toContainText(/Zurich/)
  await openInstance(page, 'web-standby')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await reached(page, 'Zurich stops responding')
  await page.goto('/scenarios')
  await page.getByRole('button', { name: 'Reset sandbox…' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Your changes in it are lost')
  await question.getByRole('button', { name: 'Reset sandbox' }).click()
  await expectClosed(question)
  await expect(bar(page)).toHaveCount(0)
  await expect(row(page, 'web-01')).toBeVisible()
})

test('a limit is reached, and room is made', async ({ page, app }) => {
  await startScenario(page, 'A limit is reached')
  await openInstance(page, 'old-wiki')
  await page.getByRole('link', { name: /^Snapshots/ }).click()
  await page
    .getByRole('button', { name: /^Actions for snapshot/ })
    .last()
    .click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const question = page.locator('[role=dialog],[role=alertdialog]')
  await question.getByRole('button', { name: /^Delete/ }).click()
  await expectClosed(question)
  await expect(async () => change(app, 'shop-db-01', 'POST', ':create-snapshot')).toPass({
    timeout: 30_000,
  })
  await reached(page, 'A limit is reached')
})

test('changes are replaced only after a question, which can be canceled', async ({
  page,
  app,
}) => {
  await change(app, 'web-01', 'PUT', ':stop')
  await page.goto('/scenarios')
  await page.getByRole('button', { name: 'Start: Your first instance' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('Your changes in it are lost')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expectClosed(question)
  await expect(bar(page)).toHaveCount(0)
})

test('test fixtures are last in the list, marked, and can be hidden', async ({ page }) => {
  await openList(page)
  await page.getByRole('combobox', { name: 'Search instances' }).fill('fails')
  await expect(row(page, 'fails-on-start')).toContainText('Test fixture')
  await page.getByRole('combobox', { name: 'Search instances' }).fill('')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('checkbox', { name: 'Show test fixtures' }).uncheck()
  await expect(page.getByText('6 test fixtures are hidden.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('6 test fixtures are hidden.')).toBeVisible()
  await expect(row(page, 'broken-disk')).toHaveCount(0)
  await page.getByRole('button', { name: 'Show test fixtures' }).click()
  await expect(page.getByText('6 test fixtures are hidden.')).toHaveCount(0)
})
