/** No page is larger than its window, with names as long as Exoscale allows, in any of these widths. */
import type { Locator, Page } from '@playwright/test'

import { pages, tabs } from './all-pages.ts'
import { expect, test } from './app.ts'
import { inZone } from './ask.ts'
import { chooseAction, dialog, instancesGrid, openList, row } from './vocabulary.ts'
import { find } from './zone.ts'

/** 255 characters without a place to break them. */
const longName = `long-${'x'.repeat(246)}-end`

/** What sticks out of the window, or of the page to its right, or lies outside of its dialog. */
const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > innerWidth) found.push(`the page: ${root.scrollWidth}`)
    if (root.scrollHeight > innerHeight) found.push(`its height: ${root.scrollHeight}`)
    for (const main of document.querySelectorAll('#root #main'))
      if (main.scrollWidth > main.clientWidth) found.push(`main: ${main.scrollWidth}`)
    // What scrolls sideways on purpose, and names that end in an ellipsis.
    const inScroller = (element: Element) => {
      const cut =
        element instanceof HTMLAnchorElement ? /auto|scroll|hidden/ : /auto|scroll/
      for (let at = element.parentElement; at; at = at.parentElement)
        if (cut.test(getComputedStyle(at).overflowX) && at.id !== 'main')
          if (at.scrollWidth > at.clientWidth) return true
      return false
    }
    const around = document.querySelector('[role=dialog],[role=alertdialog]')
    const edge = around?.getBoundingClientRect().right ?? innerWidth
    for (const control of (around ?? root).querySelectorAll(
      'button,a[href],input,select',
    )) {
      if (!control.checkVisibility() || inScroller(control)) continue
      const { right, width } = control.getBoundingClientRect()
      if (width > 0 && right > edge + 1)
        found.push(`${control.tagName} ${control.textContent?.slice(0, 40)}: ${right}`)
    }
    return found
  })

const fits = (page: Page, what: string) =>
  expect.poll(() => sticksOut(page), { message: what }).toEqual([])

const asks = [
  'Rename…',
  'Change size…',
  'Grow disk…',
  'Take snapshot…',
  'Reinstall…',
  'Delete…',
]

for (const width of [390, 700, 1_024, 1_280, 1_440, 2_560])
  test(`no page is larger than a window of ${width} pixels, with the longest names`, async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000)
    const found = await find(app, 'web-01')
    await inZone(app, `/instance/${found?.id}`, 'PUT', {
      name: longName,
      labels: { [`k${'x'.repeat(60)}`]: 'v'.repeat(200), env: 'prod' },
    })
    await page.setViewportSize({ width, height: 844 })
    for (const path of [...pages, '/nowhere']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await fits(page, path)
    }
    const own = `/instances/${found?.zone}/${found?.id}`
    await page.goto(own)
    await expect(page.getByRole('heading', { level: 1, name: longName })).toBeVisible()
    for (const tab of tabs.filter((one) => one !== '/console')) {
      await page.goto(own + tab)
      await expect(
        page.getByRole('navigation', { name: 'Instance sections' }),
      ).toBeVisible()
      await fits(page, tab)
    }
    await page.goto(own)
    for (const ask of asks) {
      await chooseAction(page, ask)
      const asking = await dialog(page)
      await fits(page, ask)
      await asking.getByRole('button', { name: 'Cancel' }).click()
      await expect(asking).toHaveCount(0)
    }
    await page.goto(`${own}/console`)
    await expect(page.locator('[role=application]')).toBeVisible()
    await fits(page, 'console')
  })

test('at 1024 pixels the list shows its usual columns without scrolling sideways', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1_024, height: 768 })
  await openList(page)
  const scroller = page.locator('[data-scrolls=list]')
  for (const width of [1_024, 1_100, 1_279, 1_280, 1_440]) {
    await page.setViewportSize({ width, height: 500 })
    await expect
      .poll(() => scroller.evaluate((e) => e.scrollWidth - e.clientWidth), {
        message: `${width}`,
      })
      .toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1_024, height: 768 })
  const right = async (target: Locator) => {
    const box = await target.boundingBox()
    return (box?.x ?? 0) + (box?.width ?? 0)
  }
  expect(
    await right(row(page, 'web-01').getByRole('button', { name: /^More/ })),
  ).toBeLessThan(1_024)
  await expect(
    instancesGrid(page).getByRole('columnheader', { name: 'Created' }),
  ).toBeInViewport()
})

