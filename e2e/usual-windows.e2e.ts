/** What windows of the usual sizes show whole, and how they show that there is more. */
import type { Locator } from '@playwright/test'

import { expect, test } from './app.ts'
import { openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

async function boxOf(shown: Locator) {
  const box = await shown.boundingBox()
  if (!box) throw new Error('it is not shown')
  return box
}

test('a name without room for it keeps its end, and is found, copied and read as a whole', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1_024, height: 768 })
  await openList(page)
  const name = 'pool-shop-workers-a7f3k'
  const link = row(page, name).getByRole('link', { name, exact: true })
  /** From the top of the link to that of its name, or of the shortened one. */
  const topOf = (child: number) =>
    link.evaluate(
      (element, at) =>
        (element.children[at]?.getBoundingClientRect().top ?? NaN) -
        element.getBoundingClientRect().top,
      child,
    )
  expect(await topOf(1)).toBe(0)
  expect(await topOf(0)).toBeGreaterThan(0)

  const isFound = await page.evaluate((text) => {
    getSelection()?.removeAllRanges()
    // Every browser has it, and no standard.
    return (window as unknown as { find(text: string): boolean }).find(text)
  }, 'workers-a7f3k')
  expect(isFound).toBe(true)
  await link.selectText()
  expect(await page.evaluate(() => String(getSelection()))).toBe(name)

  await page.setViewportSize({ width: 1_440, height: 900 })
  await expect.poll(() => topOf(0)).toBe(0)
})

for (const [width, count] of [
  [1_024, 1],
  [1_280, 1],
  [1_440, 2],
] as const)
  test(`at ${width} pixels labels are shown whole, and the others are counted`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 768 })
    await openList(page)
    const web = row(page, 'web-01')
    const labels = web.locator('[data-label]').filter({ visible: true })
    await expect(labels).toHaveCount(count)
    const cut = await labels.evaluateAll(
      (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length,
    )
    expect(cut).toBe(0)
    const counted = web.getByText('+1', { exact: true }).filter({ visible: true })
    await expect(counted).toHaveCount(2 - count)
  })

for (const width of [1_024, 1_440])
  test(`at ${width} pixels an event is one line`, async ({ page }) => {
    await page.setViewportSize({ width, height: 768 })
    await page.goto('/activity/events')
    const events = page.getByRole('list', { name: 'Exoscale events' })
    const first = events.getByRole('listitem').filter({ hasText: 'Accepted' }).first()
    await expect(first).toBeVisible()
    const time = await boxOf(first.locator('time'))
    const badge = await boxOf(first.getByText('Accepted'))
    expect(time.height).toBeLessThan(24)
    expect(Math.abs(time.y - badge.y)).toBeLessThan(8)
    expect(time.x).toBeGreaterThan(badge.x + badge.width)
  })

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('what needs attention is in sight', async ({ page }) => {
    await page.goto('/instances')
    const attention = page.getByRole('button', { name: /^Needs attention [1-9]/ })
    await expect(attention).toBeInViewport({ ratio: 1 })
  })

  test('a view that is chosen shows that there are more', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}/network`)
    const views = page.getByRole('navigation', { name: 'Instance sections' })
    await expect(views).toBeVisible()
    const rightOf = async (name: string) => {
      const { x, width } = await boxOf(views.getByRole('link', { name }))
      return x + width
    }
    await expect.poll(() => rightOf('Network')).toBeLessThan(390 - 40)
    expect((await boxOf(views.getByRole('link', { name: 'Activity' }))).x).toBeLessThan(390)
  })

  test('Pages is marked on its pages, on one line with the others', async ({ page }) => {
    const bar = page.getByRole('navigation', { name: 'Main' })
    const pagesButton = bar.getByRole('button', { name: 'Pages' })
    await page.goto('/instances')
    await expect(pagesButton).not.toHaveAttribute('aria-current')
    for (const path of ['/limits', '/settings', '/help', '/scenarios']) {
      await page.goto(path)
      await expect(pagesButton).toHaveAttribute('aria-current', 'true')
    }
    /** The middle of its last text, in the window's pixels. */
    const middleOf = (of: Locator) =>
      of.evaluate((element) => {
        const text = document.createRange()
        text.selectNodeContents(element.lastChild ?? element)
        const { top, height } = text.getBoundingClientRect()
        return top + height / 2
      })
    const apart =
      (await middleOf(pagesButton)) -
      (await middleOf(bar.getByRole('link', { name: 'Wall' })))
    expect(Math.abs(apart)).toBeLessThan(0.6)
  })

  test('the buttons of an instance are on one line', async ({ page, app }) => {
    const web = await find(app, 'web-01')
    await page.goto(`/instances/${web?.zone}/${web?.id}`)
    const console = await boxOf(page.getByRole('link', { name: 'Console', exact: true }))
    const more = await boxOf(
      page.getByRole('button', { name: 'More actions', exact: true }),
    )
    expect(more.y).toBe(console.y)
    // It is still there, and says why.
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
  })
})
