import { generateKeyPairSync } from 'node:crypto'

import { expect, test } from './app.ts'
import { chooseAction, expectState, openInstance, openList } from './vocabulary.ts'

test('an instance is created and ends running on its own page', async ({ page }) => {
  await openList(page)
  await page.getByRole('button', { name: 'New instance' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'New instance' })).toBeVisible()
  await page.getByRole('textbox', { name: /^Name/ }).fill('brave-heron-7')

  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'brave-heron-7' })).toBeVisible()
  await expectState(page, 'starting')
  await expectState(page, 'running')
})

/** A new Ed25519 key as OpenSSH writes public ones. */
function publicKey(comment: string): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const kind = 'ssh-ed25519'
  const blob = Buffer.concat([part(Buffer.from(kind)), part(Buffer.from(x, 'base64url'))])
  return `${kind} ${blob.toString('base64')} ${comment}`
}

test('a key added in the middle of the form is chosen, and what was typed stays', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('radio', { name: /Geneva/ }).check()
  await page.getByRole('textbox', { name: /^Name/ }).fill('quiet-owl-1')
  await page.getByRole('radio', { name: /standard\.small/ }).check()
  await page.getByRole('button', { name: 'Add a key' }).click()
  await page.getByRole('textbox', { name: 'Public key' }).fill(publicKey('eva@desk'))
  await page.getByRole('textbox', { name: 'Key name' }).fill('eva-desk')
  await page.getByRole('button', { name: 'Add this key' }).click()

  await expect(page.getByRole('checkbox', { name: /eva-desk/ })).toBeChecked()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('quiet-owl-1')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'quiet-owl-1' })).toBeVisible()
  await expect(page.getByText(/Takes the key/)).toContainText('eva-desk')
})

test('a disk that does not fit is refused on the page, and nothing typed is lost', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('quiet-owl-2')
  await page.getByRole('spinbutton', { name: 'Disk size' }).fill('5')

  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('spinbutton', { name: 'Disk size' })).toBeFocused()
  await expect(page.getByRole('spinbutton', { name: 'Disk size' })).toHaveValue('5')
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('quiet-owl-2')
})

test('one like another begins with all that is known of it', async ({ page }) => {
  await openInstance(page, 'web-01')
  await chooseAction(page, 'Create one like it…')

  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('web-02')
  await expect(page.getByRole('radio', { name: /Geneva/ })).toBeChecked()
  await expect(page.getByRole('radio', { name: /standard\.medium/ })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: /ana-laptop/ })).toBeChecked()
  await page.getByRole('textbox', { name: /^Name/ }).fill('web-09')
  await page.getByRole('button', { name: 'Create instance' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'web-09' })).toBeVisible()
  await expect(page.getByText('env=production')).toBeVisible()
})