for (const [path, name] of [
  ['/', /^Needs attention/],
  ['/instances', 'Instances'],
  ['/wall', 'Screens'],
] as const)
  test(`${path} uses a wide window from the navigation to the edge`, async ({ page }) => {
    await page.setViewportSize({ width: 2_560, height: 1_440 })
    await page.goto(path)
    const seen = page
      .locator('#root')
      .getByRole(path === '/' ? 'region' : 'grid', { name })
      .first()
    await expect(seen).toBeVisible()
    const inner = page.locator('#root #main > div').first()
    const box = await inner.boundingBox()
    const navigation = await page.getByRole('navigation', { name: 'Main' }).boundingBox()
    expect((box?.x ?? 0) - (navigation?.width ?? 0)).toBeLessThanOrEqual(24)
    expect(2_560 - (box?.x ?? 0) - (box?.width ?? 0)).toBeLessThanOrEqual(40)
    await fits(page, path)
  })

test('the list shows the template on a wide screen until a person hides it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 2_560, height: 1_440 })
  await openList(page)
  const template = instancesGrid(page).getByRole('columnheader', { name: 'Template' })
  await expect(template).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  const box = page.getByRole('checkbox', { name: 'Template' })
  await expect(box).toBeChecked()
  // The address changes it, a moment later.
  await box.click()
  await expect(box).not.toBeChecked()
  await expect(template).toHaveCount(0)
  await expect(page).toHaveURL(/cols=/)
  await box.click()
  await expect(template).toBeVisible()
  await expect(page).not.toHaveURL(/cols=/)

  await page.setViewportSize({ width: 1_440, height: 900 })
  await expect(template).toHaveCount(0)
})

test('the overview has cards three and four to a row on a wide screen, in the order of the page', async ({
  page,
}) => {
  await page.setViewportSize({ width: 2_560, height: 1_440 })
  await page.goto('/')
  const tops = async (...names: RegExp[]) =>
    Promise.all(
      names.map(async (name) =>
        Math.round((await page.getByRole('region', { name }).boundingBox())?.y ?? -1),
      ),
    )
  await expect(page.getByRole('region', { name: /^Live screens/ })).toBeVisible()
  const first = await tops(/^Instances by zone/, /^Needs attention/, /^Changes/)
  expect(new Set(first).size).toBe(1)
  const second = await tops(/^(While you were away|Latest operations)/, /^Live screens/)
  expect(new Set(second).size).toBe(1)
  expect(second[0]).toBeGreaterThan(first[0] ?? 0)
})

for (const locale of ['en-US', 'de-CH', 'fr-CH'])
  test.describe(`for selected instances, in ${locale}`, () => {
    test.use({ locale })

    for (const width of [1_024, 1_280, 1_440])
      test(`all actions are in sight, or in a menu that is, at ${width} pixels`, async ({
        page,
      }) => {
        await page.setViewportSize({ width, height: 768 })
        await page.goto('/instances')
        const rows = page.getByRole('grid').getByRole('row')
        for (const at of [1, 2]) await rows.nth(at).getByRole('checkbox').check()
        const bar = page.getByRole('toolbar').first()
        await expect(bar).toBeVisible()
        expect(await bar.evaluate((all) => all.scrollWidth - all.clientWidth)).toBe(0)
        const menu = bar.locator('[aria-haspopup=menu]')
        const buttons = bar.getByRole('button').and(bar.locator(':not([aria-haspopup])'))
        await expect(buttons.last()).toBeInViewport({ ratio: 1 })
        // The first one clears the selection.
        const shown = (await buttons.count()) - 1
        if (locale === 'en-US') expect(shown).toBe(7)
        await expect(menu).toHaveCount(shown < 7 ? 1 : 0)
        if (shown === 7) return

        await menu.click()
        const items = page.getByRole('menuitem')
        await expect(items).toHaveCount(7 - shown)
        await items.last().click()
        await expect(page.getByRole('alertdialog')).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(menu).toBeFocused()
      })
  })
