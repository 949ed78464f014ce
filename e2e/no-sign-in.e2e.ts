/** Where anyone who reaches the server can use its key, every page says so; elsewhere none does. */
import { randomUUID } from 'node:crypto'

import { expect, launchConsole, launchSandbox, settingsFor, test } from './app.ts'

const words = 'No one has to sign in'
/** Of each layout at least one: with the navigation, a screen alone, and a recording. */
const pages = [
  '/instances',
  '/wall',
  '/activity',
  '/limits',
  '/instances/new',
  '/nowhere',
  `/instances/ch-gva-2/${randomUUID()}/console`,
  `/console/ch-gva-2/${randomUUID()}`,
  '/replay',
]

test('a red line on every page says that the key is everybody’s', async ({ browser }) => {
  const sandbox = await launchSandbox()
  const unsafe = await launchConsole({ ...settingsFor(sandbox), UNSAFE_NO_SIGN_IN: 'on' })
  const safe = await launchConsole(settingsFor(sandbox))
  try {
    const page = await browser.newPage()
    for (const path of pages) {
      await page.goto(`${unsafe.url}${path}`)
      await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible()
    }

    await page.goto(`${safe.url}/instances`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText(words)).toHaveCount(0)
    await page.close()
  } finally {
    await Promise.all([unsafe.kill(), safe.kill()])
    await sandbox.kill()
  }
})
