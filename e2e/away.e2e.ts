/** After a break, the page shows once what has happened, with a link to it. */
import type { Page } from '@playwright/test'

import { expect, test, type Running } from './app.ts'
import { ask } from './ask.ts'
import { openList } from './vocabulary.ts'
import { find } from './zone.ts'

test.use({ settings: { SANDBOX_SPEED: '20' } })

const line = (page: Page) => page.getByText(/Since your last visit/)

async function power(app: Running, name: string, verb: 'stop' | 'start'): Promise<void> {
  const found = await find(app, name)
  const body = verb === 'start' ? {} : undefined
  await ask(app, `/zones/${found?.zone}/instance/${found?.id}:${verb}`, 'PUT', body)
}

/** When the person was here last, as an earlier visit would have left it. */
const wasHere = (app: Running, at: number) => ask(app, '/kept/last-seen', 'PUT', { at })

const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

test('a new visit shows what has happened since the last, until it is read', async ({
  page,
  app,
}) => {
  await wasHere(app, Date.now() - 3_600_000)
  await power(app, 'bastion', 'stop')
  await power(app, 'web-02', 'stop')
  await power(app, 'fails-on-start', 'start')
  await openList(page)

  const told = page.getByRole('status').filter({ has: line(page) })
  await expect(told).toContainText('3 operations, 1 failed, none in progress')
  await expect(told.getByRole('listitem')).toHaveText(['Stop: 2', 'Start: 1'])
  await told.getByRole('link', { name: 'View activity' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
  await expect(page.getByText(/^Since /)).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(3)

  await page.goBack()
  await told.getByRole('button', { name: 'Dismiss' }).click()
  await expect(line(page)).toHaveCount(0)
  // A reload is no break.
  const arrived = page.waitForResponse(
    (answer) => answer.url().endsWith('/last-seen') && answer.request().method() === 'PUT',
  )
  await page.reload()
  await arrived
  await expect(page.getByRole('grid', { name: 'Instances' })).toBeVisible()
  await expect(line(page)).toHaveCount(0)
})

test('a tab that was hidden for long shows it, one that was hidden for a minute does not', async ({
  page,
  app,
}) => {
  await page.clock.install()
  await openList(page)
  const tray = page.getByRole('region', { name: 'Operations' })
  const kept = page.waitForResponse(/last-seen/)
  await page.clock.runFor(2_000)
  await kept
  await hide(page, true)
  await power(app, 'bastion', 'stop')
  await page.clock.runFor(5_000)
  await hide(page, false)
  await expect(tray).toContainText('Stop')
  await expect(line(page)).toHaveCount(0)

  await hide(page, true)
  await power(app, 'web-02', 'stop')
  await page.clock.fastForward(11 * 60_000)
  await hide(page, false)

  await expect(line(page)).toBeVisible()
})

test('nothing is shown if nothing has happened', async ({ page, app }) => {
  await wasHere(app, Date.now() - 3_600_000)
  const arrived = page.waitForResponse(
    (answer) => answer.url().endsWith('/last-seen') && answer.request().method() === 'PUT',
  )
  await page.goto('/instances')
  expect((await arrived).status()).toBe(200)

  await expect(page.getByRole('grid', { name: 'Instances' })).toBeVisible()
  await expect(line(page)).toHaveCount(0)
})
