/** Exoscale's own events: who requested what, with which result; filtered and saved. */
import { readFileSync } from 'node:fs'

import type { Page } from '@playwright/test'

import { expect, launchSandbox, launchConsole, setting, settingsFor, test } from './app.ts'
import { keyboard, mouse } from './hand.ts'
import { find } from './zone.ts'

const events = (page: Page) => page.getByRole('list', { name: 'Exoscale events' })

for (const [how, hand] of Object.entries({ mouse, keyboard })) {
  test(`what others requested from Exoscale is found by ${how}`, async ({ page }) => {
    await page.goto('/activity')
    await hand.press(page.getByRole('link', { name: 'Exoscale events' }))
    const lines = events(page).getByRole('listitem')
    await expect(lines.filter({ hasText: 'ben@example.com' }).first()).toBeVisible()
    const refused = lines.filter({ hasText: 'Rejected' })
    await expect(refused).toContainText('manual instance protection')
    await expect(refused).toContainText('shop-db-01')
    // Every zone returns the same eleven; each is listed once.
    await expect(page.getByText('11 events', { exact: true })).toBeVisible()

    await page.getByRole('combobox', { name: 'User' }).selectOption('ana@example.com')
    await expect(lines).toHaveCount(5)
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('Stop')
    await expect(lines).toHaveCount(2)
    await page.getByRole('combobox', { name: 'Zone' }).selectOption('Frankfurt')
    await expect(lines).toHaveCount(1)
    await expect(lines).toContainText('build-runner')
    await page.reload()
    await expect(lines).toHaveCount(1)

    await hand.toggle(page.getByRole('checkbox', { name: 'Rejected only' }))
    await expect(page.getByText('No results match these filters')).toBeVisible()
    await hand.press(page.getByRole('button', { name: 'Clear filters' }))
    await expect(lines).toHaveCount(11)
  })
}

test('requests outside Vedette are listed, too, and saved without their bodies', async ({
  page,
  app,
}) => {
  const web = await find(app, 'web-02')
  await page.goto('/activity/events')
  await page.evaluate(
    ([path, body]) =>
      fetch(path ?? '', {
        method: 'PUT',
        headers: { 'x-vedette': '1', 'content-type': 'application/json' },
        body: body ?? '',
      }),
    [
      `/api/zones/ch-gva-2/instance/${web?.id}`,
      JSON.stringify({ name: '=cmd|"evil"', 'user-data': 'c2VjcmV0LWNhbmFyeQ==' }),
    ],
  )
  await page.waitForURL('**/activity/events')
  const line = events(page).getByRole('listitem').filter({ hasText: '=cmd|"evil"' })
  await expect(line).toContainText('Update', { timeout: 60_000 })

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const text = readFileSync(await (await saving).path(), 'utf8')
  expect(text).toContain(`"update-instance","${web?.id}","'=cmd|""evil"""`)
  expect(text).not.toContain('c2VjcmV0')
  expect(text.trimEnd().split('\r\n')).toHaveLength(13)
})

test('if Exoscale does not respond, the page says so and retries', async ({ page }) => {
  test.setTimeout(300_000)
  let sandbox = await launchSandbox()
  const app = await launchConsole(settingsFor(sandbox))
  try {
    await page.goto(`${app.url}/activity/events`)
    await expect(events(page)).toBeVisible()
    await sandbox.kill()
    await page.goto(`${app.url}/activity/events?who=ana@example.com`)
    await expect
      .poll(
        async () => {
          await page.reload()
          await expect(
            page.getByText(/events?$|Can’t load events from/).first(),
          ).toBeVisible()
          // The banners come after the first paint.
          return page
            .getByRole('button', { name: 'Retry' })
            .waitFor({ timeout: 2_000 })
            .then(
              () => true,
              () => false,
            )
        },
        { timeout: 60_000, intervals: [2_000] },
      )
      .toBe(true)
    await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()

    const { port } = new URL(setting(sandbox.lines, 'EXOSCALE_API_ENDPOINT'))
    sandbox = await launchSandbox({}, { port })
    // After so many failures, the server pauses before its next request, at most for a minute
    // (longestPauseMs in src/server/zone/zone.ts).
    await expect
      .poll(
        async () => {
          const retry = page.getByRole('button', { name: 'Retry' })
          if (await retry.isVisible()) await retry.click()
          return events(page).isVisible()
        },
        { timeout: 90_000, intervals: [2_000] },
      )
      .toBe(true)
    // The server asks a zone that is down at least each minute (src/server/watch/watched.ts).
    await expect(page.getByText(/Can’t load events from/)).toHaveCount(0, {
      timeout: 90_000,
    })
  } finally {
    await app.kill()
    await sandbox.kill()
  }
})
