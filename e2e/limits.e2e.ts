/** The organization's limits: each with its name, and kept up to date. */
import { expect, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

test('every limit has a name and a unit, and storage grows with a new volume', async ({
  page,
}) => {
  await page.goto('/limits')
  const lines = page.getByRole('main').getByRole('listitem')
  await expect(lines.filter({ hasText: 'Block storage volumes' })).toContainText('8 of 20')
  await expect(lines.filter({ hasText: /^Block storage\d/ })).toContainText(
    '1,020 GiB of 4,000 GiB',
  )
  await expect(lines.filter({ hasText: 'Maximum volume size' })).toContainText('2,000 GiB')
  await expect(lines.filter({ hasText: 'Memory' })).toContainText('No limit')
  await expect(
    page.getByText(/^Not enabled for your organization: .*GPU A30/),
  ).toBeVisible()
  // A limit without words would be shown by Exoscale's name.
  await expect(lines.filter({ hasText: /[a-z]+-[a-z]+-?[a-z]*\d/ })).toHaveCount(0)

  await openInstance(page, 'web-02')
  await page.getByRole('link', { name: 'Volumes' }).click()
  await page.getByRole('button', { name: 'New volume' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('more')
  await page.getByRole('button', { name: 'Create volume' }).click()
  await expect(page.getByRole('button', { name: 'Attach more' })).toBeEnabled({
    timeout: 20_000,
  })
  await page.getByRole('link', { name: 'Limits' }).click()
  await expect(lines.filter({ hasText: /^Block storage\d/ })).toContainText(
    '1,120 GiB of 4,000 GiB',
  )
})
