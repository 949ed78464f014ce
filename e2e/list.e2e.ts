/** The list as a grid: filters, order, keyboard, and bulk actions. */
import { expect, test } from './app.ts'
import {
  dialog,
  expectState,
  instancesGrid,
  openInstance,
  openList,
  row,
  searchFor,
} from './vocabulary.ts'

test('every row is back after a search was cleared, also below the focused one @firefox', async ({
  page,
}) => {
  // High enough for every row of the seed; the resize makes the grid measure while filtered.
  await page.setViewportSize({ width: 1_280, height: 1_000 })
  await openList(page)
  const all = await instancesGrid(page).getByRole('rowheader').count()
  await page.getByRole('combobox', { name: 'Search instances' }).fill('web-01')
  await expect(instancesGrid(page).getByRole('rowheader')).toHaveCount(1)
  await instancesGrid(page).getByRole('link', { name: 'web-01' }).focus()
  await page.setViewportSize({ width: 1_280, height: 990 })

  await page.getByRole('combobox', { name: 'Search instances' }).fill('')

  await expect(instancesGrid(page).getByRole('rowheader')).toHaveCount(all)
})

for (const [pointer, isMobile] of [
  ['a mouse', false],
  ['a finger', true],
] as const)
  test.describe(`with ${pointer}`, () => {
    test.use({
      viewport: { width: 1_280, height: 480 },
      ...(isMobile ? { isMobile, hasTouch: true } : {}),
    })

    test('rows have the height with which they are placed', async ({ page }) => {
      await openList(page)
      await expect(page.locator('.ui-star').first()).toBeVisible()
      const grid = instancesGrid(page)
      const count = Number(await grid.getAttribute('aria-rowcount')) - 1
      const measured = () =>
        grid.evaluate((table) => {
          const heightOf = (part: string) =>
            table.querySelector(part)?.getBoundingClientRect().height
          return { all: heightOf('tbody'), row: heightOf('tbody tr[data-row-key]') }
        })
      const { row: height } = await measured()
      expect(height).toBe(isMobile ? 44 : 36)
      await expect.poll(async () => (await measured()).all).toBe(count * Number(height))
    })
  })

test('a copy that the browser blocks shows an error', async ({ page, context, app }) => {
  await openList(page)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Browser.setPermission', {
    permission: { name: 'clipboard-write' },
    setting: 'denied',
    origin: app.url,
  })
  const refused = page
    .getByRole('region', { name: 'Notifications' })
    .getByText('Your browser blocked copying')

  await row(page, 'web-01')
    .getByRole('button', { name: /^Copy \d/ })
    .click()

  await expect(refused).toBeVisible()
  await openInstance(page, 'web-01')
  await expect(refused).toHaveCount(0)
  await page.getByRole('button', { name: /^Copy/ }).first().click()
  await expect(refused).toBeVisible()
})

test('one order is chosen in the header, announced to screen readers, and kept in the address @firefox', async ({
  page,
}) => {
  await openList(page)
  const name = page.getByRole('columnheader', { name: 'Name' })

  await name.getByRole('button').click()
  await expect(name).toHaveAttribute('aria-sort', 'ascending')
  await name.getByRole('button').click()

  await expect(name).toHaveAttribute('aria-sort', 'descending')
  await expect(page).toHaveURL(/sort=-name/)
})

test('arrow keys walk through the rows and Enter opens one @firefox', async ({ page }) => {
  await openList(page)
  const names = instancesGrid(page).getByRole('rowheader').getByRole('link')
  const third = (await names.nth(2).textContent()) ?? ''
  await names.first().focus()

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(names.nth(2)).toBeFocused()
  await page.keyboard.press('Enter')

  const heading = page.getByRole('heading', { level: 1, name: third })
  await expect(heading).toBeFocused()
})

