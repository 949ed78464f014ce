/** Times say their zone, and all of them follow the choice of UTC. */
import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { createFirst, otherBrowser, passphrase, signIn, startPage } from './people.ts'
import { openInstance } from './vocabulary.ts'

test.use({ timezoneId: 'Asia/Tokyo', locale: 'en-GB' })

const chooseUtc = (page: Page) => page.getByRole('radio', { name: /^UTC/ }).check()

test('the list, an instance, the audit log and a print are in UTC once it is chosen', async ({
  page,
  context,
}) => {
  await openInstance(page, 'web-01')
  const created = page.getByRole('definition').filter({ hasText: /20\d\d, \d\d:/ })
  await expect(created.first()).toContainText('GMT+9')
  const instance = page.url()
  const other = await context.newPage()
  await other.goto(instance)
  await expect(other.locator('time').first()).toContainText('GMT+9')

  await page.goto('/settings')
  await expect(page.getByText('Asia/Tokyo')).toBeVisible()
  await chooseUtc(page)
  await expect(page.getByText(/^The time is \d\d:\d\d\sUTC\./)).toBeVisible()
  // The other tab needs no reload.
  await expect(other.locator('time').first()).toContainText('UTC')

  for (const path of [instance, '/activity/audit', '/activity/events']) {
    await page.goto(path)
    const times = page.locator('#root time[datetime]')
    await expect(times.first()).toBeVisible()
    const shown = await times.evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('title')} ${one.textContent}`),
    )
    for (const text of shown) expect(text).toMatch(/UTC|^null/)
  }
  // Still on the page of events: each day is called what it is.
  const days = page.getByRole('combobox', { name: 'Day' }).getByRole('option')
  const named = await days.evaluateAll((all) =>
    all.slice(1).map((one) => [one.getAttribute('value') ?? '', one.textContent] as const),
  )
  expect(named.length).toBeGreaterThan(0)
  for (const [day, text] of named)
    expect(text).toMatch(new RegExp(`\\b${Number(day.slice(-2))}\\b`))
  await page.goto('/instances')
  await expect(page.locator('#root [role=grid] td[title$="UTC"]').first()).toBeVisible()
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('[data-part=print-foot]')).toContainText('UTC')
})

test.describe('with accounts', () => {
  test.use({ settings: { SIGN_IN: 'local' } })

  test('the choice is there in the next browser', async ({ page, app, browser }) => {
    await createFirst(page, app)
    await page.goto('/settings')
    const stored = page.waitForResponse(/\/api\/kept\/preferences$/)
    await chooseUtc(page)
    await stored

    const second = await otherBrowser(browser, app)
    await second.goto('/sign-in')
    await signIn(second, 'Ada', passphrase)
    await startPage(second)
    await second.goto('/settings')
    await expect(second.getByRole('radio', { name: /^UTC/ })).toBeChecked()
    await second.context().close()
  })
})
