/** The overview: every number leads to what it counts, every finding to its next step. */
import type { Page } from '@playwright/test'

import { axe } from './accessible.ts'
import { expect, test } from './app.ts'
import { ask } from './ask.ts'
import {
  chooseAction,
  dialog,
  expectState,
  instancesGrid,
  openInstance,
} from './vocabulary.ts'

async function openOverview(page: Page): Promise<void> {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

const card = (page: Page, name: RegExp | string) => page.getByRole('region', { name })
const attention = (page: Page) => card(page, /^Needs attention/)
const finding = (page: Page, name: string) =>
  attention(page).getByRole('listitem').filter({ hasText: name })

test('a state of a zone opens the list with just those instances @firefox', async ({
  page,
}) => {
  await openOverview(page)
  await card(page, /^Instances by zone/)
    .getByRole('link', { name: /^Stopped in Geneva: 3/ })
    .click()

  await expect(page).toHaveURL(/state=stopped/)
  await expect(page).toHaveURL(/zone=ch-gva-2/)
  await expect(instancesGrid(page).getByRole('row')).toHaveCount(4)
  await page.evaluate(() => history.back())
  await card(page, /^Instances by zone/)
    .getByRole('button', { name: 'Show table' })
    .click()
  const cells = card(page, /^Instances by zone/).getByRole('row', { name: /^Geneva/ })
  await expect(cells.getByRole('cell')).toHaveText(['7', '3', '0', '0', '10'])
  await page.reload()
  // It stays as it was chosen.
  await expect(cells).toBeVisible()
})

test('what needs attention leads to the next step, and can be dismissed @firefox', async ({
  page,
}) => {
  await openOverview(page)
  await expect(finding(page, 'broken-disk')).toContainText('In an error state')
  await expect(finding(page, 'Security group rdp')).toContainText('RDP (TCP 3389)')

  await finding(page, 'Security group rdp').getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: 'Dismiss' }).click()
  await expect(finding(page, 'Security group rdp')).toHaveCount(0)
  await expect(attention(page)).toBeFocused()
  await page.reload()
  await expect(finding(page, 'broken-disk')).toBeVisible()
  await expect(finding(page, 'Security group rdp')).toHaveCount(0)

  await attention(page).getByRole('button', { name: 'All 8 checks' }).click()
  await expect(attention(page)).toContainText('Every zone responds')
  await attention(page).getByRole('button', { name: 'Restore Security group rdp' }).click()
  await attention(page).getByRole('button', { name: 'Show findings' }).click()
  await expect(finding(page, 'Security group rdp')).toBeVisible()

  await finding(page, 'broken-disk')
    .getByRole('link', { name: /^Open console/ })
    .click()
  await expect(page).toHaveURL(/\/console$/)
})

test('rescue mode is a finding until it is left @firefox', async ({ page }) => {
  await openInstance(page, 'old-wiki')
  await chooseAction(page, 'Start in rescue mode…')
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Start old-wiki in rescue mode' }).click()
  await expectState(page, 'running')

  await page.getByRole('link', { name: 'Overview' }).first().click()
  await finding(page, 'old-wiki')
    .getByRole('button', { name: 'Restart old-wiki normally…' })
    .click()
  await (await dialog(page)).getByRole('button', { name: /^Restart/ }).click()
  await expect(finding(page, 'old-wiki')).toHaveCount(0)
})

test('a dismissed finding comes back when the trouble begins anew', async ({
  page,
  app,
}) => {
  const rescue = async () => {
    await openInstance(page, 'old-wiki')
    await chooseAction(page, 'Start in rescue mode…')
    const asking = await dialog(page)
    await asking.getByRole('button', { name: 'Start old-wiki in rescue mode' }).click()
    await expectState(page, 'running')
  }
  await rescue()
  await openOverview(page)
  await finding(page, 'old-wiki').getByRole('button', { name: /^More/ }).click()
  await page.getByRole('menuitem', { name: 'Dismiss' }).click()
  await expect(finding(page, 'old-wiki')).toHaveCount(0)

  await openInstance(page, 'old-wiki')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const asking = await dialog(page)
  await asking.getByRole('button', { name: 'Stop old-wiki' }).click()
  await expectState(page, 'stopped')
  await openOverview(page)
  await expect(attention(page)).toContainText('broken-disk')
  await expect(finding(page, 'old-wiki')).toHaveCount(0)
  // It is forgotten once the overview has seen that the trouble has ended.
  const kept = async () => JSON.stringify(await ask(app, '/kept/dismissed-findings'))
  await expect.poll(kept).not.toContain('rescue')
  await rescue()

  await openOverview(page)
  await expect(finding(page, 'old-wiki')).toBeVisible()
})

test('the days of the chart are one stop of Tab, and open their events @firefox', async ({
  page,
}) => {
  await openOverview(page)
  const chart = page.getByRole('list', { name: 'Changes by day' })
  await chart.getByRole('link').last().focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart.getByRole('link').nth(28)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(chart.getByRole('link').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(chart.getByRole('link').last()).toBeFocused()

  // Which day has how many depends on the time at which the sandbox was started.
  const day = chart.getByRole('link', { name: /\b[1-9]\d* changes?\b/ }).last()
  const label = await day.getAttribute('aria-label')
  await day.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/activity\/events\?day=\d{4}-\d\d-\d\d$/)
  const count = page.getByText(/^\d+ events?$/)
  await expect(count).toBeVisible()
  // Rejected ones are events as well.
  expect(Number.parseInt((await count.textContent()) ?? '', 10)).toBeGreaterThanOrEqual(
    Number(/(\d+) changes?/.exec(label ?? '')?.[1] ?? Number.NaN),
  )
})

test('another start page is opened with the address, and the overview by its link @firefox', async ({
  page,
}) => {
  await page.goto('/settings')
  await page.getByRole('radio', { name: 'Wall' }).check()
  await page.goto('/')
  await expect(page).toHaveURL(/\/wall$/)
  await page.getByRole('link', { name: 'Overview' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test.describe('with a zone that doesn’t respond', () => {
  test.use({ settings: { SANDBOX_DENY: 'list-snapshots' } })

  test('a check that could not read says so, and isn’t passed', async ({ page }) => {
    await openOverview(page)
    await expect(attention(page)).toContainText('1 check couldn’t read everything.')
    await attention(page).getByRole('button', { name: 'All 8 checks' }).click()
    const check = attention(page)
      .getByRole('listitem')
      .filter({ hasText: 'Protected instances have a snapshot' })
    await expect(check).toContainText('Couldn’t run')
    await expect(card(page, /^Age of snapshots/)).toContainText('Couldn’t be read')
  })
})

for (const [width, scheme] of [
  [1440, 'light'],
  [1440, 'dark'],
  [390, 'light'],
] as const)
  test(`the overview is accessible at ${width} px, ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: scheme })
    await openOverview(page)
    await expect(finding(page, 'broken-disk')).toBeVisible()
    await expect(page.getByRole('list', { name: 'Changes by day' })).toBeVisible()
    expect(await axe(page, 'main')).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
