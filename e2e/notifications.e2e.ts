/** What a person started is told when it ends and no tab of Vedette is seen, once. */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { ask } from './ask.ts'
import { confirm, select } from './bulk.ts'
import { accept, createFirst, invite, otherBrowser } from './people.ts'
import { openInstance, openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '20' } })

async function power(app: Running, name: string, verb: 'stop' | 'start'): Promise<void> {
  const found = await find(app, name)
  const body = verb === 'start' ? {} : undefined
  await ask(app, `/zones/${found?.zone}/instance/${found?.id}:${verb}`, 'PUT', body)
}

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

/** A page whose parts that are loaded last are there. */
async function openHidden(page: Page): Promise<void> {
  await openList(page)
  await expect(page.locator('[data-part=print-foot]')).toHaveCount(1)
  await hide(page, true)
}

test('the title of a hidden tab says what ended and what failed, until it is seen', async ({
  page,
  app,
}) => {
  await openHidden(page)
  await power(app, 'web-01', 'stop')
  await expect(page).toHaveTitle('✓ Stop: web-01 · Vedette')
  await power(app, 'fails-on-start', 'start')
  await expect(page).toHaveTitle('(2) ✗ Start: fails-on-start · Vedette')
  // A later success hides no failure.
  await power(app, 'web-02', 'stop')
  await expect(page).toHaveTitle('(3) ✗ Start: fails-on-start · Vedette')

  await hide(page, false)
  await expect(page).toHaveTitle('Instances · Vedette')
})

test('while a person sees the page, its title stays', async ({ page, app }) => {
  await openHidden(page)
  await hide(page, false)
  await power(app, 'web-01', 'stop')
  await expect(page.getByRole('region', { name: 'Operations' })).toContainText('web-01')
  await expect(
    page.locator('[role=grid] tr', { hasText: 'web-01' }).locator('[data-state=stopped]'),
  ).toBeVisible()
  await expect(page).toHaveTitle('Instances · Vedette')
})

test('of several hidden tabs one tells, and none while another is seen', async ({
  page,
  context,
  app,
}) => {
  const second = await context.newPage()
  await openHidden(page)
  await openHidden(second)
  await power(app, 'web-01', 'stop')
  await expect
    .poll(async () => [await page.title(), await second.title()].toSorted())
    .toEqual(['Instances · Vedette', '✓ Stop: web-01 · Vedette'])

  // Seeing either tab clears the mark of the other.
  await hide(second, false)
  await expect(page).toHaveTitle('Instances · Vedette')
  await power(app, 'web-02', 'stop')
  await expect(row(second, 'web-02').locator('[data-state=stopped]')).toBeVisible()
  expect([await page.title(), await second.title()]).toEqual([
    'Instances · Vedette',
    'Instances · Vedette',
  ])

  // The next tab takes over when the one that told is closed.
  await page.close()
  await hide(second, true)
  await power(app, 'web-03', 'stop')
  await expect(second).toHaveTitle('✓ Stop: web-03 · Vedette')
})

test('a bulk action is told once, when all of it has ended', async ({ page }) => {
  await openList(page)
  await select(page, 'build-runner', 'db-staging')
  await page.getByRole('button', { name: 'Start…', exact: true }).click()
  await confirm(page, 'Start 2 instances')
  await hide(page, true)
  await expect(page).toHaveTitle('✓ Start 2 instances · Vedette')
})

test('a browser that blocks notifications is said to, and nothing is turned on', async ({
  page,
}) => {
  // This browser has no notifications.
  await page.goto('/settings')
  const option = page.getByRole('switch', { name: 'Desktop notifications' })
  await option.click()
  await expect(page.getByText(/^Your browser blocks notifications/)).toBeVisible()
  await expect(option).not.toBeChecked()
})

test.describe('with accounts', () => {
  test.use({ settings: { SANDBOX_SPEED: '20', SIGN_IN: 'local' } })

  test('what another person started isn’t told', async ({ page, app, browser }) => {
    await createFirst(page, app)
    const link = await invite(page, 'Ben', 'Operator')
    await openHidden(page)
    const second = await otherBrowser(browser, app)
    await accept(second, link)
    await openInstance(second, 'web-01')
    await second.getByRole('button', { name: 'Stop', exact: true }).click()
    const question = second.locator('[role=dialog],[role=alertdialog]')
    await question.getByRole('button', { name: /^Stop/ }).click()
    await expect(row(page, 'web-01').locator('[data-state=stopped]')).toBeVisible()
    await expect(page).toHaveTitle('Instances · Vedette')
    await second.context().close()
  })
})

test.describe('on the desktop', () => {
  /** What the browser's own notifications show. */
  const shown = (page: Page) =>
    page.evaluate(() =>
      // The page's own list, from the script below.
      (window as unknown as { notices: Notification[] }).notices.map(
        ({ title, body }) => `${title} ${body}`,
      ),
    )

  test('notifications come once they are turned on, and open the instance @whole', async ({
    page,
    context,
    app,
  }) => {
    await context.grantPermissions(['notifications'])
    // Keeps the real ones, which a page can't list.
    await page.addInitScript(() => {
      const notices: Notification[] = []
      Object.assign(window, { notices })
      window.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          notices.push(this)
        }
      }
    })
    await openHidden(page)
    await power(app, 'web-01', 'stop')
    await expect(page).toHaveTitle('✓ Stop: web-01 · Vedette')
    expect(await shown(page)).toEqual([])

    await page.goto('/settings')
    await page.getByRole('switch', { name: 'Desktop notifications' }).check()
    await expect(page.getByRole('switch', { name: 'Desktop notifications' })).toBeChecked()
    await openHidden(page)
    await power(app, 'fails-on-start', 'start')
    await expect.poll(() => shown(page)).toHaveLength(1)
    expect((await shown(page))[0]).toMatch(/^Start: fails-on-start \(failed\) .+/)

    await page.evaluate(() =>
      // As above.
      (window as unknown as { notices: Notification[] }).notices[0]?.dispatchEvent(
        new Event('click'),
      ),
    )
    await expect(
      page.getByRole('heading', { level: 1, name: 'fails-on-start' }),
    ).toBeVisible()
  })
})
