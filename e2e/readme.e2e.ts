/**
 * The pages that the README shows, as they look in its pictures. The pictures are made by
 * `PICTURES=docs/pictures npx playwright test e2e/readme.e2e.ts --project browser`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import { instancesGrid, openList } from './vocabulary.ts'
import { find } from './zone.ts'

const folder = process.env.PICTURES

/** Saves it as WebP, which is smaller than PNG; Playwright itself makes none. */
async function picture(page: Page, name: string): Promise<void> {
  if (!folder) return
  // It shows what has ended for a while, and would cover a corner.
  const tray = page.getByRole('region', { name: 'Operations', exact: true })
  await expect(tray).toHaveCount(0, { timeout: 40_000 })
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 90,
  })
  writeFileSync(join(folder, `${name}.webp`), data, 'base64')
}

test.use({ viewport: { width: 1280, height: 800 } })

test('the overview shows states, what needs attention, changes and the last operations', async ({
  page,
  app,
}) => {
  for (const [name, action, body] of [
    ['old-wiki', 'start', {}],
    ['build-runner', 'start', {}],
    ['web-04', 'reboot'],
  ] as const) {
    const found = await find(app, name)
    await ask(app, `/zones/${found?.zone}/instance/${found?.id}:${action}`, 'PUT', body)
  }
  await page.goto('/')
  await page.getByRole('button', { name: 'Look around' }).click()
  const card = (name: RegExp) => page.getByRole('region', { name })

  await expect(card(/^Instances by zone/).getByRole('link')).not.toHaveCount(0)
  await expect(card(/^Needs attention/).getByRole('listitem')).not.toHaveCount(0)
  await expect(card(/^Changes/)).toContainText('ana@example.com')
  await expect(
    card(/^Latest operations/)
      .getByRole('listitem')
      .filter({ hasText: 'Done:' }),
  ).toHaveCount(3)
  // The newest image of each screen.
  await expect(card(/^Live screens/).locator('canvas')).toHaveCount(4)
  await picture(page, 'overview')
})

test('scenarios put the sandbox into a state to learn from', async ({ page }) => {
  await page.goto('/scenarios')
  await expect(page.getByRole('button', { name: /^Start: / })).toHaveCount(7)
  await picture(page, 'scenarios')
})

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' })

  test('the palette finds instances and what can be done with them', async ({ page }) => {
    await openList(page)
    const palette = page.getByRole('dialog', { name: 'Search or run a command' })
    // The code that listens is loaded after the page.
    await expect(async () => {
      await page.keyboard.press('Control+k')
      await expect(palette).toBeVisible({ timeout: 1_000 })
    }).toPass()
    await page.keyboard.type('shop')

    await expect(palette.getByRole('option', { name: /shop-cache/ }).first()).toBeVisible()
    await expect(palette.getByRole('option', { name: /^Take snapshot/ })).toBeVisible()
    await picture(page, 'palette')
  })

  test('a query filters the list, and chips are its conditions', async ({ page }) => {
    const query = 'state:running label:env=production zone:gva OR zone:dk older:30d'
    await page.goto(`/instances?q=${encodeURIComponent(query)}`)

    const chips = page.getByRole('group', { name: 'Filters' })
    await expect(chips.getByRole('button', { name: /^Remove/ })).toHaveCount(4)
    const names = instancesGrid(page).getByRole('rowheader')
    await expect(names.filter({ hasText: 'shop-db-01' })).toBeVisible()
    await expect(names.filter({ hasText: 'bastion' })).toHaveCount(0)
    await picture(page, 'query')
  })
})
