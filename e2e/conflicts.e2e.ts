/** Two people at one instance: the second sees what changed before anything is overwritten. */
import type { Page } from '@playwright/test'

import {
  expect,
  launchConsole,
  launchSandbox,
  settingsFor,
  test as base,
  type Running,
} from './app.ts'
import { dialog, openInstance } from './vocabulary.ts'
import { find, read } from './zone.ts'

/** Two consoles of one zone: each hears of what the other did only when it looks at the zone. */
const test = base.extend<{ sandbox: Running; other: Running }>({
  sandbox: async ({ settings }, use) => {
    const sandbox = await launchSandbox({ SANDBOX_SPEED: '20', ...settings })
    await use(sandbox)
    await sandbox.kill()
  },
  app: async ({ sandbox }, use) => {
    const app = await launchConsole(settingsFor(sandbox))
    await use(app)
    await app.kill()
  },
  other: async ({ sandbox }, use) => {
    const other = await launchConsole(settingsFor(sandbox))
    await use(other)
    await other.kill()
  },
})

async function openSettings(page: Page, name: string): Promise<void> {
  await openInstance(page, name)
  await page.getByRole('link', { name: 'Settings', exact: true }).last().click()
  await expect(page.getByRole('button', { name: 'Add label' })).toBeVisible()
}

/** Changes it through another Vedette, and waits until the zone returns the change. */
async function change(
  other: Running,
  name: string,
  body: Record<string, unknown>,
): Promise<void> {
  const found = await find(other, name)
  const answer = await fetch(
    `${other.url}/api/zones/${found?.zone}/instance/${found?.id}`,
    {
      method: 'PUT',
      headers: { 'x-vedette': '1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  )
  expect(answer.status).toBe(200)
  await expect.poll(async () => found && read(other, found)).toMatchObject(body)
}

async function labelsOf(app: Running, name: string) {
  const found = await find(app, name)
  return found && (await read(app, found))?.labels
}

async function addLabel(page: Page, key: string, value: string): Promise<void> {
  await page.getByRole('button', { name: 'Add label' }).click()
  await page
    .getByRole('textbox', { name: /^Key for label/ })
    .last()
    .fill(key)
  await page
    .getByRole('textbox', { name: /^Value for label/ })
    .last()
    .fill(value)
}

test('labels that someone changes in another tab are shown while mine are edited', async ({
  page,
  context,
  app,
}) => {
  await openSettings(page, 'bastion')
  await addLabel(page, 'mine', '1')
  const second = await context.newPage()
  await openSettings(second, 'bastion')
  await addLabel(second, 'theirs', '2')
  await second.getByRole('button', { name: 'Save labels' }).click()

  // The feed brings it, without a click in the first tab.
  await expect(
    page.getByText('Someone else changed these labels at the same time'),
  ).toBeVisible()
  await expect(page.getByRole('list', { name: 'Their changes' })).toHaveText('+ theirs=2')
  await expect(page.getByRole('list', { name: 'Your changes' })).toHaveText('+ mine=1')
  const save = page.getByRole('button', { name: 'Save labels' })
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: 'Use merged result' }).click()
  await expect(page.getByRole('list', { name: 'Pending changes' })).toHaveText('+ mine=1')
  await save.click()

  await expect
    .poll(() => labelsOf(app, 'bastion'))
    .toMatchObject({ mine: '1', theirs: '2' })
})

test('labels changed outside Vedette are read again and not overwritten', async ({
  page,
  app,
  other,
}) => {
  await openSettings(page, 'bastion')
  await addLabel(page, 'env', 'mine')
  await change(other, 'bastion', { labels: { env: 'theirs' } })
  await page.getByRole('button', { name: 'Save labels' }).click()

  await expect(
    page.getByText('Someone else changed these labels at the same time'),
  ).toBeVisible()
  await expect(
    page.getByText('You both changed env. The merged result uses your values.'),
  ).toBeVisible()
  expect(await labelsOf(other, 'bastion')).toEqual({ env: 'theirs' })
  await page.getByRole('button', { name: 'Use their changes' }).click()
  await expect(page.getByText('Someone else changed these labels')).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Value for label 1' })).toHaveValue(
    'theirs',
  )
  expect(await labelsOf(app, 'bastion')).toEqual({ env: 'theirs' })
})

