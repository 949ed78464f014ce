/** The organization's keys: made in the browser, added, and deleted. */
import { readFileSync } from 'node:fs'

import { expect, test } from './app.ts'
import { dialog } from './vocabulary.ts'

test('a key is made in the browser: its private half is downloaded, its public half added', async ({
  page,
}) => {
  await page.goto('/settings')
  const card = page.getByRole('region', { name: 'SSH keys' })
  await card.getByRole('button', { name: 'Add SSH key' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: 'Generate new key' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toMatch(
    /^-----BEGIN OPENSSH PRIVATE KEY-----\n/,
  )
  const publicKey = card.getByRole('textbox', { name: 'Public key' })
  await expect(publicKey).toHaveValue(/^ssh-ed25519 AAAA/)
  // A second one has a file of its own name, by which the instance’s page tells how to log in.
  const [second] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: 'Generate new key' }).click(),
  ])
  expect(second.suggestedFilename()).not.toBe(download.suggestedFilename())
  expect(second.suggestedFilename()).toMatch(/^vedette-[\da-f]{6}\.key$/)
  await card.getByRole('textbox', { name: 'Key name' }).fill('made-here')
  await card.getByRole('button', { name: 'Add key' }).click()
  const entry = card.getByRole('listitem').filter({ hasText: 'made-here' })
  await expect(entry).toBeVisible()

  await entry.getByRole('button', { name: 'Delete SSH key made-here' }).click()
  const asking = await dialog(page)
  await expect(asking).toContainText('Existing instances keep it')
  await asking.getByRole('button', { name: 'Delete SSH key made-here' }).click()

  await expect(entry).toHaveCount(0)
})
