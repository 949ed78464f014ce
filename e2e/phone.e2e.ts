/** What phones show whole and where a finger reaches it. */
import { expect, test } from './app.ts'
import { boxOf, dialog } from './vocabulary.ts'
import { find } from './zone.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('what is said about a checkbox is at its label, and both are one target', async ({
  page,
}) => {
  await page.goto('/instances/new')
  const box = page.getByRole('checkbox', { name: 'Start after creation', exact: true })
  const label = page.locator('label', { has: box })
  const hint = label.getByText('If this is off')
  // At one moment, because what is above them is still loading.
  const gap = await hint.evaluate((element) => {
    const text = element.previousElementSibling?.getBoundingClientRect()
    return element.getBoundingClientRect().top - (text?.bottom ?? 0)
  })
  expect(Math.abs(gap)).toBeLessThan(4)
  const wasChecked = await box.isChecked()
  await hint.tap()
  await expect(box).toBeChecked({ checked: !wasChecked })
})

test.describe('at the speed of real zones', () => {
  // Faster, it may have failed before a busy machine shows that it is in progress.
  test.use({ settings: { SANDBOX_SPEED: '1' } })

  test('is one line with the newest operation until it is tapped, and a failure is announced', async ({
    page,
    app,
  }) => {
    const fails = await find(app, 'fails-on-start')
    await page.goto(`/instances/${fails?.zone}/${fails?.id}`)
    await page.getByRole('button', { name: 'Start', exact: true }).tap()
    const tray = page.getByRole('region', { name: 'Operations' })
    await expect(tray).toContainText('1 in progress · Start: fails-on-start')
    await expect(tray.getByRole('listitem')).toHaveCount(0)
    const alert = page
      .getByRole('alert')
      .filter({ hasText: 'Start: fails-on-start (failed)' })
    await expect(alert.first()).toBeAttached({ timeout: 30_000 })
    await expect(tray).toContainText('1 failed · Start: fails-on-start')
    expect((await boxOf(tray)).height).toBeLessThan(60)

    await page.reload()
    await expect(tray).toContainText('1 failed · Start: fails-on-start')
    const line = await boxOf(tray)
    await page.touchscreen.tap(line.x + 40, line.y + line.height / 2)
    await expect(tray.getByRole('listitem')).toContainText('Not enough capacity')
    // Until the person collapses it.
    await page.reload()
    await expect(tray.getByRole('listitem')).toHaveCount(1)
  })
})

test('what opens over a page doesn’t make it wider', async ({ page }) => {
  await page.goto('/instances')
  for (const name of ['Views', 'Arrange', 'Export']) {
    await page.getByRole('button', { name, exact: true }).tap()
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    expect(await page.evaluate(() => innerWidth)).toBe(390)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: 'Account' }).tap()
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await page.evaluate(() => innerWidth)).toBe(390)
})

test('the filters of an instance’s activity share a line', async ({ page, app }) => {
  const one = await find(app, 'old-wiki')
  await page.goto(`/instances/${one?.zone}/${one?.id}/activity`)
  const user = await boxOf(page.getByRole('combobox', { name: 'User' }))
  const type = await boxOf(page.getByRole('combobox', { name: 'Type' }))
  expect(type.y).toBe(user.y)
  expect(type.width).toBe(user.width)
})

test('the names of sizes aren’t broken within a word', async ({ page }) => {
  await page.goto('/')
  const usage = page.getByRole('region', { name: 'Usage by product' })
  await usage.scrollIntoViewIfNeeded()
  const size = usage.getByText('medium').first()
  await expect(size).toBeVisible()
  expect((await boxOf(size)).height).toBeLessThan(24)
})

test('names of instances are on one line before they are deleted', async ({ page }) => {
  await page.goto('/instances?q=pool-shop')
  const boxes = page.getByRole('checkbox', { name: /^Select pool-shop/ })
  await expect(boxes).toHaveCount(3)
  for (const box of await boxes.all()) await box.check()
  await page.getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Delete…' }).tap()
  const names = (await dialog(page)).getByRole('list').getByText(/^pool-shop-workers-/)
  await expect(names.first()).toBeVisible()
  for (const name of await names.all()) expect((await boxOf(name)).height).toBeLessThan(24)
})

