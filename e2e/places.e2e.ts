/** Back leads to the same place, and a label's chip to the instances that have it. */
import { expect, test } from './app.ts'
import { instancesGrid, openInstance, openList, row, searchFor } from './vocabulary.ts'

test.use({ settings: { SANDBOX_INSTANCES: '60' } })

test('a chip filters the list by exactly its label and keeps the other filters', async ({
  page,
}) => {
  await openList(page)
  await page.getByRole('combobox', { name: 'Zone' }).selectOption({ label: 'Geneva' })
  await searchFor(page, 'web-01')
  const chip = row(page, 'web-01').locator('td a').first()
  const label = (await chip.textContent()) ?? ''
  expect(label).toContain('=')

  await chip.click()

  await expect(page.getByRole('combobox', { name: 'Search instances' })).toHaveValue(
    `"${label}"`,
  )
  await expect(page.getByRole('combobox', { name: 'Zone' })).not.toHaveValue('')
  const rows = instancesGrid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  expect(await rows.count()).toBeGreaterThan(0)
  await expect(rows.filter({ hasText: label })).toHaveCount(await rows.count())
  await page.goBack()
  await expect(page.getByRole('combobox', { name: 'Search instances' })).toHaveValue(
    'web-01',
  )

  await openInstance(page, 'web-01')
  const own = page.locator('#main a[href^="/instances?q="]').first()
  const ownLabel = (await own.textContent()) ?? ''
  await own.click()
  await expect(page.getByRole('combobox', { name: 'Search instances' })).toHaveValue(
    `"${ownLabel}"`,
  )
  await expect(
    instancesGrid(page).getByRole('link', { name: 'web-01', exact: true }),
  ).toBeVisible()
})

test('arrow keys reach each chip of a row', async ({ page }) => {
  await openList(page)
  const cell = instancesGrid(page)
    .locator('td')
    .filter({ has: page.locator('a').nth(1) })
    .first()
  await cell.locator('a').first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(cell.locator('a').nth(1)).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(cell.locator('a').first()).toBeFocused()

  // A narrow window shows one of them.
  await page.setViewportSize({ width: 1_280, height: 720 })
  await expect(cell.locator('a').nth(1)).toBeHidden()
  await page.keyboard.press('ArrowRight')
  await expect(cell.locator('+ td')).toBeFocused()
})

test('Back returns to the same place of the list, the cards and the wall', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 1_280, height: 480 })
  await openList(page)
  const scroller = page.locator('[data-scrolls=list]')
  const top = () => scroller.evaluate((element) => element.scrollTop)
  await scroller.hover()
  await page.mouse.wheel(0, 300)
  await expect.poll(top).toBeGreaterThan(100)
  const place = await top()
  const link = instancesGrid(page).getByRole('rowheader').getByRole('link')
  // One that is in sight, so that the click scrolls nothing.
  await link.nth(Math.floor((await link.count()) / 2)).click()
  await expect(page.getByRole('navigation', { name: 'Instance sections' })).toBeVisible()
  await page.goBack()
  await expect(instancesGrid(page)).toBeVisible()
  await expect.poll(top).toBe(place)

  // The page is loaded again, as after another site.
  await page.reload()
  await expect(instancesGrid(page)).toBeVisible()
  await expect.poll(top).toBe(place)

  const main = page.locator('#main')
  const mainTop = () => main.evaluate((element) => element.scrollTop)
  for (const [width, path] of [
    [390, '/instances'],
    [1_024, '/wall'],
    [390, '/help'],
  ] as const) {
    await page.setViewportSize({ width, height: 480 })
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    // Its first card comes last, and the browser keeps what is below it in sight.
    if (path === '/help')
      await expect(page.getByRole('heading', { name: 'Sandbox' })).toBeVisible()
    await expect
      .poll(() => main.evaluate((e) => e.scrollHeight - e.clientHeight))
      .toBeGreaterThan(400)
    // A typed address begins at its top, wherever the last page of the tab was.
    expect(await mainTop(), path).toBe(0)
    await main.evaluate((element) => element.scrollTo(0, 390))
    await expect.poll(mainTop).toBe(390)
    await page.getByRole('link', { name: 'Activity' }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
    expect(await mainTop()).toBe(0)
    await page.goBack()
    await expect.poll(mainTop, path).toBe(390)
  }
})
