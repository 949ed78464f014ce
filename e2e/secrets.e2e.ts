/** After a visit that handled secrets, none of them is kept anywhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, launchConsole, launchSandbox, settingsFor, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

const userData = '#cloud-config\npassword: only-cloud-init-may-know\n'
const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHVubWlzdGFrYWJsZS1rZXktb2YtdGhlLXRlc3Q= eva@desk'

function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

test('no password, key or user-data is in the data folder, the logs or the browser', async ({
  browser,
}) => {
  test.setTimeout(90_000)
  const sandbox = await launchSandbox({ SANDBOX_SPEED: '8' })
  const folder = mkdtempSync(join(tmpdir(), 'vedette-secrets-'))
  const app = await launchConsole({
    ...settingsFor(sandbox),
    DATA_DIR: folder,
    LOG_LEVEL: 'debug',
  })
  try {
    const context = await browser.newContext({ baseURL: app.url })
    const page = await context.newPage()
    await openInstance(page, 'win-accounting-01')
    const card = page.getByRole('region', { name: 'Password' })
    await card.getByRole('button', { name: 'Reset password' }).click()
    const tray = page.getByRole('region', { name: 'Operations' })
    await expect(tray.getByLabel('Done')).toBeVisible({ timeout: 20_000 })
    await card.getByRole('button', { name: 'Show password' }).click()
    await card.getByRole('button', { name: 'Show', exact: true }).click()
    const password = (await card.locator('code').textContent()) ?? ''
    expect(password).toMatch(/^[\w!-~]{8,}$/)

    await page.goto('/instances/new')
    await page.getByRole('textbox', { name: /^Name/ }).fill('keeps-nothing')
    await page.getByRole('button', { name: 'Add SSH key' }).click()
    await page.getByRole('textbox', { name: 'Public key' }).fill(publicKey)
    await page.getByRole('textbox', { name: 'Key name' }).fill('eva-desk')
    await page.getByRole('button', { name: 'Add key' }).click()
    await expect(page.getByRole('checkbox', { name: /eva-desk/ })).toBeChecked()
    await page.getByRole('textbox', { name: /user-data|cloud-init/i }).fill(userData)
    await page.getByRole('button', { name: 'Create instance' }).click()
    await expect(
      page.getByRole('heading', { level: 1, name: 'keeps-nothing' }),
    ).toBeVisible()
    await expect(tray.getByLabel('Done').last()).toBeVisible({ timeout: 20_000 })

    const stored = await context.storageState({ indexedDB: true })
    const session = await page.evaluate(() => JSON.stringify(sessionStorage))
    await app.kill('SIGTERM')
    const places = {
      'data folder': textOf(folder),
      logs: app.lines.join('\n'),
      browser: JSON.stringify(stored) + session,
    }

    // Checks that the changes are stored, because an empty store would prove nothing.
    expect(places['data folder'].includes('keeps-nothing')).toBe(true)
    expect(places.logs.includes('answered')).toBe(true)
    const [, key = ''] = publicKey.split(' ')
    const secrets = {
      password,
      key,
      'user-data': 'only-cloud-init-may-know',
      'encoded user-data': Buffer.from(userData).toString('base64').slice(0, 24),
    }
    for (const [place, text] of Object.entries(places)) {
      for (const [name, secret] of Object.entries(secrets))
        expect(text.includes(secret), `${name} in the ${place}`).toBe(false)
    }
  } finally {
    await app.kill()
    await sandbox.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