test('user data that someone else has changed is shown, and mine is kept', async ({
  page,
  app,
  other,
}) => {
  const coded = (text: string) => Buffer.from(text).toString('base64')
  await openSettings(page, 'bastion')
  const text = page.getByRole('textbox', { name: /cloud-init user data/ })
  await text.fill('#cloud-config\n# mine')
  await change(other, 'bastion', { 'user-data': coded('#cloud-config\n# theirs') })
  await page.getByRole('button', { name: 'Save user data' }).click()

  await expect(page.getByText('Someone else made changes at the same time')).toBeVisible()
  await expect(page.getByLabel('Current version')).toHaveText('#cloud-config\n# theirs')
  await expect(text).toContainText('# mine')
  await page.getByRole('button', { name: 'Keep my changes' }).click()
  await page.getByRole('button', { name: 'Save user data' }).click()

  await expect
    .poll(async () => {
      const found = await find(app, 'bastion')
      return found && (await read(app, found))?.['user-data']
    })
    .toBe(coded('#cloud-config\n# mine'))
})

test('a name that someone else has changed is not replaced unseen', async ({
  page,
  app,
  other,
}) => {
  await openInstance(page, 'bastion')
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('mine')
  await change(other, 'bastion', { name: 'theirs' })
  await asking.getByRole('button', { name: 'Rename bastion' }).click()

  await expect(
    asking.getByText('Someone else renamed this instance to theirs'),
  ).toBeVisible()
  expect(await find(other, 'mine')).toBeUndefined()
  await asking.getByRole('button', { name: 'Rename anyway' }).click()
  await asking.getByRole('button', { name: 'Rename theirs' }).click()
  await expect.poll(async () => Boolean(await find(app, 'mine'))).toBe(true)
})

test('a switch that someone else has changed shows its present state', async ({
  page,
  other,
}) => {
  await openSettings(page, 'bastion')
  const toggle = page.getByRole('switch', { name: 'Application-consistent snapshots' })
  await expect(toggle).not.toBeChecked()
  await change(other, 'bastion', { 'application-consistent-snapshot-enabled': true })
  await toggle.click()

  await expect(page.getByText('Someone else made changes at the same time')).toBeVisible()
  await expect(toggle).toBeChecked()
})

test('protection that someone else has turned on is shown before anything is sent', async ({
  page,
  other,
}) => {
  await openSettings(page, 'bastion')
  await expect(
    page.getByText('Exoscale doesn’t report whether deletion protection is on'),
  ).toBeVisible()
  const found = await find(other, 'bastion')
  const answer = await fetch(
    `${other.url}/api/zones/${found?.zone}/instance/${found?.id}:add-protection`,
    { method: 'PUT', headers: { 'x-vedette': '1' } },
  )
  expect(answer.status).toBe(200)
  await page.getByRole('button', { name: 'Turn off protection', exact: true }).click()

  await expect(page.getByText('Someone else made changes at the same time')).toBeVisible()
  await expect(
    page.getByText(/^On since .*, according to Exoscale’s event log\.$/),
  ).toBeVisible()
  await expect(
    page.getByRole('button', { name: 'Turn on protection', exact: true }),
  ).toHaveCount(0)
  // After it has been seen, the change can be sent.
  await page.getByRole('button', { name: 'Turn off protection', exact: true }).click()
  await expect(page.getByText(/^Off since .*turned off in Vedette/)).toBeVisible({
    timeout: 20_000,
  })
})