test('a mixed selection is previewed, only the running stop, and nothing stays selected', async ({
  page,
}) => {
  await openList(page)
  for (const name of ['bastion', 'old-wiki'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()

  await page.getByRole('button', { name: 'Stop…' }).click()
  const asking = await dialog(page)
  await expect(asking).toContainText('1 instance is already stopped')
  await asking.getByRole('button', { name: 'Stop 1 instance' }).click()
  const job = page.getByRole('dialog', { name: 'Stop 1 instance' })
  await expect(job.getByRole('list', { name: 'Results' })).not.toContainText('old-wiki')
  await job.getByRole('button', { name: 'Close', exact: true }).last().click()

  await expectState(row(page, 'bastion'), 'stopped')
  await expect(page.getByRole('toolbar', { name: 'Selected instances' })).toHaveCount(0)
})

test('many are labeled at once, and each keeps the labels it had', async ({ page }) => {
  await openList(page)
  for (const name of ['web-01', 'old-wiki'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()

  await page.getByRole('button', { name: 'Add label…' }).click()
  const asking = await dialog(page)
  const send = asking.getByRole('button', { name: 'Add label to 2 instances' })
  await expect(send).toBeDisabled()
  await asking.getByRole('textbox', { name: 'Key' }).fill('owner')
  await asking.getByRole('textbox', { name: 'Value' }).fill('eva')
  await send.click()

  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  const job = page.getByRole('dialog', { name: 'Add label to 2 instances' })
  await expect(job).toContainText('2 of 2 complete', { timeout: 20_000 })
  await job.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('combobox', { name: 'Search instances' }).fill('owner=eva')
  await expect(row(page, 'old-wiki')).toBeVisible({ timeout: 20_000 })
  await page
    .getByRole('combobox', { name: 'Search instances' })
    .fill('owner=eva env=production')
  await expect(row(page, 'web-01')).toBeVisible({ timeout: 20_000 })
})

test('each failure of a bulk deletion is shown and can be retried', async ({ page }) => {
  await openInstance(page, 'bastion')
  const parts = page.getByRole('navigation', { name: 'Instance sections' })
  await parts.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Turn on protection', exact: true }).click()
  await expect(page.getByText(/^On since .*turned on in Vedette/)).toBeVisible({
    timeout: 20_000,
  })
  await openList(page)
  for (const name of ['bastion', 'old-wiki'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).check()

  await page.getByRole('button', { name: 'Delete…' }).click()
  const asking = await dialog(page)
  await asking.getByRole('textbox').fill('2')
  await asking.getByRole('button', { name: 'Delete 2 instances' }).click()
  await expect(asking.getByRole('timer')).toBeVisible()

  const job = page.getByRole('dialog', { name: 'Delete 2 instances' })
  const results = job.getByRole('list', { name: 'Results' }).getByRole('listitem')
  await expect(results.filter({ hasText: 'bastion' })).toContainText(
    'instance protection',
    { timeout: 30_000 },
  )
  await expect(job).toContainText('1 failed · 1 done', { timeout: 20_000 })
  await expect(results.last()).toContainText('old-wiki')
  await job.getByRole('button', { name: 'Retry 1 instance…' }).click()
  const again = page.getByRole('alertdialog', { name: 'Delete 1 instance' })
  await again.getByRole('textbox').fill('1')
  await again.getByRole('button', { name: 'Delete 1 instance' }).click()
  await expect(again.getByRole('timer')).toBeVisible()
  await expect(job).toContainText('1 failed · 1 done', { timeout: 30_000 })
  await expect(results.filter({ hasText: 'bastion' })).toContainText('instance protection')
  await job.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(row(page, 'old-wiki')).toHaveCount(0, { timeout: 20_000 })
  await expect(row(page, 'bastion')).toBeVisible()
})

test('a failure stays in the tray over a reload until it is dismissed', async ({
  page,
}) => {
  await openList(page)
  // Test fixtures come last, and only the rows in sight exist.
  await searchFor(page, 'fails-on-start')
  await page.getByRole('button', { name: 'More actions for fails-on-start' }).click()
  await page.getByRole('menuitem', { name: 'Start' }).click()
  const tray = page.getByRole('region', { name: 'Operations' })
  await expect(tray).toContainText('unavailable', { timeout: 20_000 })

  await page.reload()

  await expect(tray).toContainText('unavailable')
  await tray.getByRole('button', { name: 'Dismiss Start: fails-on-start' }).click()
  await expect(tray).toHaveCount(0)
  await page.reload()
  await openList(page)
  await expect(tray).toHaveCount(0)
})

test('the rows are in the page itself, and the program takes their place', async ({
  browser,
  app,
  page,
}) => {
  await openList(page)
  await expect(page.locator('#first-page')).toHaveCount(0)
  const context = await browser.newContext({ javaScriptEnabled: false })
  const still = await context.newPage()

  await still.goto(`${app.url}/instances?q=web-0`)

  // The pre-rendered list is hidden from assistive technology, so it is found by its elements.
  await expect(still.locator('#first-page th[scope=row]')).toHaveText([
    'web-01',
    'web-02',
    'web-03',
    'web-04',
  ])
  await context.close()
})
