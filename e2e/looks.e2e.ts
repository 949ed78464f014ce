/** Texts and controls that have to be seen whole, also on a phone. */
import { expect, test } from './app.ts'
import { openInstance } from './vocabulary.ts'

test('an instance that was requested without a name is called as its zone named it', async ({
  page,
}) => {
  await page.goto('/instances/new')
  await page.getByRole('textbox', { name: /^Name/ }).fill('')
  await page.getByRole('button', { name: 'Create instance' }).click()
  const tray = page.getByRole('region', { name: 'Operations' })

  await expect(tray.getByRole('listitem').first()).toContainText(/Create: instance-\w+/, {
    timeout: 30_000,
  })
  await page.goto('/activity')
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText(
    /Create: instance-\w+/,
  )
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the chosen filter is in sight', async ({ page }) => {
    await page.goto('/instances?state=attention')

    await expect(page.getByRole('button', { name: /^Needs attention/ })).toBeInViewport({
      ratio: 1,
    })
  })
})

test('the instance that has a volume is named whole on a phone', async ({ page }) => {
  await openInstance(page, 'web-01')
  await page
    .getByRole('navigation', { name: 'Instance sections' })
    .getByRole('link', { name: 'Volumes' })
    .click()
  await page.setViewportSize({ width: 390, height: 844 })
  const holder = page
    .getByRole('listitem', { name: 'Volume shop-db-wal' })
    .getByText(/^Attached to/)

  await expect(holder).toBeVisible()
  expect(await holder.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
})
