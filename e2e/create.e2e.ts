import { expect, test } from './app.ts'
import { expectState, openList } from './vocabulary.ts'

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