test('what a new size means is in sight once it is chosen', async ({ page, app }) => {
  const web = await find(app, 'web-01')
  await page.goto(`/instances/${web?.zone}/${web?.id}?do=scale`)
  await page.getByRole('radio', { name: /standard\.large/ }).check()
  await expect(page.getByText('The instance goes offline.')).toBeInViewport({ ratio: 1 })
})

test('all keys end at the same edge', async ({ page }) => {
  await page.goto('/help')
  await page.getByRole('button', { name: 'Show and change all shortcuts' }).tap()
  const lines = (await dialog(page)).locator('dd')
  await expect(lines.first()).toBeVisible()
  const ends = await lines.evaluateAll((all) =>
    all.map(
      (one) => [...one.querySelectorAll('kbd')].at(-1)?.getBoundingClientRect().right,
    ),
  )
  expect(ends.length).toBeGreaterThan(15)
  expect(new Set(ends).size).toBe(1)
})

test('a fingerprint breaks between its bytes only', async ({ page }) => {
  await page.goto('/instances/new')
  const fingerprint = page
    .locator('code')
    .getByText(/^([\da-f]{2}:){15}[\da-f]{2}$/)
    .first()
  await expect(fingerprint).toBeVisible()
  expect((await boxOf(fingerprint)).height).toBeGreaterThan(24)
  const lines = await fingerprint.evaluate((code) =>
    [...code.childNodes].map((part) => {
      const range = document.createRange()
      range.selectNodeContents(part)
      return range.getClientRects().length
    }),
  )
  expect(Math.max(...lines)).toBe(1)
})

test('the sandbox’s frame leaves a screen free', async ({ page, app }) => {
  const web = await find(app, 'web-01')
  await page.goto(`/instances/${web?.zone}/${web?.id}/console`)
  const screen = await boxOf(page.getByRole('application'))
  expect(screen.x).toBe(2)
  expect(screen.width).toBe(386)
})

test('the usage is copied beside where it is from', async ({ page }) => {
  await page.goto('/')
  const usage = page.getByRole('region', { name: 'Usage this month' })
  const copy = await boxOf(usage.getByRole('button', { name: 'Copy as CSV' }))
  const source = await boxOf(usage.getByText(/^From Exoscale’s usage report/))
  expect(copy.y).toBeLessThan(source.y + source.height)
})

test('the names below the chart of changes are whole and apart', async ({ page }) => {
  await page.goto('/')
  const changes = page.getByRole('region', { name: /^Changes/ })
  const entries = changes.getByRole('listitem').filter({ hasText: /@|ci/ })
  await expect(entries.filter({ hasText: 'ana@example.com' })).toBeVisible()
  const boxes = await entries.evaluateAll((all) =>
    all.map((one) => {
      const name = one.querySelector('bdi')
      const { left, right, top } = one.getBoundingClientRect()
      return { left, right, top, cut: (name?.scrollWidth ?? 0) - (name?.clientWidth ?? 0) }
    }),
  )
  expect(boxes.length).toBeGreaterThan(1)
  for (const [index, box] of boxes.entries()) {
    expect(box.cut).toBe(0)
    const before = boxes[index - 1]
    if (before?.top === box.top) expect(box.left - before.right).toBeGreaterThan(15)
  }
})

test('the title of a card is as far from its top with buttons below as without', async ({
  page,
  app,
}) => {
  const web = await find(app, 'web-01')
  await page.goto(`/instances/${web?.zone}/${web?.id}`)
  /** From the card's top to the letters of its title. */
  const distance = async (name: string) => {
    const card = page.getByRole('region', { name })
    const letters = await card.getByRole('heading', { name }).evaluate((heading) => {
      const text = document.createRange()
      text.selectNodeContents(heading)
      return text.getBoundingClientRect().top + scrollY
    })
    return letters - (await boxOf(card)).y
  }
  const grow = page.getByRole('button', { name: 'Grow disk…' })
  const title = page.getByRole('heading', { name: 'Size and disk' })
  expect((await boxOf(grow)).y).toBeGreaterThan((await boxOf(title)).y + 20)
  expect(await distance('Size and disk')).toBeCloseTo(await distance('Connect'), 0)
})
