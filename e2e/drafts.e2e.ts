/** Drafts are kept in the store: for the person, not for the tab. The theme is the browser's. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, launchConsole, launchSandbox, settingsFor, test } from './app.ts'
import { ask } from './ask.ts'
import { find } from './zone.ts'

test('a draft survives a reload, another browser and the restart of the server', async ({
  browser,
}) => {
  test.setTimeout(60_000)
  const sandbox = await launchSandbox()
  const folder = mkdtempSync(join(tmpdir(), 'vedette-drafts-'))
  const start = () =>
    launchConsole({ ...settingsFor(sandbox), DATA_DIR: folder, LOG_LEVEL: 'warn' })
  let app = await start()
  try {
    const first = await browser.newPage({ baseURL: app.url })
    await first.goto('/instances/new')
    await first.getByRole('textbox', { name: /^Name/ }).fill('kept-finch')
    await first.getByRole('spinbutton', { name: 'Disk size' }).fill('77')
    await first
      .getByRole('textbox', { name: /cloud-init/ })
      .fill('#cloud-config\npassword: only-mine\n')
    // While typing: unsaved changes are sent when the page closes.
    await first.reload()
    await expect(first.getByRole('textbox', { name: /^Name/ })).toHaveValue('kept-finch')
    await expect(first.getByRole('spinbutton', { name: 'Disk size' })).toHaveValue('77')
    await expect(first.getByText(/Draft saved/)).toBeVisible()
    await expect(first.getByText(/doesn’t save user data in drafts/)).toBeVisible()

    await app.kill('SIGKILL')
    app = await start()
    const second = await browser.newPage({ baseURL: app.url })
    await second.goto('/instances/new')
    await expect(second.getByRole('textbox', { name: /^Name/ })).toHaveValue('kept-finch')
    await expect(second.getByRole('spinbutton', { name: 'Disk size' })).toHaveValue('77')

    await second.getByRole('button', { name: 'Discard draft' }).click()
    await expect(second.getByRole('textbox', { name: /^Name/ })).not.toHaveValue(
      'kept-finch',
    )
    await second.reload()
    await expect(second.getByRole('textbox', { name: /^Name/ })).not.toHaveValue(
      'kept-finch',
    )
  } finally {
    await app.kill()
    await sandbox.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what is chosen in a draft is stored at once, what is typed after a pause', async ({
  page,
  app,
}) => {
  const stored = async () => {
    const kept = await ask<{ value: { name: string; address: string } | null }>(
      app,
      '/kept/create-draft',
    )
    return kept.value
  }
  await page.goto('/instances/new')
  const name = page.getByRole('textbox', { name: /^Name/ })
  await expect(name).toBeVisible()
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 10_000)

  await page.getByRole('radio', { name: /IPv4 \+ IPv6/ }).check()
  await page.clock.runFor(50)
  await expect.poll(async () => (await stored())?.address).toBe('dual')

  await name.fill('late-finch')
  await page.clock.runFor(300)
  expect((await stored())?.name).not.toBe('late-finch')
  await page.clock.runFor(200)
  await expect.poll(async () => (await stored())?.name).toBe('late-finch')
})

test('a tab that discards its draft leaves the draft of another tab', async ({ page }) => {
  const name = (of: typeof page) => of.getByRole('textbox', { name: /^Name/ })
  const typeIn = async (of: typeof page, text: string) => {
    await of.goto('/instances/new')
    const stored = of.waitForResponse(
      (response) =>
        response.request().method() === 'PUT' && response.url().includes('/kept/'),
    )
    await name(of).fill(text)
    await stored
  }
  await typeIn(page, 'early-finch')
  const other = await page.context().newPage()
  await typeIn(other, 'late-finch')

  await page.getByRole('button', { name: 'Discard draft' }).click()

  await expect(name(page)).not.toHaveValue('early-finch')
  await other.reload()
  await expect(name(other)).toHaveValue('late-finch')
})

test('a new instance and the duplicates of two instances have a draft each', async ({
  page,
  app,
}) => {
  const [web, bastion] = [await find(app, 'web-01'), await find(app, 'bastion')]
  const forms = [
    ['/instances/new', 'plain-finch'],
    [`/instances/new?like=${web?.zone}/${web?.id}`, 'web-twin'],
    [`/instances/new?like=${bastion?.zone}/${bastion?.id}`, 'bastion-twin'],
  ] as const
  const name = page.getByRole('textbox', { name: /^Name/ })
  for (const [path, typed] of forms) {
    await page.goto(path)
    await expect(name).not.toHaveValue(/plain|twin/)
    await name.fill(typed)
    await expect(page.getByText(/Draft saved/)).toBeVisible()
  }
  for (const [path, typed] of forms) {
    await page.goto(path)
    await expect(name).toHaveValue(typed)
  }

  // A duplicate begins anew, and only its own draft is gone.
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(name).toHaveValue('bastion-2')
  await page.goto('/instances/new')
  await expect(name).toHaveValue('plain-finch')
})

test('theme and density stay in the browser in which they were chosen, as the page says', async ({
  app,
  browser,
}) => {
  const first = await browser.newPage({ baseURL: app.url })
  const written: string[] = []
  first.on('request', (request) => {
    if (request.method() !== 'GET') written.push(request.url())
  })
  await first.goto('/settings')
  await expect(first.getByText('Saved in this browser only.')).toBeVisible()
  await first.getByRole('radio', { name: 'Dark' }).check()
  await first.getByRole('radio', { name: /^Comfortable/ }).check()
  await first.reload()
  await expect(first.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(first.locator('html')).toHaveAttribute('data-density', 'comfortable')

  // Without a sign-in, everyone who uses this server is the same person to it.
  const second = await browser.newPage({ baseURL: app.url })
  await second.goto('/settings')
  await expect(second.getByRole('radio', { name: 'System' })).toBeChecked()
  // Longer than a choice took that came from the server.
  await second.waitForTimeout(1_500)
  await expect(second.locator('html')).not.toHaveAttribute('data-theme')
  await expect(second.locator('html')).not.toHaveAttribute('data-density')
  // The last visit is stored, which is the person's.
  const kept = written.filter((url) => /\/api\/kept\/(?!last-seen)/.test(url))
  expect(kept).toEqual([])

  // Nor does a choice in one end that of the other.
  await second.getByRole('radio', { name: 'Light' }).check()
  await first.reload()
  await expect(first.locator('html')).toHaveAttribute('data-theme', 'dark')
})
