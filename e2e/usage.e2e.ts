/** The cards of this month on the overview: what was used, and what that emits. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { accept, chooseForPerson, createFirst, invite, otherBrowser } from './people.ts'

const usage = (page: Page) => page.getByRole('region', { name: 'Usage this month' })
const footprint = (page: Page) => page.getByRole('region', { name: 'Footprint this month' })

test('usage is listed by product with the month before, and all of it on request', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  const rows = usage(page).getByRole('row')
  await expect(rows).toHaveCount(7)
  await usage(page)
    .getByRole('button', { name: /^All \d+ lines/ })
    .click()
  await expect(usage(page).getByRole('row', { name: /standard\.medium/ })).toContainText(
    /\d h/,
  )
  expect(await rows.count()).toBeGreaterThan(7)
  await usage(page).getByRole('button', { name: 'Copy as CSV' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('"Product","Item","Unit"')
  expect(copied).toMatch(/"Instances","standard\.medium","h","\d+\.\d+","\d+/)
})

test('on the first day of a month the month before is shown, also on a phone', async ({
  page,
}) => {
  const now = new Date()
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
  await page.clock.setFixedTime(next + 30 * 60_000)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/')
  await expect(usage(page)).toContainText('Exoscale reports no usage for this month yet.')
  const row = usage(page).getByRole('row', { name: /^Block storage/ })
  await expect(row.getByRole('cell').last()).toHaveText(/^[\d,.]+ GiB h$/)
  await expect(row.getByRole('cell', { name: '–' })).toBeHidden()
})

test('the footprint is shown by zone, and as a table that is remembered', async ({
  page,
}) => {
  await page.goto('/')
  await expect(footprint(page)).toContainText('kg CO₂e')
  await expect(footprint(page).getByRole('listitem').first()).toContainText('Frankfurt')
  await footprint(page).getByRole('button', { name: 'Show table' }).click()
  await page.reload()
  await expect(footprint(page).getByRole('row', { name: /^Total/ })).toBeVisible()
})

test.describe('with a key that may not read the reports', () => {
  test.use({ settings: { SANDBOX_DENY: 'get-usage-report,get-impact-report' } })

  test('the cards name what to allow, and can be hidden and shown again', async ({
    page,
  }) => {
    await page.goto('/')
    await expect(usage(page)).toContainText('allow get-usage-report')
    await expect(footprint(page)).toContainText('allow get-impact-report')
    await usage(page).getByRole('button', { name: 'Hide card' }).click()
    await expect(usage(page)).toBeHidden()
    await page.reload()
    await expect(footprint(page)).toBeVisible()
    await expect(usage(page)).toBeHidden()
    await page.getByRole('button', { name: 'Show hidden cards' }).click()
    await expect(usage(page)).toBeVisible()
  })
})

test.describe('for a person who is limited', () => {
  test.use({ settings: { SIGN_IN: 'local' } })

  test('the cards say that the reports are about the whole organization', async ({
    page,
    app,
    browser,
  }) => {
    await createFirst(page, app)
    const ben = await otherBrowser(browser, app)
    await accept(ben, await invite(page, 'Ben', 'Operator'))
    await chooseForPerson(page, 'Ben', 'Limit access…')
    const form = page.getByRole('dialog', { name: 'Limit access of Ben' })
    await form.getByRole('checkbox', { name: 'Geneva' }).check()
    await form.getByRole('button', { name: 'Save access' }).click()
    await expect(form).toBeHidden()

    await ben.goto('/')
    await expect(usage(ben)).toContainText('This report is about the whole organization')
    await expect(footprint(ben)).toContainText('your account is limited')
    const answer = await ben.request.get(`${app.url}/api/zones/ch-gva-2/usage-report`)
    expect(answer.status()).toBe(403)
  })
})

for (const [width, scheme] of [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
] as const)
  test(`the cards are accessible at ${width} px, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto('/')
    await expect(usage(page).getByRole('row').nth(1)).toBeVisible()
    await expect(footprint(page)).toContainText('CO₂e')
    expect(await axe(page, 'main')).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
